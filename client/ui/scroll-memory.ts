/**
 * Back returns to the same place: remembers how far a scroll area was scrolled for each entry of the
 * browser's history, in memory of the tab. Knows nothing of routes; the key is address plus depth.
 */
import { onCleanup } from 'solid-js'

const offsets = new Map<string, number>()

/** Addresses kept; the oldest is forgotten first. */
const limitOffsets = 200

/** The present history entry, told apart from an earlier visit of the same address. */
export function historyKey(): string {
  const state: unknown = history.state
  const depth = isDeep(state) ? state._depth : 0
  return `${depth} ${location.pathname}${location.search}`
}

/**
 * Keeps the offset of `element` for the history entry that is present now, and returns to it when that
 * entry comes back. `name` tells several areas of one screen apart. Call when the element is mounted.
 */
export function keepScroll(element: HTMLElement, name: string): void {
  const key = `${historyKey()} ${name}`
  const offset = offsets.get(key)
  if (offset !== undefined) element.scrollTop = offset
  const remember = () => put(key, element.scrollTop)
  element.addEventListener('scroll', remember, { passive: true })
  onCleanup(() => element.removeEventListener('scroll', remember))
}

/** Keeps the offset of an area whose screens change inside it. */
export function rememberOffset(name: string, offset: number): void {
  put(`${historyKey()} ${name}`, offset)
}

/** The offset kept for this entry, for areas that must be tall enough before they can be scrolled. */
export function keptOffset(name: string): number {
  return offsets.get(`${historyKey()} ${name}`) ?? 0
}

function put(key: string, offset: number): void {
  offsets.delete(key)
  offsets.set(key, offset)
  if (offsets.size <= limitOffsets) return
  const [oldest] = offsets.keys()
  if (oldest !== undefined) offsets.delete(oldest)
}

function isDeep(state: unknown): state is { readonly _depth: number } {
  return typeof state === 'object' && state !== null && '_depth' in state
}
