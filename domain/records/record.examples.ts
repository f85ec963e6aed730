/** Records as a shop writes them, deterministic, for tests and measurements. */

import { type Month, month } from '#domain/values/business-date.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { hlc } from '#domain/values/hybrid-clock.ts'
import { asId, type RecordId } from '#domain/values/ids.ts'
import { instant } from '#domain/values/instant.ts'
import type { Audience } from './audience.ts'
import type { JournalRecord } from './record.ts'

/** A UUIDv7 that is the same for the same number; its later digits look as random as real ones. */
export function exampleUuid(number: number): string {
  const digits = (salt: number, length: number) =>
    Math.imul(number + salt, 0x9e37_79b1)
      .toString(16)
      .replace('-', '')
      .padStart(8, '0')
      .slice(0, length)
  const time = (0x0193_5a00_0000 + number).toString(16).padStart(12, '0')
  const parts = [time.slice(0, 8), time.slice(8), `7${digits(1, 3)}`, `8${digits(2, 3)}`]
  return [...parts, digits(3, 8) + digits(4, 4)].join('-')
}

export const exampleOrg = exampleUuid(1)
export const exampleBranch = exampleUuid(2)
export const exampleDevice = exampleUuid(3)
export const exampleUser = exampleUuid(4)
export const exampleWarehouse = exampleUuid(5)
/** 2026-11-22 09:15 in Shanghai. */
export const exampleMs = 1_795_310_100_000
export const exampleMonth: Month = month('2026-11')

/** A whole record; give what matters to the test. */
export function exampleRecord(fields: Partial<JournalRecord> = {}): JournalRecord {
  return {
    v: 1,
    kind: 'posted.v1',
    id: asId<RecordId>(exampleUuid(10)),
    org: exampleOrg,
    branch: exampleBranch,
    audience: 'goods',
    shard: exampleMonth,
    device: exampleDevice,
    by: exampleUser,
    seq: 0,
    prev: '',
    hlc: hlc(exampleMs, 0),
    at: instant(exampleMs),
    offset: { ms: -120, ageMs: 36_000 },
    build: '0.1.0',
    body: examplePosting('goods', 1, 10),
    ...fields,
  }
}

/** The body of one part of a 销售出库单 (shipment) of `lines` lines, the lead part under `id`. */
export function examplePosting(part: Audience, lines: number, id: number): Json {
  const lineId = (line: number) => exampleUuid(id * 10_000 + 2 * line)
  const skuId = (line: number) => exampleUuid(900_000 + ((id * 7 + line * 13) % 5_000))
  const quantity = (line: number) => ((line * 7) % 20) * 10_000 + 10_000
  const numbers = Array.from({ length: lines }, (_, line) => line)
  const common = {
    docId: exampleUuid(id + 1),
    postingId: exampleUuid(id + 2),
    type: 'shipment',
    number: 'XSCK261122-002-A7-0007',
    part,
    lead: 'goods',
    parts: { goods: exampleUuid(id), sales: exampleUuid(id + 3) },
  }
  if (part !== 'goods') {
    return {
      ...common,
      header: { customerId: exampleUuid(77) },
      lines: numbers.map((line) => ({
        lineId: lineId(line),
        price: 3_500_000 + line * 10_000,
        amount: 350 * (line + 1),
      })),
    }
  }
  return {
    ...common,
    header: { warehouseId: exampleWarehouse, note: '客户自提' },
    lines: numbers.map((line) => ({
      lineId: lineId(line),
      skuId: skuId(line),
      quantity: quantity(line),
      unit: '瓶',
    })),
    legs: numbers.map((line) => ({
      leg: lineId(line),
      lineId: lineId(line),
      sku: skuId(line),
      warehouse: exampleWarehouse,
      quantity: 0 - quantity(line),
      class: 'issue',
    })),
  }
}

/** A submission of the goods part that `examplePosting` has, which is its lead. */
export function exampleSubmission(id: number): Json {
  return {
    posting: examplePosting('goods', 2, id),
    salt: exampleUuid(id + 4),
    flow: {
      ...{ id: 'f', name: '出库审批', isSeparate: 1 },
      steps: [
        { approvers: [{ role: 'manager' }, { user: exampleUser }], needs: 'all', hours: 24 },
        { approvers: [{ role: 'owner' }], needs: 'any' },
      ],
    },
    hashes: { goods: 'e'.repeat(64), sales: 'f'.repeat(64) },
  }
}
