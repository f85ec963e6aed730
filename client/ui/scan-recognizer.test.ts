import { describe, expect, it } from 'vitest'
import { createScanRecognizer, type ScanKey } from './scan-recognizer.ts'

/** Presses the characters of `text` every `gapMs`, then `end`; answers what the last press said. */
function type(text: string, gapMs: number, end: ScanKey | undefined = { end: 'Enter' }) {
  const recognizer = createScanRecognizer()
  let nowMs = 1_000
  for (const letter of text) {
    recognizer.press({ letter }, nowMs)
    nowMs += gapMs
  }
  return end === undefined ? recognizer.text() : recognizer.press(end, nowMs)
}

describe('scan recognizer', () => {
  it('[SCN1] takes a burst ended by Enter or Tab', () => {
    expect(type('6901234567892', 8)).toEqual({ text: '6901234567892' })
    expect(type('6901234567892', 8, { end: 'Tab' })).toEqual({ text: '6901234567892' })
    expect(type('AB-12', 30)).toEqual({ text: 'AB-12' })
  })

  it('[SCN1] leaves fingers alone', () => {
    expect(type('6901234567892', 31)).toBeUndefined()
    expect(type('690', 5)).toBeUndefined()
    expect(type('6901', 5, 'other')).toBeUndefined()
  })

  it('[SCN1] wants the end key as fast as the characters', () => {
    const recognizer = createScanRecognizer()
    for (const [index, letter] of [...'69012345'].entries()) {
      recognizer.press({ letter }, index * 5)
    }
    expect(recognizer.press({ end: 'Enter' }, 500)).toBeUndefined()
  })

  it('[SCN1] starts anew after a pause, so digits typed before a scan do not join it', () => {
    const recognizer = createScanRecognizer()
    expect(recognizer.press({ letter: '1' }, 0)).toBe('start')
    expect(recognizer.press({ letter: '2' }, 200)).toBe('start')
    let nowMs = 600
    expect(recognizer.press({ letter: '6' }, nowMs)).toBe('start')
    for (const letter of '901234') {
      nowMs += 4
      expect(recognizer.press({ letter }, nowMs)).toBeUndefined()
    }
    expect(recognizer.press({ end: 'Enter' }, nowMs + 4)).toEqual({ text: '6901234' })
  })

  it('[SCN1] is ready for the next burst at once', () => {
    const recognizer = createScanRecognizer()
    const burst = (startMs: number) => {
      for (const [index, letter] of [...'4006381333931'].entries()) {
        recognizer.press({ letter }, startMs + index * 3)
      }
      return recognizer.press({ end: 'Enter' }, startMs + 40)
    }
    expect(burst(0)).toEqual({ text: '4006381333931' })
    expect(burst(60)).toEqual({ text: '4006381333931' })
  })
})
