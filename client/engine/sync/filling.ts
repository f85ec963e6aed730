/**
 * Whether the company's records have once been here in full. Before that a device's figures are none yet: goods
 * have come whose receipt has not. How far it is, until it is done for good.
 */
import type { Store } from '../store/store.ts'

/** Where an engine keeps over restarts that it was once level with the server. */
export const filledName = 'filled'

/** Journals of others: how many of those that the server names have arrived. */
export interface Filled {
  readonly received: number
  readonly journals: number
}

export interface FillingOptions {
  readonly store: Store
  readonly term: number
  readonly isFilled: boolean
  /** All that the server names. */
  heads(): Iterable<unknown>
  /** How many of them, and of what it has not named yet, are still to come. */
  behind(): number
  isOnline(): boolean
  onFailure(error: unknown): void
}

export interface Filling {
  /** Undefined once all was here. */
  readonly now: Filled | undefined
  /** How far behind the device is has moved. */
  look(): void
}

export function makeFilling(options: FillingOptions): Filling {
  const { store, term, heads, behind, isOnline, onFailure } = options
  let isFilled = options.isFilled
  return {
    get now() {
      if (isFilled) return undefined
      const named = [...heads()].length
      return { received: Math.max(0, named - behind()), journals: named }
    },
    look() {
      if (isFilled || !isOnline() || behind() > 0) return
      isFilled = true
      store.commit({ term, values: { [filledName]: true } }).catch(onFailure)
    },
  }
}
