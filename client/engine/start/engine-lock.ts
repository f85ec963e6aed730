/**
 * One engine per device [E1]: it runs in the worker of the tab that holds the Web Lock. A hidden tab
 * gives it to a visible one that wants it, because browsers slow and freeze hidden tabs; a visible
 * holder keeps it. One that is frozen with the lock in its hand gives no sign of life: the lock is
 * taken from it, and the store's term keeps it from writing when it thaws. Knows locks and
 * visibility, not what an engine does.
 */

/** What is held while the lock is: closing finishes the post in flight and lets go of the store. */
export interface Held {
  close(): Promise<void>
}

export interface LockPorts {
  /** `navigator.locks.request`: resolves when `whileHeld` has, rejects when called off before. */
  request(whileHeld: () => Promise<void>, signal: AbortSignal): Promise<void>
  /** The same with `steal`: at once, and the holder's own request rejects. */
  steal(whileHeld: () => Promise<void>): Promise<void>
  start(): Promise<Held>
  /** Tells the other tabs that this one would like to run the engine. */
  announceWanted(): void
  /** The holder's sign of life. */
  announceHeld(): void
  /** Asks the tabs again from time to time, because the holder may become hidden later. */
  after(delayMs: number, act: () => void): () => void
}

export interface EngineLock {
  setVisible(isVisible: boolean): void
  /** Another, visible tab wants the engine. */
  wantedElsewhere(): void
  /** The holder lives. */
  heldElsewhere(): void
  /** Lets go and stays away: the engine found that another one took its term. */
  release(): void
}

const askAgainMs = 2_000
/** Questions in a row without a sign of life: longer than any engine is busy without a pause. */
const limitUnanswered = 10

export function makeEngineLock(ports: LockPorts): EngineLock {
  return new TabLock(ports)
}

class TabLock implements EngineLock {
  readonly #ports: LockPorts
  #isVisible = false
  /** Our place in the queue, and the one that got us the lock. */
  #waiting: AbortController | undefined
  #holding: AbortController | undefined
  #letGo: (() => void) | undefined
  #stopAsking: (() => void) | undefined
  #unanswered = 0

  constructor(ports: LockPorts) {
    this.#ports = ports
  }

  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible
    if (isVisible) return this.#want()
    this.#stopAsking?.()
    this.#waiting?.abort()
    this.#waiting = undefined
  }

  wantedElsewhere(): void {
    if (this.#letGo === undefined) return
    if (this.#isVisible) this.#ports.announceHeld()
    else this.#letGo()
  }

  heldElsewhere(): void {
    this.#unanswered = 0
  }

  release(): void {
    this.#letGo?.()
  }

  #want(): void {
    if (this.#waiting !== undefined || this.#letGo !== undefined) return
    this.#queue((whileHeld, signal) => this.#ports.request(whileHeld, signal))
    this.#unanswered = 0
    this.#ask()
  }

  #queue(request: LockPorts['request']): void {
    const turn = new AbortController()
    this.#waiting = turn
    let held: Promise<void> | undefined
    const whileHeld = () => {
      held = this.#hold(turn)
      return held
    }
    request(whileHeld, turn.signal)
      .catch(async () => {
        // Called off, or the lock is not to be had: asked for again when visible. Or taken from us.
        if (this.#holding === turn) this.#letGo?.()
        await held?.catch(() => undefined)
      })
      .finally(() => {
        if (this.#waiting === turn) this.#waiting = undefined
        if (!this.#isVisible) return
        this.#ports.after(askAgainMs, () => {
          if (this.#isVisible) this.#want()
        })
      })
  }

  #ask(): void {
    if (this.#waiting === undefined) return
    if (this.#unanswered === limitUnanswered) return this.#takeOver()
    this.#unanswered += 1
    this.#ports.announceWanted()
    this.#stopAsking = this.#ports.after(askAgainMs, () => this.#ask())
  }

  #takeOver(): void {
    this.#waiting?.abort()
    this.#queue((whileHeld) => this.#ports.steal(whileHeld))
  }

  /** Runs while this tab holds the lock; the lock is free again when it resolves. */
  async #hold(turn: AbortController): Promise<void> {
    this.#stopAsking?.()
    this.#waiting = undefined
    this.#holding = turn
    const released = new Promise<void>((resolve) => {
      this.#letGo = resolve
    })
    try {
      const held = await this.#ports.start()
      await released
      await held.close()
    } finally {
      this.#holding = undefined
      this.#letGo = undefined
    }
  }
}
