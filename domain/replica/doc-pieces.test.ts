import { describe, expect, it } from 'vitest'
import { applyUpdate, type Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs'
import { createDeskDoc, listDrafts, removeDraft, setDraftFields } from '#domain/replica/desk.ts'
import { clientClocks } from '#domain/replica/journal.ts'
import { hlc } from '#domain/values/hybrid-clock.ts'
import { docPieces } from './doc-pieces.ts'

let now = 1_790_000_000_000

function type(doc: Doc, device: string, draftId: string, note: string): void {
  now += 1
  const act = { device, hlc: hlc(now, 0) }
  const written = setDraftFields(doc, act, { draftId, type: 'retail-sale', header: { note } })
  if (!written.ok) throw new Error(written.problem.code)
}

/** Two copies that have met, then a long time apart. */
function apart() {
  const mine = createDeskDoc()
  const theirs = createDeskDoc()
  type(theirs, 'd2', 'shared', 'from them')
  applyUpdate(mine, encodeStateAsUpdate(theirs))
  for (let i = 0; i < 400; i++) type(mine, 'd1', `draft-${i % 150}`, `${i}`.repeat(200))
  type(mine, 'd1', 'shared', 'typed over')
  removeDraft(mine, 'draft-7')
  return { mine, theirs }
}

describe('pieces of a desk', () => {
  it('[DSP1] each can be taken after the one before, and together they are everything', () => {
    const { mine, theirs } = apart()
    const pieces = [...docPieces(mine, clientClocks(theirs), 20_000)]
    expect(pieces.length).toBeGreaterThan(3)
    for (const piece of pieces) {
      applyUpdate(theirs, piece)
      expect(theirs.store.pendingStructs).toBeNull()
      expect(theirs.store.pendingDs).toBeNull()
    }
    expect(listDrafts(theirs)).toEqual(listDrafts(mine))
    expect(encodeStateVector(theirs)).toEqual(encodeStateVector(mine))
  })

  it('[DSP2] none is much longer than asked for', () => {
    const { mine, theirs } = apart()
    for (const piece of docPieces(mine, clientClocks(theirs), 20_000)) {
      expect(piece.length).toBeLessThan(22_000)
    }
  })

  it('[DSP1] there is nothing to send to a copy that has it all', () => {
    const { mine } = apart()
    const untouched = createDeskDoc()
    expect([...docPieces(untouched, new Map(), 1_000)]).toEqual([])
    const pieces = [...docPieces(mine, clientClocks(mine), 20_000)]
    expect(pieces.length).toBeLessThanOrEqual(1)
  })

  it('[DSP1] what two people built on each other arrives whole in any small pieces', () => {
    const one = createDeskDoc()
    const other = createDeskDoc()
    for (let i = 0; i < 60; i++) {
      const [writer, reader] = i % 2 === 0 ? [one, other] : [other, one]
      type(writer, `d${i % 2}`, 'draft', `${i}`)
      applyUpdate(reader, encodeStateAsUpdate(writer, encodeStateVector(reader)))
    }
    const late = createDeskDoc()
    for (const piece of docPieces(one, clientClocks(late), 100)) {
      applyUpdate(late, piece)
      expect(late.store.pendingStructs).toBeNull()
    }
    expect(listDrafts(late)).toEqual(listDrafts(one))
  })

  it('[DSP4] what is typed and deleted between two pieces comes in the later ones', () => {
    const { mine, theirs } = apart()
    let typed = 0
    for (const piece of docPieces(mine, clientClocks(theirs), 20_000)) {
      applyUpdate(theirs, piece)
      typed += 1
      if (typed > 9) continue
      type(mine, 'd1', `late-${typed}`, 'late')
      removeDraft(mine, `draft-${typed}`)
    }
    expect(typed).toBeGreaterThan(9)
    expect(listDrafts(theirs)).toEqual(listDrafts(mine))
    expect(encodeStateVector(theirs)).toEqual(encodeStateVector(mine))
  })
})
