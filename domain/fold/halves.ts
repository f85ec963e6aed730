/**
 * A transfer between branches has a half in each: the sender's goods leave, the receiver's come into its transit, and
 * each branch knows its own half from its own journals alone. Here is which legs of a record a branch leads, and as
 * what; the records of the other branch come to it as relays [J7] [ITR8].
 */

import { awayOf, branchOfTransit, isAway } from '#domain/masters/transit.ts'
import type { KnownRecord } from '#domain/records/kinds.ts'
import type { Leg } from '#domain/records/posted-body.ts'
import type { FoldState } from './fold-state.ts'
import { docIdOf, type Names } from './names.ts'
import { branchIn, type Hashed, type PartRecord } from './parts.ts'

/** A leg as a branch leads it. */
export interface PlacedLeg extends Leg {
  /** Beside all branches: goods that are no stock of the one that keeps account of them. */
  readonly apart?: string
}

/** The legs of a record that count in the state of `branch`. */
export function legsIn(branch: string, { branch: author, body }: PartRecord): readonly PlacedLeg[] {
  const { legs = [] } = body
  if (author !== branch) return legs.flatMap((leg) => legOfOther(branch, author, leg))
  const isAbroad = ({ warehouse }: Leg) => (branchOfTransit(warehouse) ?? branch) !== branch
  return legs.some(isAbroad) ? legs.map((leg) => (isAbroad(leg) ? away(branch, leg) : leg)) : legs
}

/** [ITR11] A relay that moves nothing in the branch to which it was brought says nothing there. */
export function isOfNoHalf(read: Hashed<KnownRecord>): boolean {
  const { record } = read
  if (record.kind !== 'posted.v1' || record.body.part !== record.body.lead) return false
  const branch = branchIn(read)
  return branch !== record.branch && legsIn(branch, record).length === 0
}

/** Of another branch: what it sends into this one's transit or takes from there, and what becomes of goods sent to it. */
function legOfOther(branch: string, author: string, leg: Leg): readonly PlacedLeg[] {
  if (leg.class !== 'internal' && leg.class !== 'issue') return []
  const target = branchOfTransit(leg.warehouse)
  if (target === branch) return [leg]
  return target === author ? [away(branch, leg)] : []
}

const apartPrefix = 'away-'

/** Whether a number of a branch is none: where a branch keeps account of what it sent to others. */
export function isApart({ branches }: Names): (branch: number) => boolean {
  return (branch) => branch >= 0 && branches.text(branch).startsWith(apartPrefix)
}

/** Whether a place is where a branch keeps account of what it sent to others. */
export function isAwayPlace(
  { names, ledger }: Pick<FoldState, 'names' | 'ledger'>,
  place: number,
): boolean {
  return isAway(names.warehouses.text(ledger.places.first(place)))
}

/** By which documents of one moment stand in order: of a transfer between branches the sender's half is first. */
export function orderedName({ names, documents, parts }: FoldState, document: number): string {
  const { branch, lead } = documents.columns
  const own = branch[document] as number
  const part = lead[document] as number
  const isOfOther = part >= 0 && parts.columns.home[part] !== own
  return `${docIdOf(names, document)}${isOfOther ? '~' : '@'}${names.branches.text(own)}`
}

/** Pieces and batches are told apart where they are stock. */
function away(branch: string, { warehouse, origin, pair, ...moved }: Leg): PlacedLeg {
  const { leg, sku, quantity, class: legClass } = moved
  return {
    ...{ leg, sku, quantity, class: legClass },
    ...(origin !== undefined && { origin }),
    ...(pair !== undefined && { pair }),
    warehouse: awayOf(branchOfTransit(warehouse) ?? ''),
    apart: `${apartPrefix}${branch}`,
  }
}
