import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import {
  appendEntries,
  clientClocks,
  createJournalDoc,
  entryBytes,
  type JournalEntry,
  journalPieces,
  missingJournalPieces,
  journalTail,
  knownJournal,
  readEntries,
  signedPieces,
} from './journal.ts'
import { checkJournalUpdate, encodeAccepted } from './guard.ts'

function entry(seq: number, length = 20): JournalEntry {
  return { seq, bytes: Uint8Array.from({ length }, (_, i) => (seq * 31 + i) & 255) }
}

function entries(fromSeq: number, count: number): JournalEntry[] {
  return Array.from({ length: count }, (_, i) => entry(fromSeq + i))
}

/** The updates of several page loads of one device, each with its own client id, one per append. */
function pageLoads(appends: readonly (readonly number[])[], firstSeq = 0): Uint8Array[] {
  const updates: Uint8Array[] = []
  let seq = firstSeq
  for (const counts of appends) {
    const doc = createJournalDoc()
    Y.transact(doc, () => {
      for (const update of updates) Y.applyUpdate(doc, update)
    })
    for (const count of counts) {
      updates.push(appendEntries(doc, entries(seq, count)))
      seq += count
    }
  }
  return updates
}

function docOf(updates: readonly Uint8Array[]): Y.Doc {
  const doc = createJournalDoc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}

function seqsOf(doc: Y.Doc): number[] {
  return readEntries(doc, 0).map(({ seq }) => seq)
}

describe('journal', () => {
  it('[JNL1] appends all entries of a commit in one transaction', () => {
    const doc = createJournalDoc()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    const update = appendEntries(doc, entries(0, 5))
    expect(updates).toEqual([update])
    expect(seqsOf(docOf([update]))).toEqual([0, 1, 2, 3, 4])
  })

  it('[JNL1] writes exactly the form that it also writes itself: no origin, no delete set', () => {
    const [first, second] = pageLoads([[3, 2]])
    if (first === undefined || second === undefined) throw new Error('two appends')
    const doc = docOf([first])
    const accepted = checkJournalUpdate(second, knownJournal(doc, 0, 9))
    expect(accepted.ok && encodeAccepted(accepted.value)).toEqual(second)
  })

  it('[JNL1] stops on a gap, a repeat, or an append inside another transaction', () => {
    const doc = createJournalDoc()
    appendEntries(doc, entries(57, 2))
    expect(() => appendEntries(doc, entries(60, 1))).toThrow('in order')
    expect(() => appendEntries(doc, entries(58, 1))).toThrow('in order')
    expect(() => appendEntries(doc, [entry(59), entry(61)])).toThrow('in order')
    expect(() => doc.transact(() => appendEntries(doc, entries(59, 1)))).toThrow('of its own')
    expect(seqsOf(doc)).toEqual([57, 58])
    expect(appendEntries(doc, [])).toEqual(Uint8Array.of(0, 0))
  })

  it('[JNL2] reads frozen copies: what a reader does to them changes nothing', () => {
    const doc = createJournalDoc()
    const given = entry(0)
    appendEntries(doc, [given])
    given.bytes.fill(0)
    const [read] = readEntries(doc, 0)
    expect(Object.isFrozen(read)).toBe(true)
    read?.bytes.fill(0)
    expect(readEntries(doc, 0)).toEqual([entry(0)])
    entryBytes(doc, 0)?.fill(0)
    expect(entryBytes(doc, 0)).toEqual(entry(0).bytes)
    expect(entryBytes(doc, 1)).toBeUndefined()
  })

  it('[JNL2] reads from a number on, in order, up to a limit and up to the first gap', () => {
    const doc = docOf(pageLoads([[4], [4, 4]], 7))
    expect(readEntries(doc, 16).map(({ seq }) => seq)).toEqual([16, 17, 18])
    expect(readEntries(doc, 0, 2).map(({ seq }) => seq)).toEqual([7, 8])
    expect(journalTail(doc)).toEqual({ firstSeq: 7, lastSeq: 18 })
    doc.transact(() => doc.getMap('r').set('30', Uint8Array.of(1)))
    expect(journalTail(doc)).toEqual({ firstSeq: 7, lastSeq: 18 })
    expect(seqsOf(doc).at(-1)).toBe(18)
  })

  it('[JNL2] is the same after any order, repetition and division of its updates', () => {
    const updates = pageLoads([[1, 3, 2], [4], [1, 1]])
    const whole = readEntries(docOf(updates), 0)
    fc.assert(
      fc.property(
        fc.shuffledSubarray(updates, { minLength: updates.length }),
        fc.array(fc.constantFrom(...updates), { maxLength: 6 }),
        (shuffled, repeats) => {
          const doc = docOf([...repeats, ...shuffled, ...repeats])
          expect(readEntries(doc, 0)).toEqual(whole)
          expect(journalTail(doc)).toEqual({ firstSeq: 0, lastSeq: 11 })
        },
      ),
      { numRuns: 50 },
    )
  })

  it('[JNL2] knows its extent whichever part arrives first', () => {
    const [low, high] = pageLoads([[5], [5]])
    if (low === undefined || high === undefined) throw new Error('two page loads')
    const doc = createJournalDoc()
    expect(journalTail(doc)).toBeUndefined()
    Y.applyUpdate(doc, high)
    expect(journalTail(doc)).toEqual({ firstSeq: 5, lastSeq: 9 })
    Y.applyUpdate(doc, low)
    expect(journalTail(doc)).toEqual({ firstSeq: 0, lastSeq: 9 })
  })

  it('[JNL3] is handed over in pieces, each acceptable after the one before', () => {
    const author = docOf(pageLoads([[9, 1], [7], [2, 11]], 100))
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900 }), fc.nat(29), (limitBytes, known) => {
        const server = docOf(journalPieces(author, 100, 1).slice(0, known))
        const nextSeq = 100 + known
        const pieces = journalPieces(author, nextSeq, limitBytes)
        for (const piece of pieces) {
          const accepted = checkJournalUpdate(piece, knownJournal(server, nextSeq, 9))
          expect(accepted).toMatchObject({ ok: true, value: { known: 0 } })
          expect(
            piece.length <= limitBytes || (accepted.ok && accepted.value.entries.length === 1),
          ).toBe(true)
          Y.applyUpdate(server, piece)
        }
        expect(readEntries(server, 0)).toEqual(readEntries(author, 0))
        expect(clientClocks(server)).toEqual(clientClocks(author))
      }),
      { numRuns: 60 },
    )
  })

  it('[JNL4] is handed over in whole commits; what no signature ends stays', () => {
    const doc = createJournalDoc()
    const ends = new Set([2, 3, 7])
    const flagged = Array.from({ length: 10 }, (_, seq) => {
      const { bytes } = entry(seq)
      bytes[bytes.length - 1] = ends.has(seq) ? 1 : 0
      return { seq, bytes }
    })
    appendEntries(doc, flagged)
    const server = createJournalDoc()
    for (const piece of signedPieces(doc, 0, 100)) {
      Y.applyUpdate(server, piece)
      expect(ends.has(journalTail(server)?.lastSeq ?? -1)).toBe(true)
    }
    expect(readEntries(server, 0)).toEqual(readEntries(doc, 0).slice(0, 8))
    expect(signedPieces(doc, 8, 100)).toEqual([])
  })

  it('[DSP3] what a copy lacks comes in the order of the numbers, whoever wrote them', () => {
    const author = docOf(pageLoads([[9, 1], [7], [2, 11]], 100))
    for (let known = 0; known <= 30; known++) {
      const copy = docOf(journalPieces(author, 100, 1).slice(0, known))
      for (const piece of missingJournalPieces(author, clientClocks(copy), 150)) {
        Y.applyUpdate(copy, piece)
        const last = journalTail(copy)?.lastSeq ?? -1
        expect(readEntries(copy, 0).at(-1)?.seq).toBe(last)
      }
      expect(readEntries(copy, 0)).toEqual(readEntries(author, 0))
      expect([...missingJournalPieces(author, clientClocks(copy), 150)]).toEqual([])
    }
  })

  it('[DSP4] what is appended between two pieces comes in the later ones', () => {
    const author = docOf(pageLoads([[9, 1], [7], [2, 11]], 0))
    const copy = createJournalDoc()
    let pieces = 0
    for (const piece of missingJournalPieces(author, new Map(), 150)) {
      Y.applyUpdate(copy, piece)
      pieces += 1
      if (pieces < 20) appendEntries(author, [entry((journalTail(author)?.lastSeq ?? -1) + 1)])
    }
    expect(pieces).toBeGreaterThanOrEqual(20)
    expect(readEntries(copy, 0)).toEqual(readEntries(author, 0))
  })
})
