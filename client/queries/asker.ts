/**
 * Asks one question again and again: the newest arguments count, an answer to older ones is dropped, and a
 * burst of changes costs one more question: none while an answer is on its way, and one per frame at most.
 * Knows no Solid.
 */

export interface Asker<Args> {
  /** Other arguments; undefined means that there is nothing to ask. */
  ask(args: Args | undefined): void
  /** The answer may have changed. */
  askAgain(): void
  stop(): void
}

export interface AskerEnds<Args, Value> {
  read(args: Args): Promise<Value>
  onAnswer(value: Value | undefined): void
  onFailure(error: unknown): void
  /** Calls `act` when the screen is drawn next; a screen that nobody sees may wait. */
  nextFrame(act: () => void): void
}

export function makeAsker<Args, Value>(ends: AskerEnds<Args, Value>): Asker<Args> {
  let current: Args | undefined
  let generation = 0
  let isAsking = false
  let isStale = false
  /** Asked in this frame already. */
  let isResting = false

  async function read(args: Args): Promise<void> {
    const mine = generation
    isAsking = true
    isStale = false
    isResting = true
    ends.nextFrame(() => {
      if (mine !== generation) return
      isResting = false
      readIfStale()
    })
    try {
      const value = await ends.read(args)
      if (mine === generation) ends.onAnswer(value)
    } catch (error) {
      if (mine === generation) ends.onFailure(error)
    }
    if (mine !== generation) return
    isAsking = false
    readIfStale()
  }

  function readIfStale(): void {
    if (isStale && !isAsking && !isResting && current !== undefined) void read(current)
  }

  return {
    ask(args) {
      generation += 1
      current = args
      isAsking = false
      if (args === undefined) ends.onAnswer(undefined)
      else void read(args)
    },
    askAgain() {
      if (current === undefined) return
      isStale = true
      readIfStale()
    },
    stop() {
      generation += 1
      current = undefined
    },
  }
}
