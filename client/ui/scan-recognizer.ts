/**
 * Tells a scanner from fingers by timing alone [MP-07]: four or more characters, each within 30 ms of the one
 * before, ended by Enter or Tab within the same time. Knows no browser: keys and their times are handed in.
 */

export interface ScanLimits {
  /** Longest pause inside a burst, ms. */
  readonly gapMs: number
  readonly lettersMin: number
}

export const usualScanLimits: ScanLimits = { gapMs: 30, lettersMin: 4 }

/** A key press: one character, an end key, or any other key (which breaks a burst). */
export type ScanKey = { readonly letter: string } | { readonly end: 'Enter' | 'Tab' } | 'other'

export interface ScanRecognizer {
  /**
   * Takes one key press at `atMs` (ms, any origin, never going back). Answers `start` for the first
   * character of what may become a burst, the text when a burst has ended, otherwise nothing.
   */
  press(key: ScanKey, atMs: number): 'start' | { readonly text: string } | undefined
  /** Characters gathered so far. */
  readonly text: () => string
}

export function createScanRecognizer(limits: ScanLimits = usualScanLimits): ScanRecognizer {
  let text = ''
  let lastMs = Number.NEGATIVE_INFINITY

  const gather = (letter: string, isInBurst: boolean): 'start' | undefined => {
    text = isInBurst ? text + letter : letter
    return isInBurst ? undefined : 'start'
  }
  const finish = (isScan: boolean): { readonly text: string } | undefined => {
    const scanned = text
    text = ''
    return isScan && scanned.length >= limits.lettersMin ? { text: scanned } : undefined
  }
  const press: ScanRecognizer['press'] = (key, atMs) => {
    const isInBurst = text !== '' && atMs - lastMs <= limits.gapMs
    lastMs = atMs
    if (key === 'other') return finish(false)
    return 'letter' in key ? gather(key.letter, isInBurst) : finish(isInBurst)
  }
  return { press, text: () => text }
}
