/** The Chinese text of the month close, keyed `screen.sentence`; close-en.ts has the same keys. */
import type { Spoken } from './spoken.ts'

/** The shape every language must fill. */
export type CloseDictionary = Spoken<typeof closeZhCn>

export const closeZhCn = {
  'close.title': '月末结账',
  'close.lead': '封账以后这个月的数量和成本不再变；以后才到的旧单计入下一个未封账的月份。',
  'close.month': '结账到',
  'close.monthText': (month: string) => `${month.slice(0, 4)}年${Number(month.slice(5))}月`,
  'close.checks': '结账前检查',
  'close.inOrder': '都处理好了',
  'close.inOrderNote': '设备都已同步，没有负库存、暂估成本和未处理的异常。',
  'close.nothing': '没有可以结账的月份',
  'close.nothingNote': '月份过完才能结账；已结的在下面。',
  'close.device-unseen': '月末以后还没有同步过的设备',
  'close.device-unseenNote': '它们手里可能还有这个月的单据，先让它们连上网。',
  'close.negative-stock': '负库存',
  'close.negative-stockNote': '多半漏录了入库；带着负库存结账，成本按暂估，收货月份再补差。',
  'close.cost-provisional': '成本待定',
  'close.cost-provisionalNote': '补录进价后再结，成本才准；结账后补的价按当月补差。',
  'close.goods-under-way': '还有在途的货',
  'close.goods-under-wayNote': '已到的先收货，不会到的做在途损失单；结账后到的货算在下个月。',
  'close.finding-open': '未处理的异常',
  'close.finding-openNote': '先在「异常」里处理。',
  'close.openFindings': '查看异常',
  'close.more': (count: number) => `另有 ${count} 项`,
  'close.seen': '已知晓，仍要结账',
  'close.act': '结账',
  'close.confirm': (month: string) => `结账到 ${month}？`,
  'close.effect': '这个月及以前的单据不能再改、不能再补录到这些日期；需要时可以反结最近一次结账。',
  'close.done': (month: string) => `${month} 已封账`,
  'close.history': '已封账的月份',
  'close.none': '还没有结过账',
  'close.by': (name: string, at: string) => `${name} · ${at}`,
  'close.automatic': '自动封账',
  'close.over': (what: string) => `带着：${what}`,
  'close.reopen': '反结账',
  'close.reopenConfirm': (month: string) => `反结 ${month}？`,
  'close.reopenEffect': '这个月重新打开，迟到的单据回到自己的日期，成本重新计算。',
  'close.reason': '原因',
  'close.reopened': (month: string) => `${month} 已重新打开`,
}
