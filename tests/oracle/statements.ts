/**
 * What a set of records states, before anything is reckoned: which posting of each document stands, with
 * which costs, whether it was reversed, what later documents say of its cost, which prices and which
 * policy hold. Reads records as plain JSON and knows no other code of the product.
 */
import { type Seals, sealsOf } from './seals.ts'
import { first, type Stamp, stampOf } from './stamp.ts'
import { inVersions } from './versions.ts'

/** A record as it was decoded: all that the auditor needs of it. */
export interface Recorded {
  readonly hash: string
  /** Of a relay: the id of the record that it brings. */
  readonly brings?: string
  readonly record: {
    readonly kind: string
    readonly id: string
    readonly branch: string
    readonly audience: string
    readonly device: string
    readonly seq: number
    readonly hlc: number
    readonly at: number
    readonly body: unknown
  }
}

export interface StatedLeg {
  readonly leg: string
  readonly sku: string
  readonly warehouse: string
  readonly quantity: number
  readonly class: string
  readonly bin?: string
  readonly batch?: string
  readonly serial?: string
  readonly status?: string
  readonly counted?: number
  /** Moment of a counted line, where it is not that of its document. */
  readonly countedAt?: number
  readonly origin?: { readonly docId: string; readonly leg: string }
  readonly pair?: string
  readonly group?: string
  readonly share?: number
}

export interface Adjustment {
  readonly docId: string
  readonly leg: string
  readonly kind: 'invoice' | 'landed'
  readonly quantity?: number
  readonly amount: number
}

interface Body {
  readonly docId: string
  /** Of an unapproval. */
  readonly version?: number
  readonly postingId: string
  readonly type: string
  readonly part: string
  readonly lead: string
  readonly legs?: readonly StatedLeg[]
  readonly values?: readonly { readonly leg: string; readonly amount: number }[]
  readonly adjustments?: readonly Adjustment[]
}

/** A document as it stands: the posting in force, whoever else posted it. */
export interface Standing {
  readonly branch: string
  readonly docId: string
  readonly postingId: string
  readonly type: string
  readonly stamp: Stamp
  /** Those of its branch, and how many were said before one covered it. */
  readonly seals: Seals
  readonly sealsBefore: number
  readonly legs: readonly StatedLeg[]
  /** Fen by name of the leg; left out where no costs are known. */
  readonly values: ReadonlyMap<string, bigint>
  readonly adjustments: readonly Adjustment[]
  /** When its costs were said. */
  readonly priced: Said | undefined
  /** What took it back: a reversal (红冲), or an unapproval (反审核). */
  readonly reversal: Said | undefined
}

/** One record about a document, and how many seals were said before one covered it. */
export interface Said {
  readonly stamp: Stamp
  readonly sealsBefore: number
}

/** Whether what a record says of a document became known when the document's month was closed. */
export function isSaidLate({ stamp, seals }: Standing, sealsBefore: number): boolean {
  return stamp.at < seals.openAfter(sealsBefore)
}

/** Whether its own costs did. */
export function isPricedLate(document: Standing): boolean {
  return document.priced !== undefined && isSaidLate(document, document.priced.sealsBefore)
}

/** Documents in force, by nothing but the records. */
export function standingDocuments(records: readonly Recorded[]): Standing[] {
  const byDocument = new Map<string, Recorded[]>()
  const sealsIn = sealsOf(records)
  for (const recorded of records) {
    const docId = documentOf(recorded)
    if (docId === undefined) continue
    const key = `${recorded.record.branch}|${docId}`
    byDocument.set(key, [...(byDocument.get(key) ?? []), recorded])
  }
  const documents = [...byDocument.values()].flatMap((own) => {
    return standing(own, sealsIn(own[0]?.record.branch ?? '')) ?? []
  })
  return inVersions(documents)
}

const documentKinds = ['posted.v1', 'part-supplied.v1', 'reversed.v1', 'unapproved.v1']

function documentOf(recorded: Recorded): string | undefined {
  const { docId, version = 1 } = bodyOf(recorded)
  if (!documentKinds.includes(recorded.record.kind)) return undefined
  return version === 1 ? docId : `${docId}-v${version}`
}

function standing(own: readonly Recorded[], seals: Seals): Standing | undefined {
  // [SEL4] What an earlier seal covers stays.
  const bySeal = (each: Recorded) => [seals.before(each)]
  const saidBy = (each: Recorded): Said => {
    const sealsBefore = seals.before(each)
    return { stamp: stampOf(each, seals.openAfter(sealsBefore)), sealsBefore }
  }
  const posted = own.filter(({ record }) => record.kind === 'posted.v1')
  const leads = posted.filter((each) => bodyOf(each).part === bodyOf(each).lead)
  // What only readers of goods see must decide goods: their lead comes before any other.
  const byLayer = ['goods', 'sales', 'buying', 'books'].map((layer) =>
    leads.filter((each) => bodyOf(each).part === layer),
  )
  const lead = first(byLayer.find((each) => each.length > 0) ?? [], bySeal)
  if (lead === undefined) return undefined
  const { docId, postingId, type, part, legs = [] } = bodyOf(lead)
  const costs = own.filter((each) => {
    const isPart = bodyOf(each).part === 'buying'
    return isPart && bodyOf(each).postingId === postingId
  })
  const isSupplied = ({ record }: Recorded) => Number(record.kind === 'part-supplied.v1')
  const cost =
    part === 'buying' ? lead : first(costs, (each) => [seals.before(each), isSupplied(each)])
  const { values = [], adjustments = [] } = cost === undefined ? {} : bodyOf(cost)
  const reversals = own.filter((each) => {
    // [VRS4] What was sealed first is not unapproved any more.
    const isLate = seals.before(lead) < seals.before(each)
    const takesBack =
      each.record.kind === 'reversed.v1' || (each.record.kind === 'unapproved.v1' && !isLate)
    return takesBack && each.record.audience === part
  })
  const reversal = first(reversals, bySeal)
  return {
    ...{
      branch: lead.record.branch,
      docId,
      postingId,
      type,
      ...saidBy(lead),
      seals,
      legs,
      adjustments,
    },
    values: new Map(values.map(({ leg, amount }) => [leg, BigInt(amount)])),
    priced: cost && saidBy(cost),
    reversal: reversal && saidBy(reversal),
  }
}

function bodyOf({ record }: Recorded): Body {
  return record.body as Body
}
