/** What goes wrong with prices, in Chinese. */
import type { ProblemTexts } from './problem-saying.ts'

export const priceProblemsZhCn = {
  'below-minimum-price': ['单价低于允许的价格', '改高单价；确要这样卖，请店长过账。'],
} satisfies Partial<ProblemTexts>
