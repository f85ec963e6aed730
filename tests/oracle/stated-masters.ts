/** What masters say that matters for cost: the policy of the company and prices to fall back upon. */
import { compareKeys, keyOf } from './stamp.ts'
import type { Recorded } from './statements.ts'

export interface Policy {
  readonly method: string
  readonly scope: string
  readonly purchaseReturn: string
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
    zoneMinutes: stated<number>('offsetMinutes', 480) - stated<number>('cutOffMinutes', 0),
  }
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
