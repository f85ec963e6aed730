/**
 * 批号, 序列号, 库位, 库存状态 (batch, serial numbers, bin, status) on the lines of documents: what tells
 * goods of one SKU apart. They show only where a SKU is tracked or a warehouse has bins; a shop that
 * tracks nothing never sees them.
 */

import type { stockStatuses } from '#domain/records/posted-body.ts'
import { checkJson } from '#domain/values/canonical-text.ts'
import {
  choice,
  dateField,
  derived,
  type Field,
  field,
  flagField,
  optional,
  reference,
} from './fields.ts'
import type { Label } from '#domain/masters/master-field.ts'

/** 合格 and the others; `good` is left out of records. */
export const statusLabels = {
  good: ['合格', 'Good'],
  pending: ['待检', 'To inspect'],
  defective: ['不良', 'Defective'],
  frozen: ['冻结', 'Frozen'],
  uncollected: ['待提', 'Uncollected'],
} as const satisfies Readonly<Record<'good' | (typeof stockStatuses)[number], Label>>

/** UTF-16 units of the serial numbers of one line: what a value of a desk can hold. */
const limitSerialsText = 5_000
/** One 批号 or 序列号. */
const limitTag = 60

/** Lines that bring goods in state their batch's days too. */
export function goodsIn(within = 'warehouseId') {
  return {
    batch: batchField(),
    produced: facet('batch', optional(dateField(['生产日期', 'Produced']))),
    expires: facet('batch', optional(dateField(['有效期至', 'Expires']))),
    serials: serialsField(),
    binId: binField(within),
    status: statusField(),
  }
}

/** Lines that take goods out; `proposedBatch` says which batch was passed over (先到期先出). */
export function goodsOut() {
  return {
    batch: batchField(),
    proposedBatch: facet('batch', derived(batchField(['建议批号', 'Proposed batch']))),
    serials: serialsField(),
    binId: binField('warehouseId'),
    status: statusField(),
  }
}

export function batchField(label: Label = ['批号', 'Batch']) {
  return facet('batch', optional(field<string>({ kind: 'batch' }, label, checkTag)))
}

export function serialsField(label: Label = ['序列号', 'Serial numbers']) {
  return facet('serial', optional(field<string>({ kind: 'serials' }, label, checkSerials)))
}

/** A bin of the warehouse that the header names under `within`. */
export function binField(within: string, label: Label = ['库位', 'Bin']) {
  return facet('bin', { ...optional(reference('bin', label, 'accepted')), within })
}

/** The warehouse whose bins such a field may name: that of the whole document where none is named for it. */
export function warehouseWithin(
  header: Readonly<Record<string, unknown>>,
  within: string,
): string | undefined {
  const id = header[within] ?? header['warehouseId']
  return typeof id === 'string' ? id : undefined
}

export function statusField(label: Label = ['库存状态', 'Status']) {
  return facet('status', optional(choice(label, statusLabels)))
}

/** Sells goods that have expired, for those who may (policy 16); stays in the record. */
export function sellExpiredField() {
  return facet('expired', flagField(['售出过期品', 'Sell expired goods']))
}

/** A field that shows only where goods are told apart so. */
export function facet<Of extends Field>(name: NonNullable<Field['facet']>, of: Of): Of {
  return { ...of, facet: name }
}

/** The numbers in a text: as scanned or typed, between blanks, commas or line breaks. */
export function serialsOf(text: unknown): readonly string[] {
  return typeof text === 'string' ? text.split(/[\s,，、;；]+/).filter((each) => each !== '') : []
}

function checkTag(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'must-be-text'
  if (value.length > limitTag) return 'text-too-long'
  return /^\s|\s$|\p{Cc}/u.test(value) || value === '' ? 'text-untidy' : checkJson(value)
}

function checkSerials(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'must-be-text'
  if (value.length > limitSerialsText) return 'text-too-long'
  const problem = serialsOf(value)
    .map(checkTag)
    .find((each) => each !== undefined)
  return problem ?? (serialsOf(value).length === 0 ? 'text-untidy' : undefined)
}
