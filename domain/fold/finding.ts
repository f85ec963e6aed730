/**
 * [F11] 异常 (finding): something wrong in merged data that a person should look at. It is derived,
 * so it closes itself when its cause is gone. This file knows their form and who looks after which.
 */

import type { Audience } from '#domain/records/audience.ts'
import type { Role } from '#domain/records/kinds.ts'
import type { Json } from '#domain/values/canonical-text.ts'

export type FindingCode =
  /** 负库存: a SKU below zero in a warehouse. */
  | 'negative-stock'
  /** 重复过账: one draft posted twice; one posting counts. */
  | 'posted-twice'
  /** 单号重复: two documents in force bear one number. */
  | 'duplicate-number'
  | 'duplicate-code'
  | 'duplicate-barcode'
  /** 超退: more came back than went. */
  | 'over-returned'
  /** 超开发票: more of a line of a receipt was invoiced than came. */
  | 'over-invoiced'
  /** 发票或费用无入库: what it prices was reversed, or is not here. */
  | 'priced-reversed'
  | 'priced-missing'
  /** 到货多于发出: more arrived or was lost than was dispatched, or the dispatch was reversed since. */
  | 'over-arrived'
  /** 重复红冲: one reversal counts. */
  | 'reversed-twice'
  /** 红冲无原单: a reversal of a document that is not here. */
  | 'reversal-without-document'
  /** 新版待生效: the next version of a document was posted while the one before it stands. */
  | 'version-waits'
  /** 反审核无效: the month of the document was closed first; it stands. */
  | 'unapproved-when-closed'
  /** 下游未知反审核: documents that build on a version that was taken back. */
  | 'built-on-unapproved'
  /** 来源缺失: a return whose original line is not here, or does not fit. */
  | 'link-broken'
  /** 迟到的出入库: goods moved before a count, told of after it. */
  | 'arrived-after-count'
  /** 盘点期间有出入库. */
  | 'moved-while-counted'
  /** 封账前已盘: a late document that a sealed count had reflected already. */
  | 'counted-before-late'
  /** 是否漏录入库: goods were found where less than none were booked. */
  | 'surplus-on-shortage'
  /** 计价口径重复: the cost policy was said again, otherwise; the first statement holds. */
  | 'policy-restated'
  /** 定额成本超限: what by-products are to bear is more than there is to share. */
  | 'stated-cost-exceeds'
  /** 成本待定: the value of a SKU may still change. */
  | 'provisional-cost'
  /** 序列号冲突: one piece came twice, left twice, or left from where it was not. */
  | 'duplicate-serial'
  /** 批次效期不一致: one batch number with two expiries. */
  | 'batch-conflict'
  /** 售出过期商品. */
  | 'expired-sold'
  /** 未记序列号, 未记批号: goods of a tracked SKU that moved without. */
  | 'serial-missing'
  | 'batch-missing'
  /** 批次、库位负库存: a part of what lies in a warehouse below zero, while the whole is not. */
  | 'part-below-zero'
  /** 批次未入库: goods of a batch moved that never came. */
  | 'batch-unreceived'
  /** 迟到单据: its own month was closed before it became known; it counts in a later one. */
  | 'late-arrival'
  /** 缺货待处理: goods promised to a customer that others were promised first, or are not there. */
  | 'oversold-reservation'
  /** 占用核减: a count found less than was reserved. */
  | 'reservation-trimmed'
  /** 数额超限: more of a SKU, or worth more, than figures hold exactly. */
  | 'stock-too-large'
  /** 需要更新: a record of a kind that this build does not know. */
  | 'update-needed'
  | 'malformed-record'
  /** 日志分叉: two records at one place of a journal. */
  | 'fork'
  /** 未经审批: a document counts without the approval that a flow asks for. */
  | 'unapproved'
  /** 越权审批: somebody decided who had no right to; it counts for nothing. */
  | 'decided-without-right'
  /** 时钟异常: a device's clock runs ahead of the server's. */
  | 'clock-anomaly'

/** 'info': good to know. 'decide': somebody should act. 'stop': figures are not to be relied on. */
export type Severity = 'info' | 'decide' | 'stop'

export interface Finding {
  /** Equal on every device for the same trouble. */
  readonly key: string
  readonly code: FindingCode
  /** The audience whose whole data it follows from. */
  readonly layer: Audience
  readonly severity: Severity
  /** Branch, or 'all'. */
  readonly branch: string
  readonly ownerRole: Role
  /** Facts by name; ids and numbers, never sentences. */
  readonly evidence: Readonly<Record<string, Json>>
  readonly skuId?: string
  /** Closes when somebody has seen just this of it; its cause may stay. */
  readonly seenAs?: string
  /** Ids of the documents concerned. */
  readonly documents: readonly string[]
}

/** Documents and other rows that one finding names at most. */
export const limitEvidence = 20

type About = Pick<Finding, 'severity' | 'ownerRole'>

/** Who looks after which, and how urgent it is. */
export const aboutFinding: Readonly<Record<FindingCode, About>> = {
  'negative-stock': { severity: 'decide', ownerRole: 'keeper' },
  'posted-twice': { severity: 'decide', ownerRole: 'manager' },
  'duplicate-number': { severity: 'decide', ownerRole: 'manager' },
  'duplicate-code': { severity: 'decide', ownerRole: 'manager' },
  'duplicate-barcode': { severity: 'decide', ownerRole: 'manager' },
  'over-returned': { severity: 'decide', ownerRole: 'manager' },
  'over-invoiced': { severity: 'decide', ownerRole: 'finance' },
  'priced-reversed': { severity: 'decide', ownerRole: 'finance' },
  'priced-missing': { severity: 'decide', ownerRole: 'finance' },
  'over-arrived': { severity: 'decide', ownerRole: 'keeper' },
  'reversed-twice': { severity: 'info', ownerRole: 'manager' },
  'reversal-without-document': { severity: 'info', ownerRole: 'manager' },
  'version-waits': { severity: 'decide', ownerRole: 'manager' },
  'unapproved-when-closed': { severity: 'decide', ownerRole: 'finance' },
  'built-on-unapproved': { severity: 'decide', ownerRole: 'manager' },
  'link-broken': { severity: 'decide', ownerRole: 'manager' },
  'arrived-after-count': { severity: 'decide', ownerRole: 'manager' },
  'moved-while-counted': { severity: 'decide', ownerRole: 'keeper' },
  'counted-before-late': { severity: 'decide', ownerRole: 'manager' },
  'surplus-on-shortage': { severity: 'decide', ownerRole: 'keeper' },
  'policy-restated': { severity: 'decide', ownerRole: 'finance' },
  'stated-cost-exceeds': { severity: 'decide', ownerRole: 'finance' },
  'provisional-cost': { severity: 'decide', ownerRole: 'buyer' },
  'duplicate-serial': { severity: 'decide', ownerRole: 'manager' },
  'batch-conflict': { severity: 'decide', ownerRole: 'keeper' },
  'expired-sold': { severity: 'decide', ownerRole: 'manager' },
  'serial-missing': { severity: 'decide', ownerRole: 'keeper' },
  'batch-missing': { severity: 'decide', ownerRole: 'keeper' },
  'part-below-zero': { severity: 'decide', ownerRole: 'keeper' },
  'batch-unreceived': { severity: 'decide', ownerRole: 'keeper' },
  'late-arrival': { severity: 'info', ownerRole: 'finance' },
  'oversold-reservation': { severity: 'decide', ownerRole: 'seller' },
  'reservation-trimmed': { severity: 'info', ownerRole: 'seller' },
  'stock-too-large': { severity: 'stop', ownerRole: 'manager' },
  'update-needed': { severity: 'stop', ownerRole: 'manager' },
  'malformed-record': { severity: 'stop', ownerRole: 'owner' },
  fork: { severity: 'stop', ownerRole: 'owner' },
  unapproved: { severity: 'decide', ownerRole: 'manager' },
  'decided-without-right': { severity: 'decide', ownerRole: 'manager' },
  'clock-anomaly': { severity: 'decide', ownerRole: 'manager' },
}
