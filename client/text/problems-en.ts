/** What happened and what to do, in English, for every code of problem-codes.ts. */
import { stockProblemsEn } from './stock-problems-en.ts'
import { plain, seconds, steps, yuan } from './problem-facts.ts'
import type { ProblemTexts } from './problem-saying.ts'

export const problemsEn: ProblemTexts = {
  ...stockProblemsEn,
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
  'round-off-too-large': ['Rounded off by more than is due', 'Lower the rounding-off.'],
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

  'store-full': [
    'This device has almost no space left; posting has stopped',
    'What was saved is safe and still syncs. Delete some photos or downloads: with room it goes on by itself, or after the browser was opened again.',
  ],
  'store-closed': [
    'The browser closed its database; posting has stopped',
    'What was saved is safe. Close this page and open it again.',
  ],
  'store-failed': [
    'Saving on this device failed; posting has stopped',
    'Everything saved is still here. See whether the device is out of space: with room it recovers by itself, or open the page again.',
  ],
  'record-damaged': [
    'A record kept on this device is damaged; what follows it is not counted',
    'Figures may be incomplete. Tell your support; the books on the server are not affected.',
  ],
  'program-broken': [
    'The program is incomplete: the books cannot be opened',
    'Documents and drafts are not affected. Connect to the network and open this page again.',
  ],
  'term-lost': ['Another page has taken over', 'Do the last step again there.'],
  'update-needed': ['There are newer records this version cannot read', 'Update the app to go on.'],
  'device-not-enrolled': ['This device is not enrolled yet', 'Sign in online once to enrol it.'],
  'device-enrolled-already': ['This device is enrolled already', 'Just sign in.'],
  'device-forked': [
    'The data of this device was copied, or put back from an older backup; posting has stopped',
    'Everything is still here. Enrol this device anew in the settings; what was not synced goes with it.',
  ],
  'device-not-forked': ['This device need not be enrolled anew', 'Go on as usual.'],
  'branch-not-yours': [
    'That branch is not among this device’s',
    'Choose another, or ask the owner for the right.',
  ],
  'head-forged': [
    'The server’s receipt has a wrong signature and is not used',
    'Tell your support; nothing on this device is affected.',
  ],
  'journal-broken': (facts) => [
    `The records of ${plain(facts, 'device', 'the server')} in ${plain(facts, 'branch', 'the company')} do not hold and no longer count`,
    'Tell your support; documents of this and of all other devices are not affected.',
  ],
  'journal-withheld': (facts) => [
    `The server says that it has records of ${plain(facts, 'device', 'its own')} and does not send them (${plain(facts, 'count', 'some')} missing)`,
    'They are asked for again; figures may be incomplete. If it stays so, tell your support.',
  ],
  'server-fell-back': (facts) => [
    `The server lacks ${plain(facts, 'count', 'some')} records that it had confirmed; they are being handed in again`,
    'Ask whether an old backup was put back. If not, export a copy in the settings and have the server looked into.',
  ],
  'server-rewrote': (facts) => [
    `What the server shows of ${plain(facts, 'device', 'its own journal')} differs from what it had confirmed, or from what that device signed`,
    'The earlier records are still on this device. Export a copy in the settings and have the server looked into.',
  ],
  'pin-wait': (facts) => [
    `Too many wrong PINs; wait ${plain(facts, 'seconds', 'some')} seconds`,
    'Then try again.',
  ],
  'pin-not-set': ['You have no PIN yet', 'Sign in online with your password, then set one.'],
  'pin-wrong': ['Wrong PIN', 'Try again, or sign in online with your password.'],
  'pin-too-weak': [
    'That PIN is easy to guess',
    'At least 6 digits; no runs, repeats or birthdays.',
  ],
  'pin-expired': ['Offline for too long to use the PIN', 'Sign in online once.'],
  'signed-out': ['You are signed out', 'Sign in again.'],
  'device-revoked': [
    'This device has been revoked',
    'Export what was not sent and give it to a manager.',
  ],

  'server-unreachable': [
    'The server cannot be reached',
    'Check the network. Work goes on and leaves by itself later.',
  ],
  'sign-in-failed': ['Wrong login or password', 'Try again, or ask a manager to reset it.'],
  'too-many-attempts': (facts) => [
    `Too many tries; wait ${seconds(facts, 'waitMs')} seconds`,
    'Then try again.',
  ],
  'too-many-requests': ['Too many requests', 'Wait a moment.'],
  busy: ['The server is busy', 'Try again in a few seconds.'],
  'session-ended': ['Your session has ended', 'Sign in again; drafts and documents are safe.'],
  'token-expired': ['Your session has expired', 'Sign in again; drafts and documents are safe.'],
  'token-invalid': ['Your sign-in is not valid', 'Sign in again.'],
  'token-missing': ['You are not signed in', 'Sign in first.'],
  'proof-invalid': [
    'The server did not recognise this device',
    'Try again; if it recurs, enrol the device anew.',
  ],
  'clock-off': [
    'This device’s clock is far from the server’s',
    'Turn on automatic time, then sign in.',
  ],
  'beyond-rights': [
    'That is more than you may grant',
    'Choose fewer branches or contents, or let the owner do it.',
  ],
  'device-beyond-rights': [
    'This device holds what you may not see',
    'Use another device, or let a colleague sign in.',
  ],
  'branch-unknown': ['There is no such branch', 'Choose again.'],
  'user-unknown': ['There is no such person', 'Refresh and try again.'],
  'last-owner': ['A company needs at least one owner', 'Make somebody else an owner first.'],
  'key-already-enrolled': [
    'This browser is enrolled as another device',
    'Just sign in; to make it new, clear this site’s data.',
  ],
  'too-many-devices': [
    'This login has enrolled too many devices lately',
    'Ask a manager or the owner to enrol this device.',
  ],
  'device-codes-used-up': ['There are no device codes left', 'Revoke devices no longer in use.'],
  'body-malformed': [
    'Something is missing in what was sent',
    'Check what you entered; else update the app.',
  ],
  'answer-malformed': [
    'The server’s answer makes no sense here',
    'The app may be too old: update it.',
  ],
  'not-found': ['The server does not have it', 'Refresh and try again.'],
  internal: ['The server failed', 'Try again later; if it recurs, tell your support.'],
  'store-failing': [
    'The server cannot store at the moment',
    'Documents stay on this device and leave later. Tell your support.',
  ],
  'too-large': ['That is too large', 'Do it in parts.'],
  'request-refused': (facts) => [
    `The server refused (${plain(facts, 'status', '?')})`,
    'Try again later; if it recurs, tell your support.',
  ],
  'request-malformed': ['Something is missing', 'Check the marked fields.'],
  'login-taken': ['That login is taken', 'Choose another.'],
  'already-set-up': ['The company is set up already', 'Sign in.'],
  'set-up-elsewhere': [
    'Set up at the server itself',
    'Open the address on the machine that runs the server, or through the secure address of npm start -- --lan.',
  ],
  'not-set-up': ['There is no company on the server yet', 'Finish the set-up first.'],
  'not-allowed': ['You may not do this', 'Ask the owner or a manager.'],
  'device-unknown': ['The server does not know this device', 'Enrol it anew.'],
  'session-expired': ['Your session has ended', 'Sign in again; drafts are safe.'],

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
  'over-quota': [
    'This device has sent so much today that the server takes the rest tomorrow',
    'All of it is here and goes out by itself; unless it was a large import, tell your support.',
  ],
  'desk-share-used-up': [
    'This device has more drafts than the server takes',
    'Post or discard drafts you no longer need; what is posted is not affected.',
  ],
  'sync-refused': [
    'The server did not take what this device sent',
    'Nothing is lost here; tell your support the reason.',
  ],
  'record-refused': (facts) => [
    `The server did not take ${plain(facts, 'count', 'some')} records; they are set aside and do not count, all others have gone out`,
    'Export them in the settings for your support; enter the documents again where needed.',
  ],
  'author-unknown': [
    'The server does not know yet the device that wrote these records',
    'They are handed in again by themselves.',
  ],
  'author-revoked': [
    'The device that wrote these records was revoked',
    'A manager can enter the documents again.',
  ],
  'record-missing': [
    'Earlier records have not reached the server yet',
    'They are handed in again by themselves.',
  ],
  'copy-differs': [
    'The copy on this device differs from the server’s',
    'Tell your support; the copy on this device is kept.',
  ],
}
