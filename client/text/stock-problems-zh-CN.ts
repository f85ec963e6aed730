/** What goes wrong with stock, cost and counts, in Chinese. */
import { plain, steps, yuan } from './problem-facts.ts'
import type { ProblemTexts } from './problem-saying.ts'

export const stockProblemsZhCn = {
  'balance-differs': (facts) => [
    `${plain(facts, 'sku', '?')} 的库存对不上：显示 ${steps(facts, 'said')}，按流水应为 ${steps(facts, 'follows')}`,
    '已记的账都在；请重新打开，再出现请反馈。',
  ],
  'cell-differs': (facts) => [
    `${plain(facts, 'sku', '?')} 分批次、库位的库存对不上：显示 ${steps(facts, 'said')}，按流水应为 ${steps(facts, 'follows')}`,
    '已记的账都在；请重新打开，再出现请反馈。',
  ],
  'pool-differs': (facts) => [
    `${plain(facts, 'sku', '?')} 的库存金额对不上`,
    '已记的账都在；请重新打开，再出现请反馈。',
  ],
  'cost-differs': (facts) => [
    `${plain(facts, 'sku', '?')} 有一个成本算错了：${yuan(facts, 'said')} → ${yuan(facts, 'follows')}`,
    '现在的数是对的；再出现请反馈。',
  ],
} satisfies Partial<ProblemTexts>
