/** 盘点 (counts) as documents and screens ask for them: what is there to be counted, and what a count came to. */

import { countOf, sumBefore } from '#domain/ledgers/stock/counts.ts'
import { findCell } from '#domain/ledgers/stock/place.ts'
import { type Leg, stockStatuses } from '#domain/records/posted-body.ts'
import type { Instant } from '#domain/values/instant.ts'
import { type Quantity, zeroQuantity } from '#domain/values/quantity.ts'
import { findPosted, movementsOf } from './document-rows.ts'
import type { FoldState } from './fold-state.ts'

/** One counted leg of the posting in force. */
export interface CountedLeg {
  readonly leg: string
  readonly counted: Quantity
  /** 账面数, by what is known now. */
  readonly booked: Quantity
  /** 盘盈 > 0, 盘亏 < 0. */
  readonly difference: Quantity
}

export type CountedGoods = Pick<Leg, 'sku' | 'warehouse' | 'bin' | 'batch' | 'serial' | 'status'>

export interface CountView {
  /** Empty where the document counted nothing. */
  of(docId: string): readonly CountedLeg[]
  /** What a count of these goods at `at` would find, by what is known now. */
  booked(branch: string, goods: CountedGoods, at: Instant): Quantity
}

export function countView(state: FoldState): CountView {
  return {
    of(docId) {
      const document = findPosted(state, docId)
      if (document < 0) return []
      return [...movementsOf(state, document)].flatMap((movement) => countedLeg(state, movement))
    },
    booked: (branch, goods, at) => bookedOf(state, branch, goods, at),
  }
}

function countedLeg({ names, ledger }: FoldState, movement: number): CountedLeg[] {
  const count = countOf(ledger, movement)
  if (count === undefined) return []
  const { leg, quantity } = ledger.movements.columns
  const difference = quantity[movement] as Quantity
  return [
    {
      leg: names.texts.read(leg[movement] as number),
      counted: count.counted as Quantity,
      booked: (count.counted - difference) as Quantity,
      difference,
    },
  ]
}

function bookedOf(
  { names, ledger }: FoldState,
  branch: string,
  goods: CountedGoods,
  at: Instant,
): Quantity {
  const { batch = '', serial = '', bin = '', status } = goods
  const place = ledger.places.find(
    names.warehouses.find(goods.warehouse),
    names.branches.find(branch),
  )
  const line = place < 0 ? -1 : ledger.lines.find(names.skus.find(goods.sku), place)
  if (line < 0) return zeroQuantity
  const cell = findCell(ledger, line, {
    batch: names.batches.find(batch),
    serial: names.serials.find(serial),
    bin: names.bins.find(bin),
    status: status === undefined ? 0 : 1 + stockStatuses.indexOf(status),
  })
  return (cell === undefined ? 0 : sumBefore(ledger, { line, cell, at })) as Quantity
}
