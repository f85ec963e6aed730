/**
 * A mark outside the store of which device this browser was and how much of it was unsent. Where the mark is there
 * and the store is not, the browser has cleared the books: the person is told instead of met like a stranger.
 */

export interface DeviceMark {
  /** The device's code, as in its document numbers. */
  readonly code: string
  /** Documents that the server had not confirmed when the app last looked. */
  readonly waiting: number
}

const key = 'liancang.device'

export function keepDeviceMark({ code, waiting }: DeviceMark): void {
  try {
    localStorage.setItem(key, JSON.stringify({ code, waiting }))
  } catch {
    // Without it an evicted store is met as a new browser.
  }
}

export function keptDeviceMark(): DeviceMark | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    return isMark(kept) ? kept : undefined
  } catch {
    return undefined
  }
}

function isMark(kept: unknown): kept is DeviceMark {
  if (typeof kept !== 'object' || kept === null) return false
  if (!('code' in kept) || !('waiting' in kept)) return false
  return typeof kept.code === 'string' && typeof kept.waiting === 'number'
}
