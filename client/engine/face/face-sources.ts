/** Answers about orders, and about earlier documents whose lines a document may still take on. Types only. */

import type { StatedKind } from '#domain/records/claim.ts'

/** 进度 of an order, a request or an offer. */
export interface OrderAxes {
  readonly kind: StatedKind
  /** 入库, 出库, 转单, 成交. */
  readonly carriedOut: 'none' | 'part' | 'all'
  /** 开票: of purchase orders, for those who read costs. */
  readonly invoiced?: 'none' | 'part' | 'all'
  /** auto: all of it came or went; manual: the rest was given up (中止). */
  readonly close: 'open' | 'auto' | 'manual'
  /** An offer past its last day. */
  readonly isExpired?: true
}

export interface OpenSourcesArgs {
  /** Of the document that takes them on. */
  readonly type: string
  /** The supplier or customer that it is of. */
  readonly partyId?: string
  /** In numbers, parties, names and codes of goods. */
  readonly search?: string
}

export interface OpenSourceRow {
  readonly docId: string
  readonly type: string
  readonly number: string
  readonly at: number
  /** '' where it names none. */
  readonly partyId: string
  readonly partyName: string
  /** Names of its goods that are still open, as the document lists them. */
  readonly goods: readonly string[]
  /** Ids of its lines that are still open: not wholly invoiced or carried out, or any for a charge. */
  readonly lineIds: readonly string[]
  /** What the whole document came to, fen, tax included; undefined while its prices are pending. */
  readonly amount?: number
}

export interface OpenSources {
  /** Of each type newest first. */
  readonly rows: readonly OpenSourceRow[]
  /** Older ones were not looked at. */
  readonly isMore: boolean
}
