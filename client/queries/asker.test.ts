import { describe, expect, it } from 'vitest'
import { makeAsker } from './asker.ts'
import { keepEqual } from './keep-equal.ts'
import { hears } from './topics.ts'

/** A question whose answers come when the test says so. */
function question() {
  const open: { args: string; resolve: (value: string) => void; reject: (error: Error) => void }[] =
    []
  const answers: (string | undefined)[] = []
  const failures: unknown[] = []
  const frames: (() => void)[] = []
  const asker = makeAsker<string, string>({
    read: (args) => new Promise((resolve, reject) => open.push({ args, resolve, reject })),
    onAnswer: (value) => answers.push(value),
    onFailure: (error) => failures.push(error),
    nextFrame: (act) => frames.push(act),
  })
  const draw = () => {
    for (const act of frames.splice(0)) act()
  }
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return { asker, open, answers, failures, settle, draw }
}

describe('a question of a screen', () => {
  it('[QRY2] an answer to older arguments is dropped', async () => {
    const { asker, open, answers, settle } = question()
    asker.ask('old')
    asker.ask('new')
    open[1]?.resolve('new answer')
    open[0]?.resolve('old answer')
    await settle()
    expect(answers).toEqual(['new answer'])
  })

  it('[QRY3] a burst of changes asks once more, after the answer on its way', async () => {
    const { asker, open, answers, settle, draw } = question()
    asker.ask('a')
    for (let i = 0; i < 5; i++) asker.askAgain()
    expect(open).toHaveLength(1)
    draw()
    open[0]?.resolve('one')
    await settle()
    expect(open).toHaveLength(2)
    open[1]?.resolve('two')
    await settle()
    expect(answers).toEqual(['one', 'two'])
    expect(open).toHaveLength(2)
  })

  it('[QRY3] is asked once per frame at most, and shows the last state', async () => {
    const { asker, open, answers, settle, draw } = question()
    asker.ask('a')
    open[0]?.resolve('one')
    await settle()
    for (let i = 0; i < 5; i++) asker.askAgain()
    expect(open).toHaveLength(1)
    draw()
    expect(open).toHaveLength(2)
    open[1]?.resolve('two')
    await settle()
    expect([answers, open.length]).toEqual([['one', 'two'], 2])
    draw()
    asker.askAgain()
    expect(open).toHaveLength(3)
    asker.askAgain()
    open[2]?.resolve('three')
    await settle()
    draw()
    open[3]?.resolve('four')
    await settle()
    expect(answers.at(-1)).toBe('four')
  })

  it('[QRY2] other arguments are asked at once, and the frame of the older ones wakes nothing', async () => {
    const { asker, open, answers, settle, draw } = question()
    asker.ask('a')
    asker.askAgain()
    asker.ask('b')
    expect(open.map(({ args }) => args)).toEqual(['a', 'b'])
    draw()
    open[1]?.resolve('b')
    await settle()
    draw()
    expect([open.length, answers]).toEqual([2, ['b']])
  })

  it('[QRY4] a failure is told, and the next answer heals it', async () => {
    const { asker, open, answers, failures, settle, draw } = question()
    asker.ask('a')
    open[0]?.reject(new Error('no engine'))
    await settle()
    draw()
    asker.askAgain()
    open[1]?.resolve('fine')
    await settle()
    expect(failures).toHaveLength(1)
    expect(answers).toEqual(['fine'])
  })

  it('[QRY2] after the end nothing is told', async () => {
    const { asker, open, answers, settle } = question()
    asker.ask('a')
    asker.stop()
    open[0]?.resolve('late')
    asker.askAgain()
    await settle()
    expect([answers, open.length]).toEqual([[], 1])
  })

  it('[QRY5] what has not changed keeps its identity', () => {
    const before = {
      total: 2,
      rows: [
        { id: 'a', tags: ['x'] },
        { id: 'b', tags: [] },
      ],
    }
    const after = {
      total: 3,
      rows: [
        { id: 'a', tags: ['x'] },
        { id: 'b', tags: ['new'] },
      ],
    }
    const kept = keepEqual(before, after)
    expect(kept).toEqual(after)
    expect(kept.rows[0]).toBe(before.rows[0])
    expect(kept.rows[1]).not.toBe(before.rows[1])
    expect(keepEqual(before, structuredClone(before))).toBe(before)
    expect(keepEqual({ a: undefined }, {})).toEqual({})
  })

  it('[QRY1] hears its own topic, those below it, its family and everything, not its neighbours', () => {
    expect(hears(['stock'], ['stock:a'])).toBe(true)
    expect(hears(['stock:a'], ['stock:a'])).toBe(true)
    expect(hears(['stock:a'], ['stock:b'])).toBe(false)
    expect(hears(['stock:a'], ['stock:*'])).toBe(true)
    expect(hears(['stock'], ['stock:*'])).toBe(true)
    expect(hears(['documents'], ['document:a'])).toBe(false)
    expect(hears(['session'], ['*'])).toBe(true)
    expect(hears(['draft:1'], ['draft:2', 'drafts'])).toBe(false)
    expect(hears(['stock'], ['stockroom:*'])).toBe(false)
    expect(hears(['stock:7'], ['stock'])).toBe(false)
  })
})
