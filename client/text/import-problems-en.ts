/** What goes wrong with a file and its rows, in English. */
import { plain } from './problem-facts.ts'
import type { ProblemTexts } from './problem-saying.ts'

export const importProblemsEn = {
  'file-empty': ['The file is empty', 'Check that it is the right file.'],
  'file-too-large': ['The file is too large', 'Split it into files of at most 64 MB.'],
  'file-unpacks-too-large': ['The file unpacks to too much', 'Save it as CSV, or split it.'],
  'file-damaged': ['The file is damaged', 'Export it again from where it came.'],
  'file-encrypted': ['The file is locked with a password', 'Save it without the password.'],
  'encoding-unknown': ['The encoding of the file is unknown', 'Save it as CSV in UTF-8.'],
  'too-many-sheets': ['Too many sheets', 'Keep only what is to be imported.'],
  'file-too-heavy': [
    'The file is too complex to be read to its end',
    'Keep only the table that is to be imported, or split the file.',
  ],
  'too-many-rows': (facts) => [
    `Too many rows${'limit' in facts ? `: ${plain(facts, 'limit', '200000')} at a time` : ''}`,
    'Split the file.',
  ],
  'too-many-columns': ['Too many columns', 'Delete those that are not needed.'],
  'cell-too-long': ['A cell is too long', 'Shorten it.'],
  'table-unknown': [
    'This is no table that can be imported',
    'Its header needs the column names of products, customers, suppliers or opening stock; use a template.',
  ],
  'header-not-found': [
    'No header was found',
    'Put the column names in the first row; use a template.',
  ],
  'header-refused': ['A column has a name that cannot be used', 'Rename it.'],
  'column-repeated': ['Two columns have the same name', 'Delete or rename one.'],
  'code-required': ['Neither code nor barcode', 'Fill in one of them.'],
  'number-negative': ['It must not be negative', 'Enter zero or more.'],
  'code-in-exponent-form': [
    'A long code was turned into exponent form and has lost digits',
    'Make the column text in the original and fill it in again.',
  ],
  'not-a-date': ['Not a date', 'Write it as 2026-11-22.'],
  'not-yes-or-no': ['Yes or no is needed', 'Enter 1 or 0.'],
  'unit-malformed': [
    'The unit cannot be read',
    'Write its name only, and the factor in its own column.',
  ],
  'pack-incomplete': ['Second unit, factor and barcode go together', 'Fill in all, or none.'],
  'kind-unknown': ['The kind of product is unknown', 'Leave it empty, or write goods or service.'],
  'serial-and-batch': ['Serial numbers and batches cannot go together', 'Choose one.'],
  'options-mismatched': [
    'The options differ from the other rows of the product',
    'Check the column of options.',
  ],
  'variant-repeated': ['The same variant stands twice', 'Delete one row.'],
  'code-repeated': ['The code stands twice in the file', 'Change one, or delete a row.'],
  'code-exists': [
    'The code exists already',
    'An import only adds; leave the row out, or change its code.',
  ],
  'barcode-repeated': ['The barcode stands twice in the file', 'Change one, or delete a row.'],
  'barcode-exists': [
    'A product has this barcode already',
    'An import only adds; leave the row out, or change its barcode.',
  ],
  'barcode-ambiguous': ['Several products have this barcode', 'Give the code instead.'],
  'name-repeated': ['The name stands twice in the file', 'Change one, or delete a row.'],
  'name-exists': [
    'The name exists already',
    'An import only adds; leave the row out, or change its name.',
  ],
  'product-unknown': [
    'There is no such product',
    'Import products first, then their opening stock.',
  ],
  'product-is-service': ['It is a service and has no stock', 'Leave the row out.'],
  'warehouse-required': [
    'No warehouse is given',
    'Name one in the row, or choose one for the import.',
  ],
  'warehouse-unknown': ['There is no such warehouse', 'Check its name, or create it first.'],
  'amount-differs': [
    'The amount is not quantity times price',
    'Correct one of them, or keep the price only.',
  ],
  'cost-required': [
    'Neither price nor amount',
    'Enter what it cost; where it cost nothing, enter 0.',
  ],
  'out-of-range': ['A value is out of range', 'Check the row.'],
} satisfies Partial<ProblemTexts>
