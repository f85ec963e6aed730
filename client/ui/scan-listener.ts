/**
 * Hears a scanner anywhere in the window and hands the code to the screen on top, wherever the focus is. What
 * the burst left in a field is taken out again, so a code never stays in a price; a field marked
 * `data-scan="keep"` (a barcode field) keeps it. The end key of a burst does nothing else.
 */
import { onCleanup } from 'solid-js'
import { createScanRecognizer, type ScanKey } from './scan-recognizer.ts'

/** Takes a scanned code; answers false to leave it to the handler mounted before. */
export type ScanHandler = (code: string) => boolean | undefined | void

const handlers: ScanHandler[] = []

/** Takes scans while the calling component is mounted; the latest mounted is asked first. */
export function createScanTarget(handler: ScanHandler): void {
  handlers.push(handler)
  onCleanup(() => handlers.splice(handlers.lastIndexOf(handler), 1))
}

/** Hands a code to the screens as if it had been scanned: camera, tests, the one box. */
export function dispatchScan(code: string): boolean {
  return [...handlers].reverse().some((handler) => handler(code) !== false)
}

type Typed = HTMLInputElement | HTMLTextAreaElement

interface Before {
  readonly element: Typed
  readonly value: string
}

/** How long an input method may take to end after the burst, ms. */
const settleMs = 300

/** Name of the event that asks a widget to drop what a burst typed into it; prevented = it did so itself. */
export const scanRollback = 'scanrollback'

/** Listens until its owner is disposed; once in the app. */
export function createScanListener(): void {
  const recognizer = createScanRecognizer()
  let before: Before | undefined

  const keyDown = (event: KeyboardEvent) => {
    const key = scanKey(event)
    if (key === undefined) return
    const heard = recognizer.press(key, event.timeStamp)
    if (heard === 'start') before = snapshot(event.target)
    if (heard === undefined || heard === 'start') return
    if (before?.element.dataset['scan'] === 'keep') return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (before !== undefined) rollBack(before)
    before = undefined
    dispatchScan(heard.text)
  }
  addEventListener('keydown', keyDown, true)
  onCleanup(() => removeEventListener('keydown', keyDown, true))
}

/** Undefined for keys that neither belong to a burst nor break it (Shift for a capital letter). */
function scanKey(event: KeyboardEvent): ScanKey | undefined {
  if (event.ctrlKey || event.altKey || event.metaKey) return 'other'
  if (event.key === 'Shift') return undefined
  if (event.key === 'Enter' || event.key === 'Tab') return { end: event.key }
  if (event.key.length === 1) return { letter: event.key }
  const letter = event.key === 'Process' || event.keyCode === 229 ? letterOfCode(event) : undefined
  return letter === undefined ? 'other' : { letter }
}

/** The character of a physical key while a Chinese input method hides it. */
function letterOfCode(event: KeyboardEvent): string | undefined {
  const [, digit, letter] = /^(?:Digit|Numpad)(\d)$|^Key([A-Z])$/.exec(event.code) ?? []
  if (digit !== undefined) return digit
  if (letter !== undefined) return event.shiftKey ? letter : letter.toLowerCase()
  return event.code === 'Minus' ? '-' : undefined
}

function snapshot(target: EventTarget | null): Before | undefined {
  const isTyped = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
  return isTyped ? { element: target, value: target.value } : undefined
}

function rollBack(before: Before): void {
  const request = new CustomEvent(scanRollback, { bubbles: true, cancelable: true })
  if (!before.element.dispatchEvent(request)) return
  const put = () => {
    before.element.value = before.value
    before.element.dispatchEvent(new InputEvent('input', { bubbles: true }))
  }
  put()
  // An input method may write its letters once more when the composition ends.
  const again = () => setTimeout(put)
  before.element.addEventListener('compositionend', again, { once: true })
  setTimeout(() => before.element.removeEventListener('compositionend', again), settleMs)
}
