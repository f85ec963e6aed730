/** What goes wrong with stock, cost and counts, in English. */
import { plain, steps, yuan } from './problem-facts.ts'
import type { ProblemTexts } from './problem-saying.ts'

export const stockProblemsEn = {
  'available-short': (facts) => [
    `Not enough available: ${steps(facts, 'available')} can still be reserved`,
    'Lower the quantity, or tick that the goods are to come.',
  ],
  'order-unknown': ['The order was not found', 'Wait until syncing is done, or choose again.'],
  'order-type-wrong': ['The order is of the wrong type', 'Choose again.'],
  'order-of-other-branch': ['The order belongs to another branch', 'Carry it out there.'],
  'quotation-expired': [
    'The quotation has expired',
    'Unapprove it, renew prices and the day, then order on it.',
  ],
  'order-reversed': ['The order has been reversed', 'Choose an order that stands.'],
  'order-line-unknown': ['The order has no such line', 'Choose again from the order.'],
  'order-sku-differs': ['The product differs from the order', 'Choose again from the order.'],
  'order-carried-out': [
    'Goods of this order were shipped or received',
    'Give up what is open with an order change to zero.',
  ],
  'product-ambiguous': ['Several products are meant', 'Give the code or the barcode.'],
  'cost-policy-fixed': [
    'The cost method is chosen once, before the first document',
    'Keep it; another one would change the cost of all that has been sold.',
  ],
  'valuation-fixed': [
    'How this product is valued was chosen already, or its goods have moved',
    'Keep it; to value it otherwise, make another product and move the goods there.',
  ],
  'method-not-offered': [
    'The company cannot go over between these methods',
    'Batches that are valued by themselves cannot be joined or parted, and per warehouse there is no month-end average: choose another method.',
  ],
  'method-holds-already': ['That method holds in that month', 'Choose another method or month.'],
  'method-change-stated': [
    'A change has been set for that month',
    'A month has one at most: choose another month.',
  ],
  'method-month-closed': [
    'A branch has closed that month',
    'Change from a later month on, or reopen it first.',
  ],
  'method-months-open': [
    'There are documents in that month, and months before it are still open',
    'Close the months before in every branch, or change from the next month on.',
  ],
  'part-is-product': [
    'A product cannot be one of its own parts',
    'Choose another part, or take the line out.',
  ],
  'transit-differs': (facts) => [
    `Goods of ${plain(facts, 'sku', '?')} in transit did not add up: ${steps(facts, 'said')} shown, ${steps(facts, 'follows')} dispatched and open`,
    'Nothing recorded is lost. Open the app again; tell us if it comes back.',
  ],
  'balance-differs': (facts) => [
    `The stock of ${plain(facts, 'sku', '?')} did not add up: ${steps(facts, 'said')} shown, ${steps(facts, 'follows')} moved`,
    'Nothing recorded is lost. Open the app again; tell us if it comes back.',
  ],
  'cell-differs': (facts) => [
    `The stock of ${plain(facts, 'sku', '?')} by batch or bin did not add up: ${steps(facts, 'said')} shown, ${steps(facts, 'follows')} moved`,
    'Nothing recorded is lost. Open the app again; tell us if it comes back.',
  ],
  'pool-differs': (facts) => [
    `The stock value of ${plain(facts, 'sku', '?')} did not add up`,
    'Nothing recorded is lost. Open the app again; tell us if it comes back.',
  ],
  'cost-differs': (facts) => [
    `A cost of ${plain(facts, 'sku', '?')} was wrong: ${yuan(facts, 'said')} for ${yuan(facts, 'follows')}`,
    'The figure is right now. Tell us if it comes back.',
  ],
  'dated-before-origin': [
    'A reversal cannot come before its document',
    'Choose the document’s own time or a later one.',
  ],
  'serial-repeated': (facts) => [
    `Serial number ${plain(facts, 'serial', plain(facts, 'batch', '?'))} is in stock already`,
    'Read it again from the goods; if it is right, find out how it came in before.',
  ],
  'batch-unknown': (facts) => [
    `There is no batch ${plain(facts, 'batch', '?')} in stock`,
    'Choose one of the list, or receive it first.',
  ],
  'nothing-left': (facts) => [
    `Nothing would be left of batch ${plain(facts, 'batch', '?')}`,
    'Divide off less than what is there.',
  ],
  'dimension-differs': (facts) => [
    `${plain(facts, 'from', '?')} cannot be converted to ${plain(facts, 'to', '?')}`,
    'Choose a unit of the same kind, or state the rate between the two.',
  ],
} satisfies Partial<ProblemTexts>
