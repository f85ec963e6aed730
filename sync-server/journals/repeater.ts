/**
 * A task that runs when asked, never twice at once; asked for while it runs, it runs once more
 * afterwards.
 */
export class Repeater {
  readonly #task: () => Promise<void>
  readonly #onFault: (error: unknown) => void
  #running: Promise<void> | undefined
  #isAsked = false

  constructor(task: () => Promise<void>, onFault: (error: unknown) => void) {
    this.#task = task
    this.#onFault = onFault
  }

  /** Resolves when the task has run to its end after this call. Never rejects. */
  ask(): Promise<void> {
    this.#isAsked = true
    this.#running ??= this.#run()
    return this.#running
  }

  /** Resolves when nothing is running. */
  async idle(): Promise<void> {
    await this.#running
  }

  async #run(): Promise<void> {
    // So that the end of even an empty task comes after `ask` has noted that it runs.
    await Promise.resolve()
    while (this.#isAsked) {
      this.#isAsked = false
      try {
        await this.#task()
      } catch (error) {
        this.#onFault(error)
      }
    }
    this.#running = undefined
  }
}
