import { describe, expect, it } from 'vitest'
import { seededRandom, shuffled } from '#tests/builders/arrivals.ts'
import { arrivalsOf } from '#tests/builders/arrivals.ts'
import { orderRecord, type TestOrder } from '#tests/builders/claims.ts'
import { reversalRecord } from '#tests/builders/documents.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { businessDate } from '#domain/values/business-date.ts'
import { openFold } from './fold.ts'
import type { FoldEntry } from './fold-entry.ts'

const day = 86_400_000
const start = 1_767_225_600_000
const at = (days: number) => start + days * day
const unit = 10_000
const goods = idOf('sku', 'goods')
const shop = idOf('warehouse', 'shop')
const main = idOf('branch', 'main')

type Step = TestOrder | { readonly reverses: string; readonly at: number }

function write(steps: readonly Step[], writer = new JournalWriter()): FoldEntry[] {
  return steps.map((step) =>
    'reverses' in step
      ? reversalRecord(writer, {
          ...{ device: 'desk', branch: 'main', document: step.reverses, at: step.at },
        })
      : orderRecord(writer, step),
  )
}

const receipt = (document: string, days: number, moves: number): TestOrder => ({
  ...{ document, type: 'goods-receipt', at: at(days), moves },
})
const order = (
  document: string,
  days: number,
  quantity: number,
  more: Partial<TestOrder> = {},
) => ({
  ...{ document, type: 'sales-order', at: at(days), ...more },
  claims: [{ line: '1', kind: 'reserve', quantity } as const],
})
const shipped = (document: string, days: number, moves: number, of: string) => ({
  ...{ document, type: 'shipment', at: at(days), moves: -moves },
  claims: [{ line: '1', kind: 'take', quantity: moves, of: { document: of, line: '1' } } as const],
})
const changed = (document: string, days: number, quantity: number, of: string) => ({
  ...{ document, type: 'order-change', at: at(days) },
  claims: [{ line: '1', kind: 'change', quantity, of: { document: of, line: '1' } } as const],
})
const counted = (document: string, days: number, counts: number): TestOrder => ({
  ...{ document, type: 'stock-count', at: at(days), counts },
})

/** What became of an order: quantity, taken, open and kept, in units. */
function became(entries: readonly FoldEntry[], document: string): readonly number[] {
  const fold = openFold()
  fold.apply(entries)
  return fold.claims
    .ofDocument(idOf('document', document))
    .flatMap(({ quantity, taken, open, kept }) => [quantity, taken, open, kept])
    .map((steps) => steps / unit)
}

/** After every order of arrival the same; the figures of the first. */
function figures(steps: readonly Step[]): readonly number[] {
  const entries = write(steps)
  const folds = arrivalsOf(entries.length).map((indices) => {
    const fold = openFold()
    for (const i of indices) fold.apply([entries[i] as FoldEntry])
    return fold
  })
  const states = folds.map((fold) => JSON.stringify([fold.hash('goods', main), fold.findings()]))
  expect(new Set(states).size).toBe(1)
  const {
    good = 0,
    reserved = 0,
    available = 0,
    onOrder = 0,
  } = folds[0]?.claims.figures(goods, shop) ?? {}
  return [good, reserved, available, onOrder].map((value) => value / unit)
}

const findingsOf = (steps: readonly Step[]) => {
  const fold = openFold()
  fold.apply(write(steps))
  return fold.findings().filter(({ code }) => /oversold|trimmed/.test(code))
}

describe('claims', () => {
  it('[CLM2] keeps goods until they are shipped, and takes them back once', () => {
    const steps = [receipt('in', 0, 10), order('so', 1, 6), shipped('out', 2, 4, 'so')]
    expect(figures(steps)).toEqual([6, 2, 4, 0])
    const reversed = [...steps, { reverses: 'out', at: at(3) }, { reverses: 'out', at: at(4) }]
    expect(figures(reversed)).toEqual([10, 6, 4, 0])
    expect(figures([...steps, { reverses: 'so', at: at(3) }])).toEqual([6, 0, 6, 0])
    expect(figures([...steps, shipped('rest', 3, 5, 'so')])).toEqual([1, 0, 1, 0])
  })

  it('[CLM2] counts one posting of an order and of a shipment that were posted twice', () => {
    const twice = [
      receipt('in', 0, 10),
      order('so', 1, 6, { posting: 'one', device: 'a' }),
      order('so', 1, 8, { posting: 'two', device: 'b' }),
      { ...shipped('out', 2, 1, 'so'), posting: 'three', device: 'a' },
      { ...shipped('out', 2, 3, 'so'), posting: 'four', device: 'b' },
    ]
    expect(figures(twice)).toEqual([9, 5, 4, 0])
  })

  it('[CLM3] gives contested goods to whoever was approved first', () => {
    const late = order('first', 2, 7, { writtenAt: at(1), device: 'b' })
    const early = order('second', 1, 6, { writtenAt: at(2), device: 'a' })
    const steps = [receipt('in', 0, 10), late, early]
    expect(figures(steps)).toEqual([10, 13, -3, 0])
    expect(became(write(steps), 'first')).toEqual([7, 0, 7, 7])
    expect(became(write(steps), 'second')).toEqual([6, 0, 6, 3])
  })

  it('[CLM4] lets the increase of a claim stand where it was raised', () => {
    const steps = [
      ...[receipt('in', 0, 10), order('one', 1, 4), order('two', 2, 5)],
      changed('raise', 3, 8, 'one'),
    ]
    expect(became(write(steps), 'one')).toEqual([8, 0, 8, 5])
    expect(became(write(steps), 'two')).toEqual([5, 0, 5, 5])
    expect(figures([...steps, changed('end', 4, 0, 'one')])).toEqual([10, 5, 5, 0])
    expect(figures([...steps, { reverses: 'raise', at: at(4) }])).toEqual([10, 9, 1, 0])
  })

  it('[CLM5] is trimmed by a count, and not refilled by the next', () => {
    const steps = [receipt('in', 0, 10), order('so', 1, 10), counted('count', 2, 8)]
    expect(figures(steps)).toEqual([8, 8, 0, 0])
    expect(figures([...steps, counted('again', 3, 10)])).toEqual([10, 8, 2, 0])
    expect(figures([...steps, { reverses: 'count', at: at(3) }])).toEqual([10, 10, 0, 0])
    expect(findingsOf(steps).map(({ code, evidence }) => [code, evidence['quantity']])).toEqual([
      ['reservation-trimmed', 2 * unit],
    ])
    // A sale of before that arrives late makes the count short of less.
    expect(figures([...steps, { ...receipt('more', 1, 5) }])).toEqual([8, 8, 0, 0])
  })

  it('[CLM5] trims who came last', () => {
    const steps = [receipt('in', 0, 10), order('one', 1, 6), order('two', 1, 4)]
    const entries = write([...steps, counted('count', 2, 5)])
    expect(became(entries, 'one')).toEqual([5, 0, 5, 5])
    expect(became(entries, 'two')).toEqual([0, 0, 0, 0])
  })

  it('[CLM6] tells who goes without, and closes itself', () => {
    const steps = [receipt('in', 0, 10), order('one', 1, 7), order('two', 2, 6)]
    expect(findingsOf(steps)).toMatchObject([
      {
        ...{ code: 'oversold-reservation', documents: [idOf('document', 'two')] },
        evidence: { quantity: 3 * unit, kept: 3 * unit, keptBy: [idOf('document', 'one')] },
      },
    ])
    expect(findingsOf([...steps, receipt('more', 3, 3)])).toEqual([])
    expect(findingsOf([...steps, changed('end', 3, 0, 'one')])).toEqual([])
  })

  it('[CLM7] leaves out goods that are not good and reservations that have lapsed', () => {
    const fold = openFold()
    const kept = {
      ...{ document: 'so', type: 'sales-order', at: at(1) },
      claims: [{ line: '1', kind: 'reserve', quantity: 4, until: '2026-01-05' } as const],
    }
    fold.apply(write([receipt('in', 0, 10), { ...receipt('bad', 0, 3), status: 'pending' }, kept]))
    const on = (date: string) => fold.claims.figures(goods, shop, businessDate(date)).available
    expect([on('2026-01-05'), on('2026-01-06')]).toEqual([6 * unit, 10 * unit])
    expect(fold.claims.figures(goods).available).toBe(6 * unit)
  })

  it('[CLM8] [CLM9] awaits goods until they have come', () => {
    const purchase: TestOrder = {
      ...{ document: 'po', type: 'purchase-order', at: at(0) },
      claims: [{ line: '1', kind: 'order', quantity: 10 }],
    }
    const came = (document: string, days: number, moves: number) => ({
      ...receipt(document, days, moves),
      claims: [
        { line: '1', kind: 'take', quantity: moves, of: { document: 'po', line: '1' } } as const,
      ],
    })
    const progress = (steps: readonly Step[]) => {
      const fold = openFold()
      fold.apply(write(steps))
      return fold.claims.progress(idOf('document', 'po'))
    }
    expect(figures([purchase])).toEqual([0, 0, 0, 10])
    expect(figures([purchase, came('in', 1, 4)])).toEqual([4, 0, 4, 6])
    expect(figures([purchase, came('in', 1, 4), came('over', 2, 9)])).toEqual([13, 0, 13, 0])
    expect(progress([purchase])).toBe('none')
    expect(progress([purchase, came('in', 1, 4)])).toBe('part')
    expect(progress([purchase, came('in', 1, 4), changed('end', 2, 0, 'po')])).toBe('closed')
    expect(progress([purchase, came('in', 1, 11)])).toBe('all')
  })

  it('[PRQ3] [PRQ4] [QUO5] takes of requests what is ordered, keeps and awaits nothing for them', () => {
    const asked = (document: string, quantity: number): TestOrder => ({
      ...{ document, type: 'purchase-request', at: at(0) },
      claims: [{ line: '1', kind: 'request', quantity }],
    })
    const ordered: TestOrder = {
      ...{ document: 'po', type: 'purchase-order', at: at(1) },
      claims: [
        { line: '1', kind: 'order', quantity: 6, of: { document: 'ask', line: '1' } },
        { line: '2', kind: 'order', quantity: 3, of: { document: 'more', line: '1' } },
      ],
    }
    const steps = [asked('ask', 6), asked('more', 5), ordered, changed('end', 2, 3, 'more')]
    const progress = (count: number, document: string) => {
      const fold = openFold()
      fold.apply(write(steps.slice(0, count)))
      return fold.claims.progress(idOf('document', document))
    }
    expect(figures(steps.slice(0, 2))).toEqual([0, 0, 0, 0])
    expect(figures(steps)).toEqual([0, 0, 0, 9])
    expect([progress(2, 'ask'), progress(3, 'ask')]).toEqual(['none', 'all'])
    expect([progress(3, 'more'), progress(4, 'more')]).toEqual(['part', 'all'])
    const given = [asked('more', 5), changed('end', 2, 0, 'more')]
    const fold = openFold()
    fold.apply(write(given))
    expect(fold.claims.progress(idOf('document', 'more'))).toBe('closed')
  })

  it('[CLM10] takes nothing of another branch or of other goods', () => {
    const steps = [receipt('in', 0, 10), order('so', 1, 6)]
    const elsewhere = { ...shipped('out', 2, 4, 'so'), branch: 'other' }
    const other = { ...shipped('out', 2, 4, 'so'), sku: 'other' }
    expect(figures([...steps, elsewhere])[1]).toBe(6)
    expect(figures([...steps, other])).toEqual([10, 6, 4, 0])
  })

  it('[CLM11] changes nothing of other goods', () => {
    const fold = openFold()
    const writer = new JournalWriter()
    fold.apply(write([receipt('in', 0, 10), order('so', 1, 6)], writer))
    const before = fold.claims.ofDocument(idOf('document', 'so'))
    const changes = fold.apply(
      write(
        [
          { ...receipt('other', 0, 5), sku: 'other' },
          { ...order('o2', 1, 1), sku: 'other' },
        ],
        writer,
      ),
    )
    expect([...changes.skus]).toEqual([idOf('sku', 'other')])
    expect(fold.claims.ofDocument(idOf('document', 'so'))).toEqual(before)
    expect(changes.skus.has(goods)).toBe(false)
  })

  it('[CLM1] goes on from a checkpoint as if it had never stopped', () => {
    const entries = write([
      ...[receipt('in', 0, 10), order('one', 1, 7), order('two', 2, 6)],
      ...[shipped('out', 3, 2, 'one'), changed('more', 4, 9, 'two'), counted('count', 5, 6)],
    ])
    for (let cut = 0; cut <= entries.length; cut++) {
      const first = openFold()
      first.apply(entries.slice(0, cut))
      const fold = openFold({ checkpoint: first.checkpoint() })
      fold.apply(entries.slice(cut))
      const whole = openFold()
      whole.apply(entries)
      expect(fold.hash('goods', main)).toBe(whole.hash('goods', main))
      expect(fold.findings()).toEqual(whole.findings())
    }
  })
})

describe('random orders', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    '[CLM1] [CLM2] world %i agrees, whatever came first',
    (seed) => {
      const random = seededRandom(seed)
      const entries = write(randomSteps(random))
      const hashes = Array.from({ length: 12 }, () => {
        const fold = openFold()
        const mixed = shuffled(entries, random)
        while (mixed.length > 0) fold.apply(mixed.splice(0, 1 + Math.floor(random() * 5)))
        const { reserved } = fold.claims.figures(goods)
        const claims = fold.claims.ofSku(goods)
        const asked = claims.reduce((sum, { quantity }) => sum + quantity, 0)
        expect(reserved).toBeLessThanOrEqual(asked)
        const good = Math.max(fold.claims.figures(goods, shop).good, 0)
        const kept = claims.reduce((sum, each) => sum + each.kept, 0)
        expect(kept).toBeLessThanOrEqual(good)
        for (const each of claims) {
          expect(each.open).toBe(Math.max(each.quantity - each.taken, 0))
          expect(each.kept).toBeLessThanOrEqual(each.open)
        }
        return JSON.stringify([fold.hash('goods', main), fold.findings()])
      })
      expect(new Set(hashes).size).toBe(1)
    },
  )
})

function randomSteps(random: () => number): Step[] {
  const whole = (low: number, high: number) => low + Math.floor(random() * (high - low + 1))
  const orders = Array.from({ length: 5 }, (_, i) => ({
    ...order(`so-${i}`, whole(0, 9), whole(1, 9), { device: `tablet-${whole(1, 3)}` }),
  }))
  const some = () => `so-${whole(0, 5)}`
  const others = Array.from({ length: 14 }, (_, i): Step => {
    const device = `tablet-${whole(1, 3)}`
    const steps: readonly (() => Step)[] = [
      () => ({ ...receipt(`in-${i}`, whole(0, 9), whole(1, 12)), device }),
      () => ({ ...shipped(`out-${i}`, whole(0, 9), whole(1, 6), some()), device }),
      () => ({ ...changed(`change-${i}`, whole(0, 9), whole(0, 12), some()), device }),
      () => ({ ...counted(`count-${i}`, whole(0, 9), whole(0, 12)), device }),
      () => ({ ...shipped('out-shared', 5, whole(1, 6), some()), posting: `p-${i}`, device }),
      () => ({ reverses: random() < 0.5 ? some() : `out-${whole(0, 13)}`, at: at(whole(0, 9)) }),
    ]
    return (steps[whole(0, steps.length - 1)] as () => Step)()
  })
  return shuffled([...orders, ...others], random)
}
