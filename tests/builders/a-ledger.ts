/** A stock ledger without records, for tests of the ledger alone: one branch, names as texts. */

import { Dictionary } from '#domain/ledgers/columns/dictionary.ts'
import { TextHeap } from '#domain/ledgers/columns/text-heap.ts'
import {
  dropMovement,
  followClosing,
  linkMovement,
  putEvent,
  putMovement,
  putValue,
} from '#domain/ledgers/stock/change.ts'
import { settle } from '#domain/ledgers/stock/settle.ts'
import { noteCount } from '#domain/ledgers/stock/counts.ts'
import type { FlowLeg } from '#domain/ledgers/stock/flow.ts'
import { putFlow } from '#domain/ledgers/stock/put-flow.ts'
import { cellOf, lineOf, poolsOfSku } from '#domain/ledgers/stock/place.ts'
import { isReversalBit, type MovementClass, rankOf } from '#domain/ledgers/stock/movement.ts'
import { type CostPolicy, defaultPolicy } from '#domain/ledgers/stock/policy.ts'
import { openStockLedger, type StockLedger } from '#domain/ledgers/stock/stock-ledger.ts'

export interface TestMovement {
  readonly leg: string
  readonly class: MovementClass
  readonly at: number
  readonly hlc: number
  /** Steps, signed; 0 of a count that asserts. */
  readonly quantity: number
  /** Steps. */
  readonly counted?: number
  /** Row of the movement that this one mirrors; linked at once. */
  readonly mirrors?: number
  readonly sku?: string
  readonly warehouse?: string
  readonly device?: string
  readonly document?: string
  /** Fen. */
  readonly value?: number
  readonly batch?: string
  readonly serial?: string
  readonly bin?: string
  /** As in `Detail`. */
  readonly status?: number
}

export interface TestLedger {
  readonly ledger: StockLedger
  move(movement: TestMovement): number
  link(movement: number, origin: number): void
  /** Makes legs of one internal move of them; `isPair` as a share for a pair. */
  flow(outs: readonly number[], ins: readonly FlowLeg[]): void
  /** What a document says of the value of a movement. */
  value(movement: number, amount: number | undefined): void
  drop(movement: number): void
  settle(): void
  /** Its branch has closed everything before this moment; −∞ where nothing is closed. */
  close(until: number): void
  /** Movements of the SKU's pool, in order. */
  chain(sku: string): number[]
  nameOf(movement: number): string
  /** Quantity and value of the SKU's pool. */
  pool(sku: string): readonly [number, number]
}

export function aLedger(policy: CostPolicy = defaultPolicy): TestLedger {
  let closedUntil = Number.NEGATIVE_INFINITY
  const texts = new TextHeap()
  const devices = new Dictionary(texts)
  const documents = new Dictionary(texts)
  const skus = new Dictionary(texts)
  const warehouses = new Dictionary(texts)
  const [batches, serials, bins] = [texts, texts, texts].map((heap) => new Dictionary(heap))
  for (const names of [batches, serials, bins]) names?.intern('')
  const ledger = openStockLedger({
    texts,
    deviceText: (device) => devices.text(device),
    documentText: (document) => documents.text(document),
    referencePrice: () => undefined,
    closedUntil: () => closedUntil,
    batchValuations: () => [],
    isApart: () => false,
  })
  ledger.policy = policy
  const poolOf = (sku: string) => poolsOfSku(ledger, skus.find(sku))[0] ?? -1
  return {
    ledger,
    move({ leg, at, hlc, quantity, value, sku = 'sku', ...rest }) {
      const device = devices.intern(rest.device ?? 'device')
      const document = documents.intern(rest.document ?? leg)
      const event = putEvent(ledger, { at, hlc, device, document })
      const warehouse = warehouses.intern(rest.warehouse ?? 'shop')
      const line = lineOf(ledger, skus.intern(sku), warehouse, 0)
      const kind = rankOf[rest.class] | (rest.mirrors === undefined ? 0 : isReversalBit)
      const cell = cellOf(ledger, line, {
        batch: batches?.intern(rest.batch ?? '') ?? 0,
        serial: serials?.intern(rest.serial ?? '') ?? 0,
        bin: bins?.intern(rest.bin ?? '') ?? 0,
        status: rest.status ?? 0,
      })
      const movement = putMovement(ledger, {
        ...{ event, line, cell, leg: texts.append(leg), quantity, kind },
      })
      if (rest.counted !== undefined) noteCount(ledger, movement, { counted: rest.counted })
      if (rest.mirrors !== undefined) linkMovement(ledger, movement, rest.mirrors)
      if (value !== undefined) putValue(ledger, movement, value)
      return movement
    },
    link: (movement, origin) => linkMovement(ledger, movement, origin),
    flow: (outs, ins) => putFlow(ledger, { outs, ins }),
    value: (movement, amount) => putValue(ledger, movement, amount),
    drop: (movement) => dropMovement(ledger, movement),
    settle: () => {
      settle(ledger)
    },
    close(until) {
      closedUntil = until
      followClosing(ledger, 0)
    },
    chain: (sku) => [...ledger.chains.view(poolOf(sku))],
    nameOf: (movement) => texts.read(ledger.movements.columns.leg[movement] as number),
    pool(sku) {
      const { quantity, value } = ledger.poolTable.columns
      return [quantity[poolOf(sku)] as number, value[poolOf(sku)] as number]
    },
  }
}
