/**
 * One engine per device [E1]: it runs in the worker of the tab that holds the Web Lock. A hidden tab
 * gives it to a visible one that wants it, because browsers slow and freeze hidden tabs; a visible
 * holder keeps it. Knows locks and visibility, not what an engine does.
 */

/** What is held while the lock is: closing finishes the post in flight and lets go of the store. */
export interface Held {
  close(): Promise<void>
}

export interface LockPorts {
  /** `navigator.locks.request`: resolves when `whileHeld` has, rejects when called off before. */
  request(whileHeld: () => Promise<void>, signal: AbortSignal): Promise<void>
  start(): Promise<Held>
  /** Tells the other tabs that this one would like to run the engine. */
  announceWanted(): void
  /** Asks the tabs again from time to time, because the holder may become hidden later. */
  after(delayMs: number, act: () => void): () => void
}

export interface EngineLock {
  setVisible(isVisible: boolean): void
  /** Another, visible tab wants the engine. */
  wantedElsewhere(): void
  /** Lets go and stays away: the engine found that another one took its term. */
  release(): void
}

const askAgainMs = 2_000

export function makeEngineLock(ports: LockPorts): EngineLock {
  let isVisible = false
  let waiting: AbortController | undefined
  let letGo: (() => void) | undefined
  let stopAsking: (() => void) | undefined

  function want(): void {
    if (waiting !== undefined || letGo !== undefined) return
    const controller = new AbortController()
    waiting = controller
    ports
      .request(hold, controller.signal)
      .catch(() => {
        // Called off, or the lock is not to be had: asked for again when visible.
      })
      .finally(() => {
        if (waiting === controller) waiting = undefined
        if (isVisible) ports.after(askAgainMs, () => isVisible && want())
      })
    ask()
  }

  function ask(): void {
    if (waiting === undefined) return
    ports.announceWanted()
    stopAsking = ports.after(askAgainMs, ask)
  }

  /** Runs while this tab holds the lock; the lock is free again when it resolves. */
  async function hold(): Promise<void> {
    stopAsking?.()
    waiting = undefined
    const released = new Promise<void>((resolve) => {
      letGo = resolve
    })
    try {
      const held = await ports.start()
      await released
      await held.close()
    } finally {
      letGo = undefined
    }
  }

  return {
    setVisible(visible) {
      isVisible = visible
      if (visible) return want()
      stopAsking?.()
      waiting?.abort()
      waiting = undefined
    },
    wantedElsewhere() {
      if (!isVisible) letGo?.()
    },
    release() {
      letGo?.()
    },
  }
}
