/** What masters say that matters for cost: the policy of the company and prices to fall back upon. */
import { sealsOf } from './seals.ts'
import { compareKeys, keyOf } from './stamp.ts'
import type { Recorded } from './statements.ts'

export interface Policy {
  /** From the beginning. */
  readonly method: string
  /** Later ones, the earliest first. */
  readonly changes: readonly MethodChange[]
  readonly scope: string
  readonly purchaseReturn: string
  /** SKUs each batch of which has a value of its own. */
  readonly batchProducts: ReadonlySet<string>
  /** From UTC to the clock by which its business days, and so its months, begin. */
  readonly zoneMinutes: number
}

interface MethodChange {
  /** The first moment of its month. */
  readonly from: number
  readonly method: string
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
  const wide = stated<string>('costScope', 'branch')
  // [CST24] Under month-end averages warehouses of a branch share a value.
  const scope = method === 'month-end' && wide === 'warehouse' ? 'branch' : wide
  const zoneMinutes = stated<number>('offsetMinutes', 480) - stated<number>('cutOffMinutes', 0)
  return {
    ...{ method, scope, zoneMinutes },
    changes: changesOf(records, { method, scope, zoneMinutes }),
    purchaseReturn: stated<string>('purchaseReturnCost', 'receipt'),
    batchProducts: batchProductsOf(records),
  }
}

/** The method that holds at a moment. */
export function methodAt({ method, changes }: Policy, at: number): string {
  return changes.filter(({ from }) => from <= at).at(-1)?.method ?? method
}

const shared = ['moving-average', 'fifo', 'month-end']

/** [CMC1] [CMC3] What the server has said, of methods under which goods share one value. */
function changesOf(
  records: readonly Recorded[],
  { method, scope, zoneMinutes }: Pick<Policy, 'method' | 'scope' | 'zoneMinutes'>,
): MethodChange[] {
  const servers = records.filter(({ record }) => record.device.startsWith('server-'))
  const months = new Set(servers.flatMap(({ record }) => monthsIn(record.body)))
  const said = [...months].sort().flatMap((month): MethodChange[] => {
    const [oldest] = saidOf(servers, 'goods', 'company', `${changePrefix}${month}`)
    const next = String(oldest?.value)
    const isOffered = shared.includes(next) && !(next === 'month-end' && scope === 'warehouse')
    const from = Date.parse(`${month}-01T00:00:00Z`) - zoneMinutes * 60_000
    return isOffered ? [{ from, method: next }] : []
  })
  return method === 'batch'
    ? []
    : said.filter((each, i) => each.method !== (said[i - 1]?.method ?? method))
}

const changePrefix = 'costMethodFrom:'

function monthsIn(body: unknown): string[] {
  const { changes = [] } = body as { readonly changes?: readonly Change[] }
  return changes
    .filter(({ entity }) => entity === 'company')
    .flatMap(({ fields }) => Object.keys(fields))
    .filter((field) => field.startsWith(changePrefix))
    .map((field) => field.slice(changePrefix.length))
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
export type ReferencePrice = (sku: string, at: number, branch: string) => bigint | undefined

/**
 * The newest price said to hold by then, else the first ever said, of those said in the branch or told to the
 * company; in a month that the branch has closed, of those that the server had by then.
 */
export function referencePrices(records: readonly Recorded[]): ReferencePrice {
  const bySku = new Map<string, Said[]>()
  const sealsIn = sealsOf(records)
  const heard = heardAt(records)
  return (sku, at, branch) => {
    const all = bySku.get(sku) ?? saidOf(records, 'buying', 'sku', 'referencePurchasePrice', sku)
    bySku.set(sku, all)
    const seals = sealsIn(branch)
    const closing = seals.closing(at)
    const said = all.filter(({ recorded }) => {
      const { id, branch: where } = recorded.record
      const told = heard.get(id)
      if (closing === undefined) return told !== undefined || where === branch
      if (told !== undefined && told < closing.hlc) return true
      return where === branch && seals.before(recorded) <= closing.index
    })
    const holding = said.filter(({ recorded }) => recorded.record.at <= at).at(-1) ?? said[0]
    const price = holding?.value
    return typeof price === 'number' && price > 0 ? BigInt(price) : undefined
  }
}

/** By record, the clock of the first one that is it, or brings it, in a journal of the company. */
function heardAt(records: readonly Recorded[]): Map<string, number> {
  const heard = new Map<string, number>()
  for (const { record, brings } of records) {
    if (record.branch !== 'all') continue
    const id = brings ?? record.id
    heard.set(id, Math.min(heard.get(id) ?? record.hlc, record.hlc))
  }
  return heard
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
