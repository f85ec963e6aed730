/** What goes wrong with stock, cost and counts, in Chinese. */
import { plain, steps, yuan } from './problem-facts.ts'
import type { ProblemTexts } from './problem-saying.ts'

export const stockProblemsZhCn = {
  'available-short': (facts) => [
    `可用量不够：还可占用 ${steps(facts, 'available')}`,
    '改小数量，或勾选“欠货接单”等到货。',
  ],
  'order-unknown': ['找不到订单', '等同步完成，或重新选择订单。'],
  'order-type-wrong': ['订单的类型不对', '重新选择订单。'],
  'order-of-other-branch': ['订单属于别的门店', '请在那个门店办理。'],
  'quotation-expired': ['报价已过有效期', '请反审核报价单，改好价格和有效期再转订单。'],
  'order-reversed': ['订单已红冲', '换一张有效的订单。'],
  'order-line-unknown': ['订单里没有这一行', '重新从订单选择。'],
  'order-sku-differs': ['商品与订单不同', '重新从订单选择。'],
  'order-carried-out': ['这张订单已有出库或入库', '没办完的用订单变更单改为 0（中止）。'],
  'product-ambiguous': ['找到多个商品', '请给出编码或条码。'],
  'cost-policy-fixed': [
    '计价方法只能在第一张单据之前选一次',
    '保持不变；改了会让以前卖出的成本全都变掉。',
  ],
  'valuation-fixed': [
    '这个商品已经定了计价方式，或已有出入库',
    '保持不变；要换计价方式，另建一个商品，把货调整过去。',
  ],
  'method-not-offered': [
    '不能在这两种计价方法之间转换',
    '每批单独计价的货不能合并或拆开；按仓库计价不能用月末一次加权平均。请换一种方法。',
  ],
  'method-holds-already': ['那个月已经是这种计价方法', '换一种方法，或换一个月份。'],
  'method-change-stated': ['那个月已经定了转换', '一个月只能转换一次；换一个月份。'],
  'method-month-closed': ['有门店已经结了那个月的账', '从以后的月份起转换，或先反结账。'],
  'method-months-open': [
    '那个月已有单据，而以前的月份还没有结账',
    '先在各门店结完以前月份的账，或从下个月起转换。',
  ],
  'part-is-product': ['部件不能是成品自己', '换一个部件，或删掉这一行。'],
  'transit-differs': (facts) => [
    `${plain(facts, 'sku', '?')} 的在途数对不上：显示 ${steps(facts, 'said')}，按调拨单应为 ${steps(facts, 'follows')}`,
    '已记的账都在；请重新打开，再出现请反馈。',
  ],
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
  'dated-before-origin': ['红冲的时间早于原单', '请选原单的时间或更晚的时间。'],
  'serial-repeated': (facts) => [
    `序列号 ${plain(facts, 'serial', plain(facts, 'batch', '?'))} 已经在库`,
    '请按实物重新读取；确实没错，请查它之前是怎么入库的。',
  ],
  'batch-unknown': (facts) => [
    `库存里没有批次 ${plain(facts, 'batch', '?')}`,
    '请从列表里选，或先做入库。',
  ],
  'nothing-left': (facts) => [
    `批次 ${plain(facts, 'batch', '?')} 会一点不剩`,
    '拆出的数量要少于现存。',
  ],
  'dimension-differs': (facts) => [
    `${plain(facts, 'from', '?')} 不能换算成 ${plain(facts, 'to', '?')}`,
    '请选同一类的单位，或写明两者的比率。',
  ],
} satisfies Partial<ProblemTexts>
