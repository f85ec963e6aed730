/** What goes wrong with a document and its fields, in English. */
import { named, plain, steps, yuan } from './problem-facts.ts'
import type { ProblemTexts } from './problem-saying.ts'

export const documentProblemsEn = {
  required: ['This must be filled in', 'Fill it in, then post.'],
  'unknown-field': ['The document holds something unknown', 'Update the app and open it again.'],
  'field-unknown': ['The master holds an unknown field', 'Update the app and open it again.'],
  'field-not-missing': [
    'Somebody has supplied this already',
    'Refresh; nothing is left to supply.',
  ],
  'nothing-missing': ['Nothing is missing in this document', 'Refresh to see it.'],
  'unknown-reference': ['What you chose is gone', 'Choose again, or wait until syncing is done.'],
  'reference-disabled': [
    'What you chose is disabled',
    'Choose another, or ask a manager to enable it.',
  ],
  'reference-malformed': ['That choice is not valid', 'Choose from the list.'],
  'choice-unknown': ['That option does not exist', 'Choose from the list.'],
  'date-malformed': ['That is not a date', 'Write it like 2026-11-22.'],
  'dated-in-future': [
    'The business time lies in the future',
    'Set it to now or earlier; if it is right, set this device’s clock.',
  ],
  'backdated-too-far': (facts) => [
    `The business time lies more than ${plain(facts, 'days', '?')} days back`,
    `Choose ${plain(facts, 'earliest', '?')} or later, or ask a manager or finance to enter it.`,
  ],
  'month-closed': [
    'The business time lies in a closed month',
    'Choose a date that is not closed, or ask finance to reopen the month first.',
  ],
  'month-not-closable': [
    'This month cannot be closed now',
    'Reload: it may be closed already, or not over yet.',
  ],
  'not-in-order': [
    'Some things are neither settled nor confirmed',
    'Settle each, or confirm that you have seen it, then close.',
  ],
  'not-last-seal': [
    'Only the last closing can be taken back',
    'Reload, and reopen the later months first.',
  ],
  'must-be-text': ['Text belongs here', 'Enter it again.'],
  'must-be-integer': ['A whole number belongs here', 'Enter it again.'],
  'must-be-positive': [
    'It must be more than zero',
    'Enter more than zero; for returns use their own document.',
  ],
  'must-not-be-negative': ['It cannot be negative', 'Enter zero or more.'],
  'list-malformed': ['That list is not valid', 'Enter it again.'],
  'text-untidy': ['Spaces at an end, or hidden characters', 'Remove them and save.'],
  'text-too-long': ['That text is too long', 'Shorten it.'],
  'text-ill-formed': ['The text holds characters that cannot be saved', 'Delete them, type again.'],
  'not-a-number': ['A number belongs here', 'Use digits and a point only.'],
  'stock-too-large': (facts) => [
    `More of this product than ${steps(facts, 'limit')} cannot be kept in the books`,
    'Check the quantity for extra digits.',
  ],
  'number-too-large': ['That number is too large', 'Check for extra digits.'],
  'number-out-of-range': ['That number is out of range', 'Check it.'],
  'number-not-integer': ['A whole number belongs here', 'Leave out the decimals.'],
  'too-many-decimals': ['Too many decimals', 'Quantities take 4, prices 6, amounts 2.'],
  'quantity-malformed': ['That is not a quantity', 'Write 40, 2.5 or 3箱4瓶.'],
  'quantity-too-large': [
    'That quantity is too large',
    'Check for extra digits, or a barcode scanned into it.',
  ],
  'unit-unknown': ['This product has no such unit', 'Choose another, or add it to the product.'],
  'unit-repeated': ['A unit is written twice', 'Write it once, e.g. 3箱4瓶.'],
  'unit-not-exact': [
    'It does not come out even',
    'Use the smaller unit; nothing is rounded for you.',
  ],
  'option-repeated': ['An option is there twice', 'Remove one.'],
  'no-parts': ['No part is used', 'Leave the by-product share empty on at least one line.'],
  'shares-exceed': ['By-products bear more than the whole cost', 'Lower their shares.'],
  'stated-cost-with-share': [
    'The line shares the cost by its share; it cannot have a stated cost as well',
    'Write 0 as its by-product share, or, taking apart, as its weight and a weight on other lines.',
  ],
  'bundle-sold-only': [
    'A bundle has no stock of its own and is only sold, on shipments and retail sales',
    'Enter its parts; returns too take them back one by one.',
  ],
  'bundle-empty': ['The bundle has no recipe on that day', 'Enter its parts under Recipe first.'],
  'bundle-of-serials': [
    'A part of the bundle is tracked by serial number',
    'Give it a line of its own, with its numbers.',
  ],
  'bom-circular': [
    'The recipe leads back to the product itself',
    'Remove the part that leads back.',
  ],
  'parent-is-itself': ['It cannot be its own parent', 'Choose another parent.'],
  'branch-code-malformed': ['That is not a branch code', 'Use three digits, e.g. 002.'],
  'too-many-options': ['Too many options', 'Remove those not in use.'],
  'too-many-units': ['Too many units', 'Remove those not in use.'],

  'no-lines': ['There are no lines yet', 'Scan or enter at least one product.'],
  'too-many-lines': (facts) => [
    `More than ${plain(facts, 'limit', '1000')} lines`,
    'Split it into two documents.',
  ],
  'line-repeated': ['Two lines are the same line', 'Delete one and try again.'],
  'line-unknown': ['Somebody has deleted this line', 'Nothing to do; enter it again if needed.'],
  'warehouse-of-other-branch': [
    'That warehouse belongs to another branch',
    'Choose one of this branch; use a transfer between branches.',
  ],
  'sent-by-two-branches': [
    'Two branches have sent these goods',
    'Take in what each has sent by itself.',
  ],
  'document-of-other-branch': [
    'Another branch has posted this document',
    'Ask that branch to reverse or complete it.',
  ],
  'same-warehouse': ['Both warehouses are the same', 'Choose another one to receive.'],
  'service-not-stocked': ['This is a service without stock', 'Remove it from the lines.'],
  'stock-short': (facts) => [
    `Not enough stock: ${steps(facts, 'onHand')} on hand, ${steps(facts, 'wanted')} wanted`,
    'Change the quantity or receive goods first; if they are there, count them.',
  ],
  'not-tracked': [
    'This product is not tracked so',
    'Clear the field, or turn tracking on for the product first.',
  ],
  'serials-differ': [
    'The serial numbers do not make up the quantity',
    'Change the quantity, or add or remove numbers.',
  ],
  'serial-in-stock': [
    'This serial number is in stock already',
    'Check the number on the piece; if it has left, post that first.',
  ],
  'serial-not-here': [
    'A serial number does not lie in this warehouse',
    'It was posted; check the number on the piece.',
  ],
  'batch-expired': [
    'This batch has expired and is not sold',
    'Take another one; a manager may tick Sell expired goods, or write it off.',
  ],
  'expired-needs-manager': [
    'Only a manager sells expired goods',
    'Have a manager sign in and post.',
  ],
  'received-expired': ['What came in has expired', 'It was received; return it or write it off.'],
  'moved-expired': [
    'This batch has expired',
    'It was recorded; do not sell it any more: write it off, or return it to the supplier.',
  ],
  'batch-not-received': [
    'Nothing of this batch was ever received',
    'It was recorded; check the number on the package, or enter the missing receipt.',
  ],
  'expires-before-produced': [
    'It expires before it was produced',
    'Check both dates on the package.',
  ],
  'bin-of-other-warehouse': [
    'This bin belongs to another warehouse',
    'Choose a bin of the warehouse of this document.',
  ],
  'status-same': [
    'Both statuses are the same',
    'Choose another one, or enter a batch or serial numbers.',
  ],
  'tracking-in-use': [
    'Stock is still kept by batch or serial number',
    'Clear the stock first, then turn tracking off.',
  ],
  'returned-too-much': (facts) => [
    `More than can be returned: ${steps(facts, 'returnable')} left`,
    'Lower the quantity; what was returned cannot be returned again.',
  ],
  'nothing-counted': [
    'Nothing has been counted yet',
    'Enter what was counted; 0 where there was none, blank is not counted.',
  ],
  'area-not-counted': [
    'One area of this SKU was not counted, so its count is not complete',
    'Enter what is there (0 for none), or remove the line.',
  ],
  'dispatch-missing': [
    'The dispatch that sent these goods is not named',
    'Open the dispatch and begin the arrival there, or wait until it has been synced.',
  ],
  'more-than-under-way': (facts) => [
    `Only ${steps(facts, 'returnable')} of it is still under way`,
    'Check the count; what came beyond it needs a dispatch of its own.',
  ],
  'origin-unknown': ['The original was not found', 'Wait until syncing is done, or choose again.'],
  'origin-reversed': ['The original has been reversed', 'Choose a document that stands.'],
  'origin-type-wrong': ['The original is of the wrong type', 'Choose again.'],
  'origin-of-other-branch': ['The original belongs to another branch', 'Return it there.'],
  'origin-line-unknown': ['The original has no such line', 'Choose again from the original.'],
  'origin-sku-differs': [
    'The product differs from the original',
    'Choose again from the original.',
  ],
  'document-unknown': ['This device does not have that document', 'Wait until syncing is done.'],
  'document-built-on': (facts) => [
    `${named(facts, 'numbers', 'Other documents')} build on this document`,
    'Reverse those first, or reverse this one.',
  ],
  'document-sealed': [
    'The month of this document is closed',
    'Reverse it instead, or have finance reopen the month first.',
  ],
  'reopening-needs-all': [
    'This document has parts that you may not read',
    'Ask somebody who may read its prices to unapprove it.',
  ],
  'version-stands': (facts) => [
    `The version before it of ${plain(facts, 'number', 'this document')} still counts`,
    'Unapprove that first, or wait until syncing is done.',
  ],
  'too-many-versions': ['This document has too many versions', 'Reverse it and make a new one.'],
  'document-returned': ['Goods of this document were returned', 'Reverse the return first.'],
  'already-posted': [
    'This document is posted already',
    'Open it; to change it, reverse and redo it.',
  ],
  'already-reversed': ['This document is reversed already', 'Nothing to do.'],
  'not-posted': ['This document is not posted yet', 'Post it first.'],
  'origin-party-differs': [
    'The party differs from the original',
    'Choose the original’s party, or another original.',
  ],
  'weight-alone': [
    'This line has a weight and others have none',
    'Give each line a weight, or none.',
  ],
  'gift-with-price': ['A gift has no price', 'Clear the price, or untick gift.'],
  underpaid: (facts) => [
    `Not enough received: ${yuan(facts, 'received')} of ${yuan(facts, 'payable')}`,
    'Receive the rest, or change the rounding-off.',
  ],
  'change-exceeds-cash': ['More change than cash received', 'Check cash and change.'],
  'round-off-too-large': [
    'More is taken off than is due',
    'Lower the discount or the rounding-off.',
  ],
  'period-closed': [
    'That month is closed',
    'Use a date in an open month, or ask finance to reopen.',
  ],
  'role-missing': [
    'Your role may not do this',
    'Ask a colleague who may, or the owner for the right.',
  ],
  'audience-missing': [
    'This device may not write this',
    'Use another device, or ask the owner to enrol this one anew.',
  ],
  'record-too-large': ['This document is too large', 'Split it, or shorten the notes.'],
} satisfies Partial<ProblemTexts>
