import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import {
  appendEntries,
  createJournalDoc,
  type JournalEntry,
  journalPieces,
  readEntries,
} from './journal.ts'
import { type WatchOptions, type WatchProblem, watchJournal } from './watch.ts'

function entries(fromSeq: number, count: number): JournalEntry[] {
  return Array.from({ length: count }, (_, i) => ({
    seq: fromSeq + i,
    bytes: Uint8Array.of(fromSeq + i, 7),
  }))
}

/** A journal of `count` entries, as one update each, written by three page loads in turn. */
function updatesOf(count: number, firstSeq = 0): Uint8Array[] {
  const docs = [createJournalDoc(), createJournalDoc(), createJournalDoc()]
  const updates: Uint8Array[] = []
  for (let i = 0; i < count; i++) {
    const doc = docs[Math.floor((3 * i) / count)]
    if (doc === undefined) break
    for (const update of updates) Y.applyUpdate(doc, update)
    updates.push(appendEntries(doc, entries(firstSeq + i, 1)))
  }
  return updates
}

function watched(doc: Y.Doc, options: WatchOptions = {}) {
  const told: number[][] = []
  const problems: WatchProblem[] = []
  const stop = watchJournal(doc, (news) => told.push(news.map(({ seq }) => seq)), {
    onProblem: (problem) => problems.push(problem),
    ...options,
  })
  return { told, problems, stop }
}

describe('watching a journal', () => {
  it('[WCH1] tells each transaction its new entries, not what was there', () => {
    const doc = createJournalDoc()
    appendEntries(doc, entries(0, 2))
    const { told, problems, stop } = watched(doc)
    appendEntries(doc, entries(2, 3))
    appendEntries(doc, entries(5, 1))
    stop()
    appendEntries(doc, entries(6, 1))
    expect(told).toEqual([[2, 3, 4], [5]])
    expect(problems).toEqual([])
  })

  it('[WCH1] tells every entry once and in order, whatever order updates arrive in', () => {
    const updates = updatesOf(12)
    fc.assert(
      fc.property(fc.shuffledSubarray(updates, { minLength: 12 }), (shuffled) => {
        const doc = createJournalDoc()
        const { told, problems } = watched(doc, { fromSeq: 0 })
        for (const update of [...shuffled, ...shuffled]) Y.applyUpdate(doc, update)
        expect(told.flat()).toEqual(Array.from({ length: 12 }, (_, seq) => seq))
        expect(problems).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('[WCH1] holds back what stands above a gap', () => {
    const updates = updatesOf(6, 40)
    const author = createJournalDoc()
    for (const update of updates) Y.applyUpdate(author, update)
    const [a, b, c, d, e, f] = journalPieces(author, 40, 1)
    const doc = createJournalDoc()
    const { told } = watched(doc, { fromSeq: 40 })
    for (const update of [e, f, a, c, d, b]) Y.applyUpdate(doc, update ?? Uint8Array.of(0, 0))
    expect(told.flat()).toEqual([40, 41, 42, 43, 44, 45])
    expect(told[0]?.[0]).toBe(40)
  })

  it('[WCH1] begins where the document does when no number is asked for', () => {
    const doc = createJournalDoc()
    const { told } = watched(doc)
    appendEntries(doc, entries(57, 2))
    appendEntries(doc, entries(59, 1))
    expect(told).toEqual([[57, 58], [59]])
  })

  it('[WCH2] reports a listener that throws, and goes on', () => {
    const doc = createJournalDoc()
    const told: number[] = []
    const problems: WatchProblem[] = []
    const listen = (news: readonly JournalEntry[]) => {
      told.push(...news.map(({ seq }) => seq))
      if (told.length === 1) throw new Error('first one')
    }
    watchJournal(doc, listen, { onProblem: (problem) => problems.push(problem) })
    appendEntries(doc, entries(0, 1))
    appendEntries(doc, entries(1, 1))
    expect(told).toEqual([0, 1])
    expect(problems).toMatchObject([{ code: 'listener-failed' }])
    expect(readEntries(doc, 0)).toHaveLength(2)
  })

  it('[WCH2] lets nothing out, not even a reporter that throws', () => {
    const doc = createJournalDoc()
    const fails = () => {
      throw new Error('again')
    }
    watchJournal(doc, fails, { onProblem: fails })
    let updates = 0
    doc.on('update', () => {
      updates += 1
    })
    appendEntries(doc, entries(0, 1))
    appendEntries(doc, entries(1, 1))
    expect(updates).toBe(2)
  })

  it('[WCH3] reports what no journal of ours has', () => {
    const doc = createJournalDoc()
    appendEntries(doc, entries(3, 2))
    const { told, problems } = watched(doc)
    const root = doc.getMap('r')
    root.set('__proto__', Uint8Array.of(1))
    root.set('05', Uint8Array.of(1))
    root.set('5', 'text')
    root.set('4', Uint8Array.of(9))
    root.set('1', Uint8Array.of(9))
    expect(told).toEqual([])
    expect(problems).toEqual([
      { code: 'foreign-entry', key: '__proto__' },
      { code: 'foreign-entry', key: '05' },
      { code: 'foreign-entry', key: '5' },
      { code: 'entry-changed', seq: 4 },
      { code: 'entry-late', seq: 1 },
    ])
  })
})
