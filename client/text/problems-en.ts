/** What happened and what to do, in English, for every code of problem-codes.ts. */
import { formatDecimal } from '#domain/values/decimal-text.ts'
import { quantityDecimals } from '#domain/values/quantity.ts'
import type { Facts, ProblemTexts } from './problem-text.ts'

export const problemsEn: ProblemTexts = {
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
  'returned-too-much': (facts) => [
    `More than can be returned: ${steps(facts, 'returnable')} left`,
    'Lower the quantity; what was returned cannot be returned again.',
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
    'This device is out of space; posting has stopped',
    'What was saved is safe. Sync, free some space, then go on.',
  ],
  'store-closed': [
    'The browser closed its database; posting has stopped',
    'What was saved is safe. Close this page and open it again.',
  ],
  'store-failed': [
    'Saving on this device failed; posting has stopped',
    'What was saved is safe. Open the page again; if it recurs, restart the device.',
  ],
  'term-lost': ['Another page has taken over', 'Do the last step again there.'],
  'update-needed': ['There are newer records this version cannot read', 'Update the app to go on.'],
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
  'number-taken': ['That number is taken', 'Try again; it gets a new one.'],
  'clock-wrong': ['This device’s clock is far off', 'Turn on automatic time in its settings.'],

  'server-unreachable': [
    'The server cannot be reached',
    'Check the network. Work goes on and leaves by itself later.',
  ],
  'request-refused': (facts) => [
    `The server refused (${plain(facts, 'status', '?')})`,
    'Try again later; if it recurs, tell your support.',
  ],
  'request-malformed': ['Something is missing', 'Check the marked fields.'],
  'login-wrong': ['Wrong login or password', 'Try again, or ask a manager to reset it.'],
  'login-taken': ['That login is taken', 'Choose another.'],
  'password-too-weak': [
    'That password is too short',
    'At least 10 characters; a sentence is best.',
  ],
  'too-many-tries': ['Too many tries', 'Wait a few minutes.'],
  'already-set-up': ['The company is set up already', 'Sign in.'],
  'not-set-up': ['There is no company on the server yet', 'Finish the set-up first.'],
  'not-allowed': ['You may not do this', 'Ask the owner or a manager.'],
  'device-unknown': ['The server does not know this device', 'Enrol it anew.'],
  'session-expired': ['Your session has ended', 'Sign in again; drafts are safe.'],
}

/** A quantity among the facts, 10⁻⁴ of the base unit. */
function steps(facts: Facts, name: string): string {
  const value = facts[name]
  return typeof value === 'number' ? formatDecimal(value, quantityDecimals, { trim: true }) : '?'
}

function plain(facts: Facts, name: string, otherwise: string): string {
  const value = facts[name]
  return typeof value === 'number' || typeof value === 'string' ? String(value) : otherwise
}
