/** The Chinese text of orders and promised goods; orders-en.ts has the same keys. */
import type { Spoken } from './spoken.ts'

/** The shape every language must fill. */
export type OrdersDictionary = Spoken<typeof ordersZhCn>

export const ordersZhCn = {
  'documents.carryOut': (label: string) => `生成${label}`,
  'documents.closeRest': '关闭剩余',
  'axis.title': '进度',
  'axis.audit': '审核',
  'axis.reserve': '出库',
  'axis.order': '入库',
  'axis.request': '转单',
  'axis.offer': '成交',
  'axis.invoice': '开票',
  'axis.closed': '已关闭',
  'axis.close': '关闭',
  'axis.close.open': '未关闭',
  'axis.close.auto': '已完成，自动关闭',
  'axis.close.manual': '手动关闭，剩余不再执行',
  'axis.expired': '报价已过期',
  'axis.expiredNote':
    '要再转订单，先反审核，改好价格和有效期重新审核；没成交的请点「关闭剩余」写明原因。',
  'axis.none': (what: string) => `未${what}`,
  'axis.part': (what: string) => `部分${what}`,
  'axis.all': (what: string) => `全部${what}`,
  'promise.title': '占用与在订',
  'promise.note': '每一行都可打开它的订单',
  'promise.reserved': '占用',
  'promise.available': '可用',
  'promise.onOrder': '在订',
  'promise.requested': '要货',
  'promise.offered': '报价',
  'promise.inTransit': '在途',
  'transit.arrived': '已到',
  'transit.lost': '损失',
  'promise.short': '缺货待处理',
  'promise.byBranch': '各店可用',
  'promise.document': '订单',
  'promise.taken': '已执行',
  'promise.open': '未执行',
  'promise.kept': '其中有货',
  'promise.until': (date: string) => `保留到 ${date}`,
  'finding.oversold': '缺货待处理',
  'finding.oversoldWhat': (name: string, quantity: string) =>
    `订单占用的 ${name} 还缺 ${quantity}，货先给了更早审核的订单，或已不在库。`,
  'finding.oversoldNext': '采购或调货补足，或与客户商量后用订单变更单改少、中止。',
  'finding.trimmed': '占用核减',
  'finding.trimmedWhat': (name: string, quantity: string) =>
    `${name} 盘点后不够，占用减少了 ${quantity}。`,
  'finding.trimmedNext': '告诉客户；货到后用订单变更单重新占用。',
}
