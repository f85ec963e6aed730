import { describe, expect, it } from 'vitest'
import { limitFramesPerTurn } from '../limits.ts'
import { FrameTurns } from './frame-turns.ts'

function scene() {
  const handled: number[] = []
  const raw = {
    isPaused: false,
    pause: () => void (raw.isPaused = true),
    resume: () => void (raw.isPaused = false),
  }
  const turns = new FrameTurns(raw, ([number = -1]) => handled.push(number))
  return { turns, handled, raw }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('frames of one socket', () => {
  it('[LIM10] are handled at once while they are few', async () => {
    const { turns, handled, raw } = scene()
    turns.take(Uint8Array.of(1))
    expect([handled, raw.isPaused]).toEqual([[1], false])
    await turn()
    turns.take(Uint8Array.of(2))
    expect(handled).toEqual([1, 2])
  })

  it('[LIM10] are handled in order, so many in each turn, and the socket is not read meanwhile', async () => {
    const { turns, handled, raw } = scene()
    const count = 3 * limitFramesPerTurn + 5
    for (let i = 0; i < count; i++) turns.take(Uint8Array.of(i))
    expect([handled.length, raw.isPaused]).toEqual([limitFramesPerTurn, true])
    await turn()
    expect(handled).toHaveLength(2 * limitFramesPerTurn)
    await turn()
    expect([handled.length, raw.isPaused]).toEqual([3 * limitFramesPerTurn, true])
    await turn()
    expect([handled.length, raw.isPaused]).toEqual([count, false])
    expect(handled).toEqual(Array.from({ length: count }, (_, i) => i))
  })

  it('[LIM10] are dropped when the socket is gone', async () => {
    const { turns, handled } = scene()
    for (let i = 0; i < 2 * limitFramesPerTurn; i++) turns.take(Uint8Array.of(i))
    turns.close()
    await turn()
    expect(handled).toHaveLength(limitFramesPerTurn)
  })
})
