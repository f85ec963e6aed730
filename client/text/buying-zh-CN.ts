/** The Chinese text of supplier invoices and charges; buying-en.ts has the same keys. */
import type { Spoken } from './spoken.ts'

/** The shape every language must fill. */
export type BuyingDictionary = Spoken<typeof buyingZhCn>

export const buyingZhCn = {
  'invoicing.label': '到票',
  'invoicing.none': '未到票，成本按暂估',
  'invoicing.part': '部分到票，其余按暂估',
  'invoicing.all': '已到票',
  'excess.title': '超收',
  'excess.note':
    '到货比订单多，多出这个比例以内照收，再多要店长同意；供应商档案里可以另定。留空不限制',
  'excess.saved': '已保存，从下一张入库单起',
  'charges.title': '采购费用',
  'charges.note':
    '运费、装卸费、保险费记哪里；不选按销售费用（零售、批发小企业）。每张费用分摊单可以另选，已过账的不变',
  'charges.saved': '已保存，从下一张费用分摊单起',
  'sources.open': (names: string) => `从${names}选`,
  'sources.search': '找单据',
  'sources.searchHint': '单号、往来单位、商品名或编码',
  'sources.take': '加入',
  'sources.taken': '已加入',
  'sources.takeAll': (count: number) => `全部加入（${count} 张）`,
  'sources.done': '完成',
  'sources.none': '没有可加入的单据',
  'sources.noneNote': '换个关键字，或看看往来单位选对没有；已开完票、已执行完的不在这里。',
  'sources.more': '只列出最近的；更早的请输入单号或商品名查找。',
}
