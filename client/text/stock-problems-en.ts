/** What goes wrong with stock, cost and counts, in English. */
import { plain, steps, yuan } from './problem-facts.ts'
import type { ProblemTexts } from './problem-saying.ts'

export const stockProblemsEn = {
  'product-ambiguous': ['Several products are meant', 'Give the code or the barcode.'],
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
  'serial-repeated': (facts) => [
    `Serial number ${plain(facts, 'batch', '?')} is in stock already`,
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
