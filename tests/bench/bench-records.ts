/** Records of posted documents for benchmarks, as `decodeRecord` hands them over: plain objects. */

import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import { journalNameText } from '#domain/records/journal-name.ts'
import { type JournalRecord, journalOf } from '#domain/records/record.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { seededRandom } from '#tests/builders/arrivals.ts'
import { idOf, organization } from '#tests/builders/journal-writer.ts'

const lines = ['1', '2', '3', '4', '5']
const devices = Array.from({ length: 20 }, (_, index) => idOf('device', `bench-${index}`))
export const benchBranches = Array.from({ length: 20 }, (_, index) =>
  idOf('branch', `bench-${index}`),
)
export const benchWarehouses = Array.from({ length: 40 }, (_, index) =>
  idOf('warehouse', `bench-${index}`),
)
export const benchSkus = Array.from({ length: 5_000 }, (_, index) => idOf('sku', `bench-${index}`))

/** UUID of the n-th thing of a kind, cheaper than a hash. */
function uuid(kind: number, n: number): string {
  const hex = n.toString(16).padStart(12, '0')
  return `0190f7a1-000${kind}-7000-8000-${hex}`
}

/** Posted documents of five lines from 20 devices, one after the other, without end. */
export function* postedDocuments(skus: readonly string[] = benchSkus): Generator<FoldEntry[]> {
  const random = seededRandom(7)
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item
  const chains = new Map<string, FoldEntry>()
  for (let n = 0; ; n++) {
    const device = n % devices.length
    const branch = benchBranches[device] as string
    const isReceipt = random() < 0.3 || n < 20_000
    const warehouse = benchWarehouses[device * 2 + (n % 2)] as string
    const legs = lines.map((leg) => ({
      ...{ leg, lineId: leg, warehouse, class: isReceipt ? 'receipt' : 'issue' },
      sku: skus[Math.floor(random() * random() * skus.length)] as string,
      quantity: (isReceipt ? 80 : -1 - Math.floor(random() * 9)) * 10_000,
    }))
    const audiences = isReceipt ? (['goods', 'buying'] as const) : (['goods'] as const)
    const parts = Object.fromEntries(audiences.map((each, index) => [each, uuid(index + 1, n)]))
    const common = {
      ...{
        docId: uuid(8, n),
        postingId: uuid(9, n),
        type: isReceipt ? 'goods-receipt' : 'shipment',
      },
      ...{ number: `CGRK261122-002-A7-${n}`, lead: 'goods', header: { note: pick(lines) }, parts },
    }
    yield audiences.map((audience) => {
      const chain = `${device}|${audience}`
      const values = legs.map(({ leg }) => ({
        leg,
        amount: 80 * (1 + Math.floor(random() * 3_000)),
      }))
      const part = audience === 'goods' ? { legs } : { values }
      const body = {
        ...common,
        part: audience,
        lines: lines.map((lineId) => ({ lineId })),
        ...part,
      }
      const entry = entryOf(n, chains.get(chain), {
        branch,
        audience,
        device: devices[device] as string,
        body: body as Json,
      })
      chains.set(chain, entry)
      return entry
    })
  }
}

/** Behind `before`, the last of its chain. */
function entryOf(
  n: number,
  before: FoldEntry | undefined,
  {
    branch,
    audience,
    device,
    body,
  }: Pick<JournalRecord, 'branch' | 'audience' | 'device' | 'body'>,
): FoldEntry {
  const at = 1_767_225_600_000 + n * 1_000
  const id = uuid(audience === 'goods' ? 1 : 2, n)
  const record = {
    ...{ v: 1, kind: 'posted.v1', id, org: organization, branch, audience, shard: '2026-01' },
    ...{
      device,
      by: device,
      seq: before === undefined ? 0 : before.record.seq + 1,
      prev: before?.hash ?? '',
      hlc: at * 1_024,
      at,
      offset: { ms: 0, ageMs: 0 },
      build: 'b',
    },
    body,
  } as unknown as JournalRecord
  const hash = (n * 2 + (audience === 'goods' ? 0 : 1))
    .toString(16)
    .padStart(12, '0')
    .padEnd(64, '0')
  return { journal: journalNameText(journalOf(record)), record, hash }
}
