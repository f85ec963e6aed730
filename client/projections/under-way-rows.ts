/** 在途 (under way): dispatches of which something has not arrived, the oldest first, and which of them are late. */
import type { Page, QueryArgs, UnderWayRow } from '#client/engine/face/face.ts'
import { textOf } from '#domain/masters/master-field.ts'
import {
  businessDate,
  businessDateOf,
  daysBetween,
  isBusinessDate,
} from '#domain/values/business-date.ts'
import type { OpenDispatch } from '#domain/fold/transit-view.ts'
import { instant } from '#domain/values/instant.ts'
import { nameOf, type Reading, todayOf } from './reading.ts'

/** Days after which goods for which nobody has said a day are late. */
const daysUntilLate = 7

export async function underWayPage(
  reading: Reading,
  { offset, limit }: QueryArgs<'underWay'>,
): Promise<Page<UnderWayRow>> {
  const open = reading.fold.transit.open(new Set(reading.reader().branches))
  const shown = open.slice(offset, offset + limit)
  await reading.documents.load(shown.map(({ docId }) => docId))
  return { total: open.length, offset, rows: shown.map((each) => underWayRow(reading, each)) }
}

function underWayRow(reading: Reading, { docId, at, lines }: OpenDispatch): UnderWayRow {
  const header = reading.documents.get(docId)?.header ?? {}
  const [from, to] = [header['warehouseId'], header['targetWarehouseId']].map(String)
  const { zone, branchId } = reading.reader()
  const days = daysBetween(businessDateOf(instant(at), zone), todayOf(reading))
  const said = header['expectedOn']
  const expectedOn =
    typeof said === 'string' && isBusinessDate(said) ? businessDate(said) : undefined
  const target = textOf(reading.fold.masters.get('warehouse', to ?? '') ?? {}, 'branchId')
  return {
    ...{ docId, at, days, lines, number: reading.fold.documents.get(docId)?.number ?? '' },
    fromName: nameOf(reading, 'warehouse', from ?? ''),
    toName: nameOf(reading, 'warehouse', to ?? ''),
    ...(expectedOn !== undefined && { expectedOn }),
    isLate: expectedOn === undefined ? days > daysUntilLate : expectedOn < todayOf(reading),
    isToHere: target !== '' && target === branchId,
  }
}
