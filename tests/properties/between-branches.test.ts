/**
 * Generated transfers between two branches: devices of one branch and of both agree, whatever came first, and each
 * branch's figures are the auditor's, who is shown each half as a document of its own.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Fold, openFold } from '#domain/fold/fold.ts'
import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import { transitOf } from '#domain/masters/transit.ts'
import { unwrapped } from '#domain/records/relayed.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import {
  arrivalOf,
  type BranchName,
  cups,
  dispatchOf,
  lossOf,
  type Said,
  TwoBranches,
} from '#tests/builders/two-branches.ts'
import { audit } from '#tests/oracle/audit.ts'
import type { Recorded, StatedLeg } from '#tests/oracle/statements.ts'
import { differences } from './compare.ts'
import { momentOf } from './plan.ts'
import { patience, runs } from './runs.ts'

const kinds = [
  ...(['receipt', 'sale', 'dispatch', 'dispatch', 'unpriced', 'supply'] as const),
  ...(['arrival', 'arrival', 'loss', 'north-receipt', 'north-sale', 'reversal'] as const),
]

interface Act {
  readonly kind: (typeof kinds)[number]
  readonly count: number
  readonly price: number
  readonly hour: number
  readonly about: number
}

interface Story {
  readonly method: string
  readonly scope: string
  readonly acts: readonly Act[]
  /** Decides in which order records come. */
  readonly order: readonly number[]
}

const stories: fc.Arbitrary<Story> = fc.record({
  method: fc.constantFrom('moving-average', 'fifo'),
  scope: fc.constantFrom('branch', 'warehouse'),
  acts: fc.array(
    fc.record({
      kind: fc.constantFrom(...kinds),
      count: fc.integer({ min: 1, max: 9 }),
      price: fc.integer({ min: 0, max: 999 }),
      hour: fc.integer({ min: 0, max: 40 }),
      about: fc.nat(100),
    }),
    { minLength: 2, maxLength: 20 },
  ),
  order: fc.array(fc.nat(1_000), { minLength: 60, maxLength: 60 }),
})

interface Playing {
  readonly company: TwoBranches
  readonly dispatches: Said[]
  readonly posted: (readonly [BranchName, string])[]
}

function played({ acts }: Story): TwoBranches {
  const playing: Playing = { company: new TwoBranches(), dispatches: [], posted: [] }
  for (const [index, act] of acts.entries()) play(playing, act, `d${index}`)
  return playing.company
}

function play(playing: Playing, act: Act, document: string): void {
  const { company, dispatches, posted } = playing
  const { kind, count, price, hour, about } = act
  const at = momentOf(hour)
  const value = count * price
  const sent = dispatches[about % Math.max(dispatches.length, 1)]
  const post = (branch: BranchName, said: Said, kept?: 'kept') => {
    company.post(branch, said, kept)
    posted.push([branch, document])
    if (said.type === 'transfer-dispatch') dispatches.push(said)
  }
  const trade = (branch: BranchName, type: string, legs: Said['legs']) =>
    post(branch, { document, type, at, legs }, 'kept')
  switch (kind) {
    case 'receipt':
      return trade('south', 'goods-receipt', [cups('l', 'south-shop', count, { value })])
    case 'sale':
      return trade('south', 'shipment', [cups('l', 'south-shop', 0 - count)])
    case 'north-receipt':
      return trade('north', 'goods-receipt', [cups('l', 'north-shop', count, { value })])
    case 'north-sale':
      return trade('north', 'shipment', [cups('l', 'north-shop', 0 - count)])
    case 'dispatch':
      return post('south', dispatchOf(document, count, at, value))
    case 'unpriced':
      return post('south', dispatchOf(document, count, at))
    case 'supply':
      if (sent !== undefined) company.supply('south', valued(sent, value), at)
      return
    case 'arrival':
      return sent && post('north', arrivalOf(sent.document, document, count, at))
    case 'loss':
      return sent && post('north', lossOf(sent.document, document, count, at))
    case 'reversal': {
      const [branch, reversed] = posted[about % Math.max(posted.length, 1)] ?? []
      if (branch !== undefined && reversed !== undefined) company.reverse(branch, reversed, at)
    }
  }
}

function valued(said: Said, value: number): Said {
  return { ...said, legs: said.legs.map((leg) => (leg.leg === 'l-in' ? { ...leg, value } : leg)) }
}

function policyOf({ method, scope }: Story): readonly FoldEntry[] {
  const fields = { costMethod: method, costScope: scope }
  return [
    new JournalWriter().write({
      ...{ device: 'server-1', branch: 'all', audience: 'goods', kind: 'masters-changed.v1' },
      at: momentOf(0),
      body: { changes: [{ entity: 'company', id: idOf('company', 'c'), fields }] },
    }),
  ]
}

function foldOf(entries: readonly FoldEntry[], order: readonly number[]): Fold {
  const rank = (index: number) => (order[index % order.length] ?? 0) + index / 1_000
  const shuffled = entries
    .map((entry, index) => ({ entry, rank: rank(index) }))
    .sort((one, other) => one.rank - other.rank)
  const fold = openFold()
  for (const { entry } of shuffled) fold.apply([entry])
  return fold
}

/** A record as the branch has it: the other's dispatch brings goods into its transit, what it sends just leaves. */
function halfOf(branch: string, { record, hash }: FoldEntry): Recorded {
  const inner = unwrapped({ record }).record
  const body = inner.body as { readonly legs?: readonly StatedLeg[] }
  const isOwn = inner.branch === branch
  const isHere = ({ warehouse }: StatedLeg) =>
    warehouse === transitOf(branch) || (isOwn && !warehouse.startsWith('transit-'))
  const legs = body.legs?.filter(isHere)
  // What became of the goods that it sent is no matter of its stock.
  const kind = legs?.length === 0 && !isOwn ? 'none' : inner.kind
  return { hash, record: { ...inner, kind, branch, body: { ...body, ...(legs && { legs }) } } }
}

function expectAudited(fold: Fold, name: BranchName, entries: readonly FoldEntry[]): void {
  const branch = idOf('branch', name)
  const isOfCompany = ({ record }: FoldEntry) => record.branch === 'all'
  const audited = audit(
    entries.map((entry) => (isOfCompany(entry) ? entry : halfOf(branch, entry))),
  )
  const found = differences(fold, audited).filter(
    // What the south keeps account of beside its stock is no leg of its half.
    ({ about }) => name === 'north' || !about.startsWith('cost '),
  )
  expect(found).toEqual([])
}

describe('transfers between branches', () => {
  it(
    '[ITR8] [ITR9] [ORC1] [ORC2] one set of records gives each branch one state, and the auditor’s figures',
    () => {
      const checked = fc.property(stories, (story) => {
        const company = played(story)
        const policy = policyOf(story)
        const south = [...policy, ...company.south.flat()]
        const north = [...policy, ...company.north.flat()]
        const wide = foldOf([...south, ...company.north.flat()], story.order)
        for (const [name, entries] of [
          ['south', south],
          ['north', north],
        ] as const) {
          const narrow = foldOf(entries, [...story.order].reverse())
          for (const layer of ['goods', 'buying'] as const) {
            const branch = idOf('branch', name)
            expect(wide.hash(layer, branch)).toBe(narrow.hash(layer, branch))
          }
          expect(narrow.audit()).toBeUndefined()
          expectAudited(narrow, name, entries)
        }
        expect(wide.audit()).toBeUndefined()
      })
      fc.assert(checked, runs(120))
    },
    patience,
  )
})
