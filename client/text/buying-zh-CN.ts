/** The Chinese text of supplier invoices and charges; buying-en.ts has the same keys. */
import type { Spoken } from './spoken.ts'

/** The shape every language must fill. */
export type BuyingDictionary = Spoken<typeof buyingZhCn>

export const buyingZhCn = {
  'invoicing.label': '到票',
  'invoicing.none': '未到票，成本按暂估',
  'invoicing.part': '部分到票，其余按暂估',
  'invoicing.all': '已到票',
  'charges.title': '采购费用',
  'charges.note':
    '运费、装卸费、保险费记哪里；不选按销售费用（零售、批发小企业）。每张费用分摊单可以另选，已过账的不变',
  'charges.saved': '已保存，从下一张费用分摊单起',
  'receipts.open': '从入库单选',
  'receipts.title': '从入库单选',
  'receipts.search': '找入库单',
  'receipts.searchHint': '单号、供应商、商品名或编码',
  'receipts.take': '加入',
  'receipts.taken': '已加入',
  'receipts.takeAll': (count: number) => `全部加入（${count} 张）`,
  'receipts.done': '完成',
  'receipts.none': '没有可加入的入库单',
  'receipts.noneNote': '换个关键字，或看看供应商选对没有；随货已到票的、已开完票的不在这里。',
  'receipts.more': '只列出最近的；更早的请输入单号或商品名查找。',
}
