/**
 * One queue per key: what is asked for one key runs one at a time, in order; different keys run
 * side by side.
 */
export interface Lanes {
  run<Value>(key: string, task: () => Promise<Value>): Promise<Value>
  /** Resolves when nothing is running or waiting. */
  idle(): Promise<void>
}

export function openLanes(): Lanes {
  const ends = new Map<string, Promise<unknown>>()

  return {
    run(key, task) {
      const before = ends.get(key) ?? Promise.resolve()
      const outcome = before.then(task)
      // The lane goes on after a failure; only the caller hears of it.
      const end = outcome.then(
        () => undefined,
        () => undefined,
      )
      ends.set(key, end)
      void end.then(() => {
        if (ends.get(key) === end) ends.delete(key)
      })
      return outcome
    },
    async idle() {
      while (ends.size > 0) await Promise.all(ends.values())
    },
  }
}
