/**
 * What a set of records states, before anything is reckoned: which posting of each document stands, with
 * which costs, whether it was reversed, what later documents say of its cost, which prices and which
 * policy hold. Reads records as plain JSON and knows no other code of the product.
 */
import { first, type Stamp, stampOf } from './stamp.ts'

/** A record as it was decoded: all that the auditor needs of it. */
export interface Recorded {
  readonly hash: string
  readonly record: {
    readonly kind: string
    readonly id: string
    readonly branch: string
    readonly audience: string
    readonly device: string
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
  readonly legs: readonly StatedLeg[]
  /** Fen by name of the leg; left out where no costs are known. */
  readonly values: ReadonlyMap<string, bigint>
  readonly adjustments: readonly Adjustment[]
  readonly reversal: Stamp | undefined
}

/** Documents in force, by nothing but the records. */
export function standingDocuments(records: readonly Recorded[]): Standing[] {
  const byDocument = new Map<string, Recorded[]>()
  for (const recorded of records) {
    const docId = bodyOf(recorded).docId
    const isOfDocument = ['posted.v1', 'part-supplied.v1', 'reversed.v1'].includes(
      recorded.record.kind,
    )
    if (!isOfDocument || docId === undefined) continue
    const key = `${recorded.record.branch}|${docId}`
    byDocument.set(key, [...(byDocument.get(key) ?? []), recorded])
  }
  return [...byDocument.values()].flatMap((own) => standing(own) ?? [])
}

function standing(own: readonly Recorded[]): Standing | undefined {
  const posted = own.filter(({ record }) => record.kind === 'posted.v1')
  const leads = posted.filter((each) => bodyOf(each).part === bodyOf(each).lead)
  // What only readers of goods see must decide goods: their lead comes before any other.
  const byLayer = ['goods', 'sales', 'buying', 'books'].map((layer) =>
    leads.filter((each) => bodyOf(each).part === layer),
  )
  const lead = first(byLayer.find((each) => each.length > 0) ?? [])
  if (lead === undefined) return undefined
  const { docId, postingId, type, part, legs = [] } = bodyOf(lead)
  const isCost = (each: Recorded) =>
    bodyOf(each).part === 'buying' && bodyOf(each).postingId === postingId
  const supplied = own.filter(({ record }) => record.kind === 'part-supplied.v1')
  const cost = first(posted.filter(isCost)) ?? first(supplied.filter(isCost))
  const { values = [], adjustments = [] } = cost === undefined ? {} : bodyOf(cost)
  const reversals = own.filter(
    ({ record }) => record.kind === 'reversed.v1' && record.audience === part,
  )
  const reversal = first(reversals)
  return {
    ...{
      branch: lead.record.branch,
      docId,
      postingId,
      type,
      stamp: stampOf(lead),
      legs,
      adjustments,
    },
    values: new Map(values.map(({ leg, amount }) => [leg, BigInt(amount)])),
    reversal: reversal && stampOf(reversal),
  }
}

function bodyOf({ record }: Recorded): Body {
  return record.body as Body
}
