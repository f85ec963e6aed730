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
  const asker = makeAsker<string, string>({
    read: (args) => new Promise((resolve, reject) => open.push({ args, resolve, reject })),
    onAnswer: (value) => answers.push(value),
    onFailure: (error) => failures.push(error),
  })
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return { asker, open, answers, failures, settle }
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
    const { asker, open, answers, settle } = question()
    asker.ask('a')
    for (let i = 0; i < 5; i++) asker.askAgain()
    expect(open).toHaveLength(1)
    open[0]?.resolve('one')
    await settle()
    expect(open).toHaveLength(2)
    open[1]?.resolve('two')
    await settle()
    expect(answers).toEqual(['one', 'two'])
    expect(open).toHaveLength(2)
  })

  it('[QRY4] a failure is told, and the next answer heals it', async () => {
    const { asker, open, answers, failures, settle } = question()
    asker.ask('a')
    open[0]?.reject(new Error('no engine'))
    await settle()
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
