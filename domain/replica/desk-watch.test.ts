import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { hlc } from '#domain/values/hybrid-clock.ts'
import {
  type Act,
  createDeskDoc,
  readDraft,
  removeDraft,
  setDraftFields,
  watchDesk,
} from './desk.ts'

const type = 'shipment'
const draftId = 'd1'

function device(name: string) {
  let ms = 1_000
  return { doc: createDeskDoc(), act: (): Act => ({ device: name, hlc: hlc(ms++, 0) }) }
}

describe('watching a desk', () => {
  it('[DSK7] tells which drafts changed, after they can be read', () => {
    const a = device('a')
    const b = device('b')
    const told: unknown[] = []
    const stop = watchDesk(b.doc, (ids) => {
      told.push([...ids].map((id) => [id, readDraft(b.doc, id)?.header['note']]))
    })
    setDraftFields(a.doc, a.act(), { draftId: 'd1', type, header: { note: 'x' } })
    setDraftFields(a.doc, a.act(), { draftId: 'd2', type, header: { note: 'y' } })
    Y.applyUpdate(b.doc, Y.encodeStateAsUpdate(a.doc))
    removeDraft(b.doc, 'd2')
    stop()
    removeDraft(b.doc, 'd1')
    expect(told).toEqual([
      [
        ['d1', 'x'],
        ['d2', 'y'],
      ],
      [['d2', undefined]],
    ])
  })

  it('[DSK7] reports a listener that throws, and goes on', () => {
    const { doc, act } = device('a')
    const problems: unknown[] = []
    const fails = () => {
      throw new Error('again')
    }
    watchDesk(doc, fails, (problem) => problems.push(problem.code))
    watchDesk(doc, fails, fails)
    setDraftFields(doc, act(), { draftId, type })
    setDraftFields(doc, act(), { draftId, header: { note: 'x' } })
    expect(problems).toEqual(['listener-failed', 'listener-failed'])
    expect(readDraft(doc, draftId)?.header).toEqual({ note: 'x' })
  })
})
