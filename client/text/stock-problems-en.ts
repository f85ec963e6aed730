/** What goes wrong with stock, cost and counts, in English. */
import { plain, steps, yuan } from './problem-facts.ts'
import type { ProblemTexts } from './problem-saying.ts'

export const stockProblemsEn = {
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
} satisfies Partial<ProblemTexts>
