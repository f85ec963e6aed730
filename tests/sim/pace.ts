/** How time goes on in a simulated world: event by event, until something is so or an answer is there. */
import type { Scheduler } from './clock.ts'
import { spans } from './faults.ts'

/** Stops a world at its first violation. */
export class Broken extends Error {}

export class Pace {
  readonly scheduler: Scheduler
  readonly #isBroken: () => boolean

  constructor(scheduler: Scheduler, isBroken: () => boolean) {
    this.scheduler = scheduler
    this.#isBroken = isBroken
  }

  /** Until `isOver`, which is asked after every event, or `limitMs` have passed. */
  async until(isOver: () => boolean, limitMs: number): Promise<void> {
    const { scheduler } = this
    const endMs = scheduler.nowMs() + limitMs
    while (!isOver() && !this.#isBroken()) {
      const nextMs = scheduler.nextMs()
      if (nextMs === undefined || nextMs > endMs) return scheduler.rest(endMs)
      await scheduler.step()
    }
    if (this.#isBroken()) throw new Broken()
  }

  async pass(ms: number): Promise<void> {
    await this.until(() => false, ms)
  }

  /** A person's or a checker's question, with time going on until it is answered. */
  async asked<Value>(question: Promise<Value>): Promise<Value> {
    let answer: { readonly value: Value } | undefined
    let failure: unknown
    question.then(
      (value) => {
        answer = { value }
      },
      (error: unknown) => {
        failure = error
      },
    )
    await new Promise((resolve) => setImmediate(resolve))
    await this.until(() => answer !== undefined || failure !== undefined, spans.hour)
    if (answer !== undefined) return answer.value
    throw failure ?? new Error('a question was never answered')
  }
}
