/** A dispatch of the example shop whose goods are still under way (在途). */

import { transitOf } from '#domain/masters/transit.ts'
import type { Leg } from '#domain/records/posted-body.ts'
import { asId, type LineId, type SkuId } from '#domain/values/ids.ts'
import { instant } from '#domain/values/instant.ts'
import { negateQuantity, quantity } from '#domain/values/quantity.ts'
import { exampleShop } from './example-shop.ts'
import type { PostedDocument } from './readers.ts'

const { branchId, mainWarehouse, backWarehouse, cola, apple } = exampleShop

/** 2026-11-21 09:00 in China. */
const dispatchedAt = instant(1_795_222_800_000)

/** 96 罐, 12.5 公斤. */
const dispatched: readonly (readonly [string, SkuId, number])[] = [
  ['line-1', cola, 960_000],
  ['line-2', apple, 125_000],
]

export const exampleDispatch: PostedDocument = {
  ...{ docId: 'example-dispatch', type: 'transfer-dispatch', number: 'DBFH261121-001-A7-0001' },
  ...{ branch: branchId, at: dispatchedAt, state: 'posted' },
  postingId: 'example-dispatch-posting',
  parts: { goods: '00000000-0000-7000-8000-0000000000d1' },
  header: { warehouseId: backWarehouse, targetWarehouseId: mainWarehouse },
  lines: dispatched.map(([lineId, skuId, steps]) => ({ lineId, skuId, quantity: steps })),
  legs: dispatched.flatMap(([line, sku, steps]): readonly Leg[] => {
    const moved = { lineId: asId<LineId>(line), sku, class: 'internal' } as const
    const out = {
      leg: `${line}-out`,
      warehouse: backWarehouse,
      quantity: negateQuantity(quantity(steps)),
    }
    const into = { leg: `${line}-in`, warehouse: transitOf(branchId), quantity: quantity(steps) }
    return [
      { ...moved, ...out },
      { ...moved, ...into, pair: out.leg },
    ]
  }),
}
