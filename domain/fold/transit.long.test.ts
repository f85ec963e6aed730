import { describe, expect, it } from 'vitest'
import { transitOf } from '#domain/masters/transit.ts'
import { aSeal } from '#tests/builders/a-seal.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { scenario } from '#tests/builders/scenario.ts'
import { foldsOf, mainBranch, recordsOf } from '#tests/builders/table.ts'
import { type Fold, openFold } from './fold.ts'
import type { FoldEntry } from './fold-entry.ts'

const head = 'day  device  document  id  sku  in  out  price  of  warehouse  to'
const received = '01  A  goods-receipt      r1  cup  10  -   5.00  -   shop  -'
const sent = '02  A  transfer-dispatch  d1  cup  -   8   -     -   shop  transit'
const arrived = '03  B  transfer-arrival   a1  cup  -   5   -     d1  transit  back'
const lost = '04  B  transfer-loss      l1  cup  -   1   -     d1  transit  -'
const rest = '05  B  transfer-arrival   a2  cup  -   2   -     d1  transit  back'

const cup = idOf('sku', 'cup')
const [shop, back, transit] = [
  idOf('warehouse', 'shop'),
  idOf('warehouse', 'back'),
  transitOf(mainBranch),
]

function played(...rows: readonly string[]) {
  return scenario([head, ...rows].join('\n'))
}

/** The records of the rows in every order of arrival, under the cost policy of the company. */
function foldsUnder(policy: Readonly<Record<string, string>>, rows: readonly string[]): Fold[] {
  return foldsOf([[statedPolicy(policy)], ...recordsOf([head, ...rows].join('\n'))])
}

function statedPolicy(policy: Readonly<Record<string, string>>): FoldEntry {
  return new JournalWriter().write({
    ...{ device: 'server-1', branch: 'all', audience: 'goods', kind: 'masters-changed.v1' },
    at: 1_767_225_600_000,
    body: { changes: [{ entity: 'company', id: idOf('company', 'c'), fields: policy }] },
  })
}

/** Pieces in the shop, on the way, and behind. */
function placesOf(fold: Fold): readonly number[] {
  return [shop, transit, back].map((place) => fold.stock.balance(cup, place) / 10_000)
}

function linesOf(fold: Fold) {
  return fold.transit
    .ofDocument(idOf('document', 'd1'))
    .map(({ sent: all, arrived: came, lost: gone, open }) =>
      [all, came, gone, open].map((steps) => steps / 10_000),
    )
}

/** Fen by warehouse, where each has a value of its own. */
function valuesOf(fold: Fold) {
  const found = [...fold.stock.pools()].map(({ warehouse, value }) => [warehouse, value] as const)
  return Object.fromEntries(found)
}

describe('goods in transit 在途', () => {
  it('[ITR1] [ITR2] out = in transit + arrived + lost, whatever becomes known first', () => {
    const { fold } = played(received, sent, arrived, lost).expectFindings([]).expectAgreement()
    expect(placesOf(fold)).toEqual([2, 2, 5])
    expect(linesOf(fold)).toEqual([[8, 5, 1, 2]])
    expect(fold.transit.progress(idOf('document', 'd1'))).toBe('part')
    const whole = played(received, sent, arrived, lost, rest).expectFindings([]).expectAgreement()
    expect(placesOf(whole.fold)).toEqual([2, 0, 7])
    expect(whole.fold.transit.progress(idOf('document', 'd1'))).toBe('all')
    expect(whole.fold.transit.followersOf(idOf('document', 'd1'))).toHaveLength(3)
    expect(whole.fold.audit()).toBeUndefined()
  })

  it('[ITR1] an arrival that is dated before its dispatch stands behind it', () => {
    const early = arrived.replace('03  B', '01@08:00  B')
    const one = { costMethod: 'moving-average', costScope: 'warehouse' }
    for (const fold of foldsUnder(one, [received, sent, early])) {
      expect(placesOf(fold)).toEqual([2, 3, 5])
      expect(valuesOf(fold)).toEqual({ [shop]: 1_000, [transit]: 1_500, [back]: 2_500 })
      expect(fold.audit()).toBeUndefined()
    }
  })

  it.each(['moving-average', 'fifo'])(
    '[CST27] goods arrive at what they were sent at, not at what else is under way (%s)',
    (costMethod) => {
      const dear = '02@15:00  A  goods-receipt      r2  cup  10  -   9.00  -   shop  -'
      const second = '02@16:00  A  transfer-dispatch  d2  cup  -   12  -     -   shop  transit'
      const rows = [received, sent, dear, second, arrived, lost, rest]
      for (const fold of foldsUnder({ costMethod, costScope: 'warehouse' }, rows)) {
        // Of the first dispatch all has gone on, of the second nothing.
        expect(placesOf(fold)).toEqual([0, 12, 7])
        const values = valuesOf(fold)
        expect(values[back]).toBe(3_500)
        expect(values[transit]).toBe(10_000)
        const loss = fold.stock.costOf(idOf('document', 'l1')).map(({ cost }) => cost)
        expect(loss).toEqual([-500])
        expect(fold.audit()).toBeUndefined()
      }
    },
  )

  it('[ITR3] what two devices take in twice is told, and closes itself', () => {
    const twice = '03  A  transfer-arrival   a9  cup  -   5   -     d1  transit  back'
    const { fold } = played(received, sent, arrived, twice)
      .expectFindings(['over-arrived'])
      .expectAgreement()
    expect(placesOf(fold)).toEqual([2, -2, 10])
    const documents = ['d1', 'a1', 'a9'].map((name) => idOf('document', name))
    expect([...(fold.findings()[0]?.documents ?? [])].sort()).toEqual(documents.sort())
    const undone = '04  A  reversal           -   -    -   -   -     a9  -     -'
    played(received, sent, arrived, twice, undone).expectFindings([]).expectAgreement()
  })

  it('[ITR3] a dispatch that is reversed after its goods arrived is told', () => {
    const reversed = '04  A  reversal           -   -    -   -   -     d1  -     -'
    const { fold } = played(received, sent, arrived, reversed)
      .expectFindings(['over-arrived'])
      .expectAgreement()
    expect(placesOf(fold)).toEqual([10, -5, 5])
    const arrivalToo = '05  B  reversal           -   -    -   -   -     a1  -     -'
    const mended = played(received, sent, arrived, reversed, arrivalToo).expectFindings([])
    expect(placesOf(mended.expectAgreement().fold)).toEqual([10, 0, 0])
  })

  it('[ITR3] an arrival without its dispatch waits for it', () => {
    played(received, arrived).expectFindings(['link-broken']).expectAgreement()
  })

  it('[ITR5] what is under way is on hand, and nobody can be promised it', () => {
    const { fold } = played(received, sent, arrived)
    expect(fold.claims.figures(cup)).toMatchObject({
      ...{ good: 70_000, available: 70_000, inTransit: 30_000 },
    })
    expect(fold.claims.figures(cup, transit)).toMatchObject({ good: 0, inTransit: 30_000 })
    const listed = fold.stock.list({
      ...{ skus: [cup], others: 'never', warehouses: new Set([shop, back, transit]) },
      ...{ only: 'in-transit', offset: 0, limit: 10 },
    })
    expect(listed.rows).toMatchObject([
      { warehouse: transit, quantity: 30_000, available: 0, inTransit: 30_000 },
    ])
    expect(fold.stock.figuresInUse()).toEqual(['in-transit'])
  })

  it('[ITR6] sent before a seal, arrived after it: nothing sealed moves, all value arrives', () => {
    const february = 1_767_225_600_000 + 31 * 86_400_000
    const policy = { costMethod: 'fifo', costScope: 'warehouse' }
    const later = arrived.replace('03  B', '33  B')
    const [bought = [], went = [], came = []] = recordsOf([head, received, sent, later].join('\n'))
    const seal = aSeal(new JournalWriter(), 'main', february, [...bought, ...went])
    for (const order of [
      [bought, went, [seal], came],
      [came, [seal], went, bought],
    ]) {
      const fold = openFold()
      for (const group of [[statedPolicy(policy)], ...order]) fold.apply(group)
      expect(fold.findings()).toEqual([])
      expect(valuesOf(fold)).toEqual({ [shop]: 1_000, [transit]: 1_500, [back]: 2_500 })
    }
  })

  it('[ITR7] lists what is open, the oldest first', () => {
    const later = '06  A  transfer-dispatch  d2  cup  -   1   -     -   shop  transit'
    const { fold } = played(received, later, sent, arrived)
    const docIds = fold.transit.open(new Set([mainBranch])).map(({ docId }) => docId)
    expect(docIds).toEqual(['d1', 'd2'].map((name) => idOf('document', name)))
    expect(fold.transit.open(new Set())).toEqual([])
    const all = played(received, sent, arrived, lost, rest).fold
    expect(all.transit.open(new Set([mainBranch]))).toEqual([])
  })
})

describe('pieces in transit', () => {
  const header = `${head}  serial`
  const came = '01  A  goods-receipt      r1  phone  1  -  100.00  -   shop  -  S1'
  const went = '02  A  transfer-dispatch  d1  phone  -  1  -       -   shop  transit  S1'
  const here = '03  B  transfer-arrival   a1  phone  -  1  -       d1  transit  back  S1'
  const gone = '03  B  transfer-loss      l1  phone  -  1  -       d1  transit  -  S1'
  const stateAfter = (...rows: readonly string[]) =>
    scenario([header, ...rows].join('\n'))
      .expectFindings([])
      .expectAgreement()
      .fold.stock.serial(idOf('sku', 'phone'), 'S1').state

  it('[ITR4] are on the way, then in stock or lost', () => {
    expect(stateAfter(came, went)).toBe('in-transit')
    expect(stateAfter(came, went, here)).toBe('in-stock')
    expect(stateAfter(came, went, gone)).toBe('lost')
    const sold = '03  B  shipment           s1  phone  -  1  -       -   back  -  S1'
    scenario([header, came, went, sold].join('\n')).expectFindings([
      'duplicate-serial',
      'negative-stock',
    ])
  })
})
