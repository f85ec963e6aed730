/**
 * Keeps room on the disk in reserve and says whether the store may grow. What a full disk closed is not written to
 * before there is room and its log is new (renew-log.ts says what would be lost); the reserve is given back for
 * that. Until it is whole again the store may not grow; nor when nothing but the reserve is left.
 */
import type { Timers } from '../ports.ts'
import type { SpareRoom } from './spare-room.ts'
import { StoreFailure, storeFailureOf } from './store.ts'

export interface RoomKeeperOptions {
  readonly spare: SpareRoom
  renewLog(): Promise<void>
  readonly timers: Timers
}

/** Its acts reject with `store-full` while there is no room. */
export interface RoomKeeper {
  /** Before the first write of a run: the run before may have ended on a full disk. */
  begin(): Promise<void>
  /** The database was closed under us, or cannot be opened: gives the reserve back, and renews the log. */
  mend(): Promise<void>
  /** Whether an opening that failed did so for want of room. */
  isOutOfRoom(): Promise<boolean>
  beforeGrowth(): Promise<void>
  afterGrowth(): void
  started(): void
  close(): void
}

/** While changes come, it is looked so often whether the margin is still there. */
const lookEveryMs = 30_000
/** A start is not made slower by the renewal that follows it. */
const afterStartMs = 2_000

export function makeRoomKeeper({ spare, renewLog, timers }: RoomKeeperOptions): RoomKeeper {
  let isLow = false
  let isRenewed = false
  let beginning: Promise<void> | undefined
  let mending: Promise<void> | undefined
  let cancelLook: (() => void) | undefined

  function mend(): Promise<void> {
    mending ??= mendOnce().finally(() => {
      mending = undefined
    })
    return mending
  }

  async function mendOnce(): Promise<void> {
    isLow = true
    await spare.giveBack()
    if (!(await spare.isRoomy())) throw full('no room for the store to get well')
    await renew()
  }

  async function renew(): Promise<void> {
    try {
      await renewLog()
      isRenewed = true
    } catch (error) {
      throw storeFailureOf(error)
    }
  }

  async function beginOnce(): Promise<void> {
    try {
      if ((await spare.state()) === 'short') await mend()
    } catch (error) {
      beginning = undefined
      throw error
    }
  }

  function lookIn(delayMs: number): void {
    cancelLook ??= timers.after(delayMs, () => {
      cancelLook = undefined
      look().catch((error: unknown) => console.error('the room could not be looked at', error))
    })
  }

  async function look(): Promise<void> {
    isLow = !(await spare.keep())
    if (isRenewed) return
    // Once in each run: the one before may have ended with the power.
    await (isLow ? mend() : renew())
  }

  return {
    begin: () => (beginning ??= beginOnce()),
    mend,
    isOutOfRoom: async () => !(await spare.keep()),
    async beforeGrowth() {
      if (isLow && !(await spare.keep())) throw full('less than the reserve is free')
      isLow = false
    },
    afterGrowth: () => lookIn(lookEveryMs),
    started: () => lookIn(afterStartMs),
    close: () => cancelLook?.(),
  }
}

function full(message: string): StoreFailure {
  return new StoreFailure('store-full', message)
}
