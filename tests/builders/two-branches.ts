/** Two branches that send goods to each other: what their devices write, and what the server brings to the other one. */

import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import { aSeal } from './a-seal.ts'
import {
  postingRecords,
  reversalRecord,
  suppliedRecord,
  type TestLeg,
  type TestPosting,
} from './documents.ts'
import { JournalWriter } from './journal-writer.ts'

export type BranchName = 'south' | 'north'

export type Said = Pick<TestPosting, 'document' | 'type' | 'at' | 'legs' | 'pricedBy'>

/** Groups of records, each written by one act, in the journals of each branch. */
export class TwoBranches {
  readonly writer = new JournalWriter()
  readonly south: FoldEntry[][] = []
  readonly north: FoldEntry[][] = []

  /** `kept`: of no matter to the other branch. */
  post(branch: BranchName, said: Said, kept?: 'kept'): this {
    const records = postingRecords(this.writer, { device: branch, branch, ...said })
    return this.#put(branch, records, kept === undefined)
  }

  /** The values of its legs, said later. */
  supply(branch: BranchName, said: Said, at: number): this {
    const posting = { device: branch, branch, ...said }
    return this.#put(branch, [suppliedRecord(this.writer, posting, { device: branch, at })], true)
  }

  reverse(branch: BranchName, document: string, at: number): this {
    const entry = reversalRecord(this.writer, { device: branch, branch, document, at })
    return this.#put(branch, [entry], true)
  }

  seal(branch: BranchName, until: number, covered: readonly FoldEntry[]): this {
    this[branch].push([aSeal(this.writer, branch, until, covered)])
    return this
  }

  #put(branch: BranchName, entries: FoldEntry[], isRelayed: boolean): this {
    const other = branch === 'south' ? 'north' : 'south'
    this[branch].push(entries)
    if (isRelayed) this[other].push(entries.map((entry) => this.writer.relay(entry, other)))
    return this
  }
}

/** A leg of cups in units; `more` says the rest. */
export function cups(
  leg: string,
  warehouse: string,
  count: number,
  more: Partial<TestLeg> = {},
): TestLeg {
  return { leg, sku: 'cup', warehouse, quantity: count * 10_000, ...more }
}

/** From the south to the north; `value` is what the goods are to be worth there, fen. */
export function dispatchOf(document: string, count: number, at: number, value?: number): Said {
  const legs = [
    cups('l-out', 'south-shop', 0 - count),
    cups('l-in', 'transit:north', count, { pair: 'l-out', ...(value !== undefined && { value }) }),
  ]
  return { document, type: 'transfer-dispatch', at, legs }
}

/** Taken in by the north, of a dispatch. */
export function arrivalOf(of: string, document: string, count: number, at: number): Said {
  const origin = { document: of, leg: 'l-in' }
  const legs = [
    cups('l-out', 'transit:north', 0 - count, { origin }),
    cups('l-in', 'north-shop', count, { pair: 'l-out' }),
  ]
  return { document, type: 'transfer-arrival', at, legs }
}

export function lossOf(of: string, document: string, count: number, at: number): Said {
  const legs = [cups('l', 'transit:north', 0 - count, { origin: { document: of, leg: 'l-in' } })]
  return { document, type: 'transfer-loss', at, legs }
}
