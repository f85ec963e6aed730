/** What goes wrong with supplier invoices and charges, in English. */
import { plain, steps } from './problem-facts.ts'
import type { ProblemTexts } from './problem-saying.ts'

export const buyingProblemsEn = {
  'receipt-required': ['A line names no goods receipt', 'Open the receipt and begin from there.'],
  'invoiced-too-much': (facts) => [
    `More than can be invoiced: ${steps(facts, 'invoiceable')} left`,
    'Lower the quantity; what was invoiced cannot be invoiced again.',
  ],
  'received-too-much': (facts) => [
    `More than was ordered: ${steps(facts, 'receivable')} can still be received`,
    'Correct the quantity; if more did come, a manager accepts the excess and posts.',
  ],
  'excess-needs-manager': ['Excess needs a manager', 'Let a manager sign in and post.'],
  'invoiced-with-goods': [
    'This receipt came with its invoice',
    'Take the line out; to change its price reverse the receipt or adjust the cost.',
  ],
  'origin-repeated': ['This receipt line stands here twice', 'Take one of the lines out.'],
  'amount-missing': [
    'The price of this receipt line has not come',
    'Supply the price of the receipt first, or share another way.',
  ],
  'weight-missing': [
    'This product has no weight',
    'Fill in its weight under Products, or share another way.',
  ],
  'volume-missing': [
    'This product has no volume',
    'Fill in its volume under Products, or share another way.',
  ],
  'tax-over-charge': ['The tax is more than the charge', 'Correct the tax or the charge.'],
  'document-invoiced': (facts) => [
    `${plain(facts, 'number', 'A later document')} says what these goods cost`,
    'Reverse that document first, then this one.',
  ],
} satisfies Partial<ProblemTexts>
