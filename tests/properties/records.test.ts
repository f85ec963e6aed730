/** Any set of records: what must hold whatever the figures are, over generated histories. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import { openFold } from '#domain/fold/fold.ts'
import { seededRandom, shuffled } from '#tests/builders/arrivals.ts'
import { standingDocuments } from '#tests/oracle/statements.ts'
import { branches, figuresOf, foldOf, goodsOf, hashesOf } from './fold-figures.ts'
import { histories, type History } from './history.ts'
import { patience, runs } from './runs.ts'
import { writeHistory } from './write-history.ts'

const any = fc.oneof(
  histories({ skus: 3, branches: 2, acts: 25 }),
  histories({ skus: 1, branches: 1, acts: 40 }),
  histories({ skus: 1, branches: 1, acts: 10, hours: 0 }),
  histories({ skus: 1, branches: 1, acts: 25, method: 'fifo', scope: 'warehouse' }),
)

function recordsOf(history: History): FoldEntry[] {
  return writeHistory(history).groups.flat()
}

/** Random cuts into batches, at least one record each. */
function batches(entries: readonly FoldEntry[], random: () => number): FoldEntry[][] {
  const cut: FoldEntry[][] = []
  for (const entry of entries) {
    const last = cut.at(-1)
    if (last === undefined || random() < 0.4) cut.push([entry])
    else last.push(entry)
  }
  return cut
}

describe('any set of records', () => {
  it(
    '[ORC2] gives one state in any order and batching, and again when all of it is repeated',
    () => {
      fc.assert(
        fc.property(any, fc.integer(), (history, seed) => {
          const entries = recordsOf(history)
          const random = seededRandom(seed)
          const expected = figuresOf(foldOf(entries))
          const other = openFold()
          for (const batch of batches(shuffled(entries, random), random)) other.apply(batch)
          expect(figuresOf(other)).toEqual(expected)
          for (const batch of batches(shuffled(entries, random), random)) other.apply(batch)
          expect(figuresOf(other)).toEqual(expected)
        }),
        runs(500),
      )
    },
    patience,
  )

  it(
    '[ORC3] record by record there is at each step what folding from nothing gives',
    () => {
      fc.assert(
        fc.property(
          histories({ skus: 1, branches: 1, acts: 12 }),
          fc.integer(),
          (history, seed) => {
            const entries = shuffled(recordsOf(history), seededRandom(seed))
            const fold = openFold()
            for (const [i, entry] of entries.entries()) {
              fold.apply([entry])
              expect(figuresOf(fold)).toEqual(figuresOf(foldOf(entries.slice(0, i + 1))))
            }
          },
        ),
        runs(100),
      )
    },
    patience,
  )

  it(
    '[ORC4] a checkpoint at any point goes on as if nobody had stopped',
    () => {
      fc.assert(
        fc.property(any, fc.integer(), fc.nat(), (history, seed, at) => {
          const entries = shuffled(recordsOf(history), seededRandom(seed))
          const cut = at % (entries.length + 1)
          const opened = openFold({ checkpoint: foldOf(entries.slice(0, cut)).checkpoint() })
          for (const entry of entries.slice(cut)) opened.apply([entry])
          expect(figuresOf(opened)).toEqual(figuresOf(foldOf(entries)))
        }),
        runs(400),
      )
    },
    patience,
  )

  it(
    '[ORC5] devices of other audiences and branches have the hashes of what they share',
    () => {
      fc.assert(
        fc.property(any, (history) => {
          const entries = recordsOf(history)
          const all = foldOf(entries)
          const goods = foldOf(entries.filter(({ record }) => record.audience === 'goods'))
          expect(hashesOf(goods, branches, ['goods'])).toEqual(hashesOf(all, branches, ['goods']))
          const [branch = ''] = branches
          const one = foldOf(
            entries.filter(({ record }) => [branch, 'all'].includes(record.branch)),
          )
          expect(hashesOf(one, [branch])).toEqual(hashesOf(all, [branch]))
        }),
        runs(300),
      )
    },
    patience,
  )

  it(
    '[ORC6] a posting that has lost leaves no trace in goods and values',
    () => {
      fc.assert(
        fc.property(any, fc.integer(), (history, seed) => {
          const entries = recordsOf(history)
          const inForce = new Set(standingDocuments(entries).map(({ postingId }) => postingId))
          const kept = entries.filter(({ record }) => {
            const { postingId } = record.body as { readonly postingId?: string }
            return record.kind !== 'posted.v1' || inForce.has(postingId ?? '')
          })
          const fold = openFold()
          for (const entry of shuffled(entries, seededRandom(seed))) fold.apply([entry])
          expect(goodsOf(fold)).toEqual(goodsOf(foldOf(kept)))
        }),
        runs(300),
      )
    },
    patience,
  )
})
