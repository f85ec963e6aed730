/**
 * What is wrong with a serial number or a batch, branch by branch: a device that follows one branch tells of it
 * what one that follows all of them does [FOL5]. What only several branches together show is the company's.
 */

import { conflictOfBatch } from '#domain/ledgers/stock/batch-dates.ts'
import type { SerialTrouble } from '#domain/ledgers/stock/serial-life.ts'
import {
  branchOf,
  movementsOfBatch,
  movementsOfSerial,
  skuOfKey,
  textOfKey,
} from '#domain/ledgers/stock/tag-index.ts'
import type { FoldState } from './fold-state.ts'
import { lifeOfSerial } from './serial-acts.ts'

/** What of the goods is told in a branch, a number; −1 for the company. */
interface Told<What> {
  readonly branch: number
  readonly what: readonly What[]
}

/** By goods key; without branches in which nothing is wrong. */
export function serialTroubles(state: FoldState, key: number): readonly Told<SerialTrouble>[] {
  const { ledger } = state
  const [sku, serial] = [skuOfKey(key), textOfKey(key)]
  const branches = branchesOf(state, movementsOfSerial(ledger, sku, serial))
  const own = branches.map((branch) => {
    return { branch, what: lifeOfSerial(state, sku, serial, branch).troubles }
  })
  const isTold = new Set(own.flatMap(({ what }) => what.map(({ movement }) => movement)))
  const beyond =
    branches.length < 2
      ? []
      : lifeOfSerial(state, sku, serial).troubles.filter(({ movement }) => !isTold.has(movement))
  return told([...own, { branch: -1, what: beyond }])
}

/** Movements that state another expiry than the one that holds, the one that states it among them. */
export function batchConflicts(state: FoldState, key: number): readonly Told<number>[] {
  const { ledger } = state
  const [sku, batch] = [skuOfKey(key), textOfKey(key)]
  const branches = branchesOf(state, movementsOfBatch(ledger, sku, batch))
  const own = branches.map((branch) => {
    return { branch, what: conflictOfBatch(ledger, sku, batch, branch) }
  })
  const most = Math.max(0, ...own.map(({ what }) => what.length))
  const whole = branches.length < 2 ? [] : conflictOfBatch(ledger, sku, batch)
  return told([...own, { branch: -1, what: whole.length > most ? whole : [] }])
}

function told<What>(all: readonly Told<What>[]): readonly Told<What>[] {
  return all.filter(({ what }) => what.length > 0)
}

function branchesOf({ ledger }: FoldState, movements: readonly number[]): readonly number[] {
  return [...new Set(movements.map((movement) => branchOf(ledger, movement)))]
}
