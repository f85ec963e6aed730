import { describe, expect, it } from 'vitest'
import { openFold } from '#domain/fold/fold.ts'
import { asId, type SkuId, type WarehouseId } from '#domain/values/ids.ts'
import { instant } from '#domain/values/instant.ts'
import type { Reading } from '#client/projections/reading.ts'
import type { PlannedRecord } from '../own/append.ts'
import { pendingReaders } from './pending-readers.ts'

const sku = asId<SkuId>('s1')
const warehouse = asId<WarehouseId>('w1')
/** What the readers look at, with nothing in it. */
const reading = {
  fold: openFold({ audiences: ['goods'] }),
  documents: { get: () => undefined },
} as unknown as Reading

function recordOf(kind: string, body: object): PlannedRecord {
  const at = instant(1)
  return { id: 'r', kind, branch: 'b1', audience: 'goods', at, body: body as PlannedRecord['body'] }
}

function returned(docId: string, quantity: number): PlannedRecord {
  const leg = { leg: '1', sku, warehouse, quantity, origin: { docId: 'sold', leg: '1' } }
  return recordOf('posted.v1', {
    docId,
    type: 'sales-return',
    part: 'goods',
    lines: [],
    legs: [leg],
  })
}

describe('readers of what shares a transaction', () => {
  it('see each record once as the transaction grows, and a reversed return as not returned', () => {
    const pending: PlannedRecord[] = []
    const look = () => {
      const { stock, documents } = pendingReaders(reading, pending)
      return [stock.onHand(sku, warehouse), documents.returnedOf('sold', '1')]
    }
    expect(look()).toEqual([0, 0])
    pending.push(returned('a', 3), returned('b', 2))
    expect([look(), look()]).toEqual([
      [5, 5],
      [5, 5],
    ])
    pending.push(recordOf('reversed.v1', { docId: 'a' }))
    expect(look()).toEqual([2, 2])
    expect(pendingReaders(reading, pending).documents.get('a')?.state).toBe('reversed')
  })
})
