import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adjustingRecord, postingRecords } from '#tests/builders/documents.ts'
import { aSeal } from '#tests/builders/a-seal.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { type Act, acts, historyOf } from '#tests/builders/random-history.ts'
import { checkRecord } from '#domain/records/kinds.ts'
import { type Fold, openFold } from './fold.ts'
import type { FoldEntry } from './fold-entry.ts'
import { tryable, type TriedRecord } from './impact.ts'

const branch = idOf('branch', 'branch-0')
const skus = [idOf('sku', 'sku-0'), idOf('sku', 'sku-1')]

function foldOf(entries: readonly FoldEntry[]): Fold {
  const fold = openFold()
  fold.apply(entries)
  return fold
}

function triedOf(entries: readonly FoldEntry[]): readonly TriedRecord[] {
  return tryable(
    entries.flatMap(({ record }) => {
      const known = checkRecord(record)
      return known.ok ? [known.value] : []
    }),
  )
}

/** All that is said of goods: hashes, cards, findings. */
function everything(fold: Fold): unknown {
  return {
    hashes: (['goods', 'sales', 'buying', 'books'] as const).map((layer) =>
      fold.hash(layer, branch),
    ),
    cards: skus.map((sku) => fold.stock.card(sku, { branch })),
    findings: fold.findings(),
    documents: fold.documents.page({ offset: 0, limit: 1_000 }),
  }
}

/** What each leg of each document cost, with what was trued up since. */
function costs(fold: Fold): Map<string, number> {
  const found = new Map<string, number>()
  for (const { docId } of fold.documents.page({ offset: 0, limit: 1_000 }).rows) {
    for (const { leg, cost, trueUp } of fold.stock.costOf(docId)) {
      found.set(`${docId} ${leg}`, cost - trueUp)
    }
  }
  return found
}

const value = (fold: Fold) => fold.stock.summary([branch]).value

/** Acts that price goods which are here, or gone. */
const lateActs = ['invoice', 'landed', 'unprice', 'supply-price', 'supply-price'] as const

/** Half of them end with a price said later, or one taken back. */
const history = fc
  .tuple(
    acts({ skus: 2, branches: 1, acts: 30, actsMin: 2 }),
    fc.constantFrom(undefined, undefined, undefined, ...lateActs),
  )
  .map(([given, kind]) =>
    given.map((act, i) => (kind === undefined || i < given.length - 1 ? act : { ...act, kind })),
  )

const receipt: Act = {
  ...{ kind: 'receipt', device: 0, branch: 0, sku: 0 },
  ...{ quantity: 1, price: 0, at: 0, about: 0 },
}
const landed: Act = { ...receipt, kind: 'landed', quantity: 57, price: 1_755 }

/** Each previewed twice before it is written, and again. */
function previewed(written: readonly (readonly FoldEntry[])[]): Fold {
  const fold = openFold()
  for (const entries of written) {
    const first = fold.impactOf(triedOf(entries))
    expect(fold.impactOf(triedOf(entries))).toEqual(first)
    fold.apply(entries)
  }
  return fold
}

describe('the preview of an act', () => {
  it('[IMP1] leaves no trace, neither at once nor in what comes after', () => {
    fc.assert(
      fc.property(history, (given) => {
        const written = historyOf(given)
        const last = written.pop() ?? []
        const fold = foldOf(written.flat())
        fold.impactOf(triedOf(last))
        expect(everything(fold)).toEqual(everything(foldOf(written.flat())))
        expect(fold.audit()).toBeUndefined()
        fold.apply(last)
        expect(everything(fold)).toEqual(everything(foldOf([...written.flat(), ...last])))
      }),
      { numRuns: 60 },
    )
  })

  it('[IMP2] says exactly what the act then does', () => {
    fc.assert(
      fc.property(history, (given) => {
        const written = historyOf(given)
        const last = written.pop() ?? []
        const fold = foldOf(written.flat())
        const before = { costs: costs(fold), value: value(fold) }
        const impact = fold.impactOf(triedOf(last))
        fc.pre(impact !== undefined)
        fold.apply(
          last.filter(({ record }) => triedOf([{ record, journal: '', hash: '' }]).length > 0),
        )
        const after = costs(fold)
        const told = (impact?.legs ?? [])
          .filter(({ isReversal }) => !isReversal)
          .filter(({ docId, leg }) => before.costs.has(`${docId} ${leg}`))
          .map(({ docId, leg, costBefore, costAfter }) => [
            `${docId} ${leg}`,
            costBefore,
            costAfter,
          ])
        const changed = [...before.costs]
          .filter(([name, cost]) => after.has(name) && after.get(name) !== cost)
          .map(([name, cost]) => [name, cost, after.get(name)])
        expect(new Set(told.map(String))).toEqual(new Set(changed.map(String)))
        expect(impact?.valueChange).toBe(value(fold) - before.value)
      }),
      { numRuns: 60 },
    )
  })

  it('[IMP1] [ADJ2] landed cost that was only looked at counts once when it is written', () => {
    const written = historyOf([receipt, landed])
    const fold = previewed(written)
    expect(everything(fold)).toEqual(everything(foldOf(written.flat())))
    expect(value(fold)).toBe(4)
  })

  it('[IMP1] [ADJ3] an invoice whose reversal was only looked at still counts', () => {
    const invoice: Act = { ...receipt, kind: 'invoice', quantity: 1, price: 700 }
    const written = historyOf([receipt, invoice, { ...receipt, kind: 'unprice' }])
    const fold = foldOf(written.slice(0, 2).flat())
    expect(fold.impactOf(triedOf(written[2] ?? []))?.valueChange).toBe(-70)
    expect(everything(fold)).toEqual(everything(foldOf(written.slice(0, 2).flat())))
    expect(value(fold)).toBe(70)
  })

  it('[IMP1] [ADJ2] landed cost of a part that does not lead leaves the receipt as it was', () => {
    const writer = new JournalWriter()
    const received = historyOf([{ ...receipt, price: 100, quantity: 10 }], writer).flat()
    const posting = { device: 'A', branch: 'branch-0', document: 'l', at: 1_767_225_700_000 }
    const said = { document: 'd0', leg: '1', kind: 'landed', amount: 300 } as const
    const charge = [
      ...postingRecords(writer, { ...posting, type: 'landed-cost', legs: [] }),
      adjustingRecord(writer, { ...posting, adjustments: [said], lead: 'goods' }),
    ]
    const fold = foldOf(received)
    expect(fold.impactOf(triedOf(charge))?.valueChange).toBe(300)
    expect(everything(fold)).toEqual(everything(foldOf(received)))
    expect(value(fold)).toBe(100)
    fold.apply(charge)
    expect(everything(fold)).toEqual(everything(foldOf([...received, ...charge])))
  })

  it('[IMP3] tells which goods would fall below zero', () => {
    const [receipt = [], sale = []] = historyOf([
      { kind: 'receipt', device: 0, branch: 0, sku: 0, quantity: 10, price: 100, at: 1, about: 0 },
      { kind: 'sale', device: 0, branch: 0, sku: 0, quantity: 30, price: 100, at: 2, about: 0 },
    ])
    const impact = foldOf(receipt).impactOf(triedOf(sale))
    expect(impact?.negative).toMatchObject([{ sku: skus[0], before: 0, after: -30_000 }])
  })

  it('[IMP5] of what is said of a closed month it tells what goods here bear, and what is 成本尾差', () => {
    const writer = new JournalWriter()
    const [received = [], sold = []] = historyOf(
      [
        { ...receipt, quantity: 100, price: 100 },
        { ...receipt, kind: 'sale', quantity: 40, price: 300, at: 1 },
      ],
      writer,
    )
    const closed = aSeal(writer, 'branch-0', 1_769_904_000_000, [...received, ...sold])
    const trade = [...received, ...sold, closed]
    const at = 1_770_000_000_000
    const said = { document: 'd0', leg: '1', kind: 'landed', amount: 500 } as const
    const about = { device: 'A', branch: 'branch-0', document: 'l', at }
    const charge = [adjustingRecord(writer, { ...about, adjustments: [said] })]
    const fold = foldOf(trade)
    const impact = fold.impactOf(triedOf(charge))
    expect(impact).toMatchObject({ legs: [], valueChange: 300, differences: [{ at, amount: 200 }] })
    expect(everything(fold)).toEqual(everything(foldOf(trade)))
  })

  it('[IMP1] [IMP2] a price that is supplied late is told like any other, and only once', () => {
    const written = historyOf([
      { ...receipt, kind: 'unpriced-receipt', quantity: 100 },
      { ...receipt, kind: 'sale', quantity: 40, price: 300, at: 1 },
      { ...receipt, kind: 'supply-price', quantity: 100, price: 100 },
    ])
    const [supplied = []] = written.slice(-1)
    const fold = foldOf(written.slice(0, 2).flat())
    const impact = fold.impactOf(triedOf(supplied))
    expect(impact?.legs.map(({ costBefore, costAfter }) => costAfter - costBefore)).toHaveLength(2)
    expect(everything(fold)).toEqual(everything(foldOf(written.slice(0, 2).flat())))
    fold.apply(supplied)
    expect(everything(fold)).toEqual(everything(foldOf(written.flat())))
    expect(fold.impactOf(triedOf(supplied))).toBeUndefined()
  })
})
