/** What masters say that matters for cost: the policy of the company and prices to fall back upon. */
import { compareKeys, keyOf } from './stamp.ts'
import type { Recorded } from './statements.ts'

export interface Policy {
  readonly method: string
  readonly scope: string
  readonly purchaseReturn: string
  /** SKUs each batch of which has a value of its own. */
  readonly batchProducts: ReadonlySet<string>
  /** From UTC to the clock by which its business days, and so its months, begin. */
  readonly zoneMinutes: number
}

interface Change {
  readonly entity: string
  readonly id: string
  readonly fields: Readonly<Record<string, unknown>>
}

interface Said {
  readonly recorded: Recorded
  readonly value: unknown
}

/** The first value ever stated holds: a later one would give all of history another cost. */
export function policyOf(records: readonly Recorded[]): Policy {
  const stated = <Value extends string | number>(field: string, fallback: Value): Value => {
    const [oldest] = saidOf(records, 'goods', 'company', field)
    return typeof oldest?.value === typeof fallback ? (oldest?.value as Value) : fallback
  }
  const method = stated<string>('costMethod', 'moving-average')
  const scope = stated<string>('costScope', 'branch')
  return {
    method,
    // [CST24] Under month-end averages warehouses of a branch share a value.
    scope: method === 'month-end' && scope === 'warehouse' ? 'branch' : scope,
    purchaseReturn: stated<string>('purchaseReturnCost', 'receipt'),
    batchProducts: batchProductsOf(records),
    zoneMinutes: stated<number>('offsetMinutes', 480) - stated<number>('cutOffMinutes', 0),
  }
}

/** What was said first of a product's valuation holds; a SKU is of the product that was named last. */
function batchProductsOf(records: readonly Recorded[]): Set<string> {
  const products = saidByMaster(records, 'product', 'valuation')
  const isByBatch = (product: unknown) => products.get(String(product))?.[0]?.value === 'batch'
  return new Set(
    [...saidByMaster(records, 'sku', 'productId')]
      .filter(([, said]) => isByBatch(said.at(-1)?.value))
      .map(([sku]) => sku),
  )
}

function saidByMaster(records: readonly Recorded[], entity: string, field: string) {
  const all = records.flatMap(({ record }) =>
    record.kind === 'masters-changed.v1'
      ? (record.body as { changes: readonly Change[] }).changes.filter(
          (change) => change.entity === entity && Object.hasOwn(change.fields, field),
        )
      : [],
  )
  const ids = new Set(all.map(({ id }) => id))
  return new Map([...ids].map((id) => [id, saidOf(records, 'goods', entity, field, id)]))
}

/** Millionths of a yuan that a SKU is taken to cost at a moment where nothing else is known. */
export type ReferencePrice = (sku: string, at: number) => bigint | undefined

/** The newest price said to hold by then, else the first ever said. */
export function referencePrices(records: readonly Recorded[]): ReferencePrice {
  const bySku = new Map<string, Said[]>()
  return (sku, at) => {
    const said = bySku.get(sku) ?? saidOf(records, 'buying', 'sku', 'referencePurchasePrice', sku)
    bySku.set(sku, said)
    const holding = said.filter(({ recorded }) => recorded.record.at <= at).at(-1) ?? said[0]
    const price = holding?.value
    return typeof price === 'number' && price > 0 ? BigInt(price) : undefined
  }
}

/** Oldest first. */
function saidOf(
  records: readonly Recorded[],
  audience: string,
  entity: string,
  field: string,
  id?: string,
): Said[] {
  return records
    .filter(({ record }) => record.kind === 'masters-changed.v1' && record.audience === audience)
    .flatMap((recorded) =>
      (recorded.record.body as { changes: readonly Change[] }).changes
        .filter((change) => change.entity === entity && (id ?? change.id) === change.id)
        .filter(({ fields }) => Object.hasOwn(fields, field))
        .map(({ fields }) => ({ recorded, value: fields[field] })),
    )
    .sort((a, b) => compareKeys(keyOf(a.recorded), keyOf(b.recorded)))
}
