/** What goes wrong with prices, in English. */
import type { ProblemTexts } from './problem-saying.ts'

export const priceProblemsEn = {
  'below-minimum-price': [
    'The price is below the allowed price',
    'Raise it; to sell at it all the same, ask a manager to post.',
  ],
} satisfies Partial<ProblemTexts>
