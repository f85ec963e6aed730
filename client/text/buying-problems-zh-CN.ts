/** What goes wrong with supplier invoices and charges, in Chinese. */
import { plain, steps } from './problem-facts.ts'
import type { ProblemTexts } from './problem-saying.ts'

export const buyingProblemsZhCn = {
  'receipt-required': ['有一行没有对应的入库单', '打开那张入库单，从那里生成。'],
  'invoiced-too-much': (facts) => [
    `开票数量比未到票的多：还可开票 ${steps(facts, 'invoiceable')}`,
    '改小数量；已经到票的部分不能再录发票。',
  ],
  'received-too-much': (facts) => [
    `比订单多收了：这一行还可收 ${steps(facts, 'receivable')}`,
    '按实收改数量；确实多到了，请店长勾选「同意超收」后过账。',
  ],
  'excess-needs-manager': ['超收要店长同意', '请店长登录后过账。'],
  'invoiced-with-goods': [
    '这张入库单已随货到票',
    '删掉这一行；价格有误请红冲入库单，或做成本调整单。',
  ],
  'origin-repeated': ['同一入库行在这里出现两次', '删掉其中一行。'],
  'amount-missing': ['这一入库行还没有价格', '先补录入库单的价格，或换一种分摊方式。'],
  'weight-missing': ['这个商品没有填重量', '在商品资料里填单重，或换一种分摊方式。'],
  'volume-missing': ['这个商品没有填体积', '在商品资料里填体积，或换一种分摊方式。'],
  'tax-over-charge': ['税额大于费用金额', '改正税额或费用金额。'],
  'document-invoiced': (facts) => [
    `${plain(facts, 'number', '后面的单据')} 已按它计价`,
    '先红冲那张单据，再红冲它。',
  ],
} satisfies Partial<ProblemTexts>
