/** 台账 (movement card): every movement of a SKU, and how each cost came about. */
import type { CardRow as FoldCardRow } from '#domain/fold/stock-card.ts'
import type { CardRow, FieldValues, QueryArgs } from '#client/engine/face/face.ts'
import { documentState } from './document-state.ts'
import { canRead, nameOf, type Reading } from './reading.ts'

export function cardRows(reading: Reading, args: QueryArgs<'card'>): readonly CardRow[] {
  const { branchId, branches } = reading.reader()
  const branch = branchId ?? branches[0]
  const { skuId, warehouseId } = args
  if (warehouseId === undefined && branch === undefined) return []
  const scope = warehouseId === undefined ? { branch: branch ?? '' } : { warehouse: warehouseId }
  const isCosted = canRead(reading, 'buying')
  return reading.fold.stock.card(skuId, scope).map((row) => ({
    ...cardRow(reading, row),
    ...(isCosted ? costOf(reading, row) : {}),
  }))
}

function cardRow(reading: Reading, row: FoldCardRow): CardRow {
  const entry = reading.fold.documents.get(row.docId)
  const isReversal = row.isReversal && entry?.reversedBy !== undefined
  return {
    at: row.at,
    docId: row.docId,
    type: entry?.type ?? '',
    number: (isReversal ? entry.reversedBy?.number : entry?.number) ?? '',
    leg: row.leg,
    warehouseId: row.warehouse,
    warehouseName: nameOf(reading, 'warehouse', row.warehouse),
    quantity: row.quantity,
    quantityAfter: row.quantityAfter,
    state: documentState(reading, row.docId, entry),
  }
}

function costOf(reading: Reading, row: FoldCardRow): Partial<CardRow> {
  const { cost, valueAfter, isProvisional, why: reason, average } = row
  const facts: Record<string, FieldValues[string]> = {}
  if (average !== undefined) facts['average'] = average
  if (row.about !== undefined) {
    const about = reading.fold.documents.get(row.about.docId)
    facts['aboutDocId'] = row.about.docId
    facts['aboutNumber'] = about?.number ?? ''
  }
  return { cost, valueAfter, isProvisional, reason, reasonFacts: facts }
}
