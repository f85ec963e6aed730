import { describe, expect, it } from 'vitest'
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs'
import { deskShareBytes } from '#domain/replica/desk-share.ts'
import { eventually } from '#tests/builders/eventually.ts'
import { limitDeskShareBytes } from '../limits.ts'
import { judgeDesk } from './desk-guard.ts'

const text = 'x'.repeat(4_000)

/** What a device types into many notes of a draft at once, or takes out of them. */
function typed(own: Doc, device: string, notes: readonly number[], v: string | undefined) {
  const before = encodeStateVector(own)
  own.transact(() => {
    for (const note of notes) {
      const key = `d${note}|h|note|${device}`
      if (v === undefined) own.getMap('d').delete(key)
      else own.getMap('d').set(key, { hlc: 1, v })
    }
  })
  return encodeStateAsUpdate(own, before)
}

describe('a desk', () => {
  it('[SGD11] has a share for each device, which nobody else uses up', async () => {
    const desk = new Doc()
    const [loud, quiet] = [new Doc(), new Doc()]
    const judge = (update: Uint8Array, device: string) => {
      const judged = judgeDesk(update, desk, device)
      if (!judged.ok) return judged.problem.code
      if (judged.value.update !== undefined) applyUpdate(desk, judged.value.update)
      return 'taken'
    }
    const many = (from: number) => Array.from({ length: 100 }, (_, i) => from + i)
    const answers: string[] = []
    while (!answers.includes('desk-share-used-up') && answers.length < 20) {
      answers.push(judge(typed(loud, 'loud', many(100 * answers.length), text), 'loud'))
    }
    expect(answers.filter((answer) => answer === 'taken')).toHaveLength(10)
    expect(answers.at(-1)).toBe('desk-share-used-up')
    expect(deskShareBytes(desk, 'loud')).toBeLessThanOrEqual(limitDeskShareBytes)
    expect(judge(typed(quiet, 'quiet', [1], text), 'quiet')).toBe('taken')
    // The same device from what the desk holds: typing over and removing make room.
    const again = new Doc()
    applyUpdate(again, encodeStateAsUpdate(desk))
    expect(judge(typed(again, 'loud', many(0), undefined), 'loud')).toBe('taken')
    const update = typed(again, 'loud', many(0), text)
    await eventually(() => expect(judge(update, 'loud')).toBe('taken'))
  })
})
