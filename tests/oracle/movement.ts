/**
 * What moves, and what it refers to: a movement for each leg of the documents that stand, and one that
 * mirrors it where its document was reversed. What a count changes is not known yet (`quantities.ts`).
 */
import { momentsUnder, type Stamp } from './stamp.ts'
import { type Adjustment, isPricedLate, type Standing, type StatedLeg } from './statements.ts'

export interface Movement {
  readonly branch: string
  readonly docId: string
  readonly stated: StatedLeg
  readonly isMirror: boolean
  /** Trade moment, and what else decides its place among others. */
  readonly stamp: Stamp
  /** Place of its class among those of one moment. */
  readonly rank: number
  /** Steps; of a count what it changes, once that is known. */
  quantity: bigint
  /** Fen that its own document says; undefined where nobody has said anything. */
  readonly amount: bigint | undefined
  /** Of a count: millionths of a yuan that one base unit is stated to be worth. */
  readonly price: bigint | undefined
  /** Steps of its goods that were there before it, where it states what these are worth. */
  held: bigint
  /** What it takes back or mirrors. */
  origin: Movement | undefined
  /** [CNT9] Of one that no document has said: the late movement directly before it. */
  readonly corrects?: Movement
  /** [SEL11] Of a change of value that was said late: which goods it is about. */
  readonly late?: LateValue
  /** The legs that went out for it, and those that came in with it, itself among them. */
  readonly internal: Internal | undefined
  /** How many movements stand before it; −1 until they are in order. */
  place: number
  /** The same, had nothing ever been closed. */
  placeInTime: number
  /** What documents that are not reversed say of its cost, the earliest first. */
  readonly adjustments: Adjustment[]
}

export interface LateValue {
  readonly of: Movement
  /** 1: it stands in place of what the goods were taken to be worth; −1: that takes its place again. */
  readonly inPlaceOf: bigint
  /** Of a count: millionths of a yuan that a base unit is said to be worth. */
  readonly price?: bigint
}

/** An internal move: goods that turn into others, or lie elsewhere afterwards. */
export interface Internal {
  readonly isPair: boolean
  readonly out: Movement[]
  readonly in: Movement[]
}

/** [F4] The classes of one moment in their order. */
const classes = ['opening', 'receipt', 'return-in', 'count', 'issue', 'value', 'internal']
const rankOf = (legClass: string) => classes.indexOf(legClass)

export function isInternalMove({ rank }: Movement): boolean {
  return rank === rankOf('internal')
}

/** Of an opening or a receipt: goods that a price belongs to. */
export function awaitsPrice({ rank, isMirror }: Movement): boolean {
  return rank <= rankOf('receipt') && !isMirror
}

/** Its class stands before changes of value of the same moment. */
export function isBeforeValues({ rank }: Movement): boolean {
  return rank < rankOf('value')
}

/** Its class is that of counts. */
export function isCountClass({ rank }: Movement): boolean {
  return rank === rankOf('count')
}

/** It directly follows this, where it is not later. */
export function followed(movement: Movement): Movement | undefined {
  return movement.origin ?? movement.corrects ?? ledBy(movement)
}

export function isValueChange({ rank }: Movement): boolean {
  return rank === rankOf('value')
}

/** A count, or what takes one back. */
export function isAsserting({ stated }: Movement): boolean {
  return stated.counted !== undefined
}

/** Moves nothing, and states what the goods that are there are worth. */
export function isRestating({ stated }: Pick<Movement, 'stated'>): boolean {
  return stated.class === 'count' && stated.counted === undefined && stated.quantity === 0
}

export function movementsOf(documents: readonly Standing[]): Movement[] {
  const byName = new Map<string, Movement>()
  for (const document of documents) {
    for (const movement of legsOf(document)) byName.set(nameOf(movement), movement)
  }
  const plain = [...byName.values()]
  const sealsBefore = new Map(documents.map((each) => [documentKey(each), each.sealsBefore]))
  for (const movement of plain) movement.origin = originOf(movement, byName, sealsBefore)
  const mirrors = documents.flatMap((document) => mirrorsOf(document, byName))
  return [...plain, ...mirrors]
}

export function documentKey({ branch, docId }: Pick<Standing, 'branch' | 'docId'>): string {
  return `${branch}|${docId}`
}

function nameOf({ branch, docId, stated }: Movement): string {
  return `${branch}|${docId}|${stated.leg}`
}

function legsOf(document: Standing): Movement[] {
  const { branch, docId, stamp, legs, seals, sealsBefore } = document
  const values = isPricedLate(document) ? new Map<string, bigint>() : document.values
  const internals = internalsOf(legs)
  return legs.map((stated) => {
    const internal = internals.get(stated.leg)
    const movement: Movement = {
      ...{ branch, docId, stated, internal, isMirror: false },
      stamp: {
        ...stamp,
        ...momentsUnder(stated.countedAt ?? stamp.own, seals.openAfter(sealsBefore)),
      },
      rank: rankOf(stated.class),
      quantity: BigInt(stated.quantity),
      // [F5] What a count moves is derived, and costs what any surplus or loss does.
      amount: stated.counted === undefined ? values.get(stated.leg) : undefined,
      price: priceOf(stated, values),
      held: 0n,
      origin: undefined,
      ...{ place: -1, placeInTime: -1 },
      adjustments: [],
    }
    if (internal !== undefined) {
      if (stated.quantity < 0) internal.out.push(movement)
      else internal.in.push(movement)
    }
    return movement
  })
}

function priceOf(stated: StatedLeg, values: Standing['values']): bigint | undefined {
  const price = values.get(stated.leg)
  const isCount = stated.counted !== undefined || isRestating({ stated })
  return isCount && price !== undefined && price >= 0n ? price : undefined
}

/** What was said late of the cost of `of`. */
export function changeOfValue(
  of: Movement,
  said: Pick<Movement, 'stamp' | 'docId'> & { readonly amount: bigint } & Omit<LateValue, 'of'>,
): Movement {
  const { stamp, docId, amount, inPlaceOf, price } = said
  const late = { of, inPlaceOf, ...(price !== undefined && { price }) }
  return { ...withoutGoods(of, 'value'), ...{ stamp, docId, amount, late } }
}

/** [CNT9] What takes back of a late movement what counts had reflected already; it moves nothing yet. */
export function correctionOf(late: Movement, hasCost: boolean): Movement {
  return {
    ...withoutGoods(late, 'count'),
    ...{ corrects: late, isMirror: hasCost, origin: hasCost ? late : undefined },
  }
}

/** Of the same goods, and of no document. */
function withoutGoods(of: Movement, legClass: string): Movement {
  const { leg, sku, warehouse, bin, batch, serial, status } = of.stated
  return {
    ...of,
    stated: {
      ...{ leg, sku, warehouse, quantity: 0, class: 'derived' },
      ...(bin !== undefined && { bin }),
      ...(batch !== undefined && { batch }),
      ...(serial !== undefined && { serial }),
      ...(status !== undefined && { status }),
    },
    ...{ rank: rankOf(legClass), quantity: 0n, amount: undefined, price: undefined, held: 0n },
    ...{ origin: undefined, internal: undefined, isMirror: false, adjustments: [] },
  }
}

/** By name of the leg; legs of one pair or one group share an object. */
function internalsOf(legs: readonly StatedLeg[]): Map<string, Internal> {
  const internals = new Map<string, Internal>()
  const groups = new Map<string, Internal>()
  for (const { leg, pair, group } of legs) {
    if (pair !== undefined && legs.some((each) => each.leg === pair)) {
      const both: Internal = { isPair: true, out: [], in: [] }
      internals.set(leg, both)
      internals.set(pair, both)
    }
    if (group !== undefined) {
      const all = groups.get(group) ?? { isPair: false, out: [], in: [] }
      groups.set(group, all)
      internals.set(leg, all)
    }
  }
  return internals
}

/** [FRC8] A link that leads nowhere, to other goods, the same way or to a link leaves the leg alone. */
function originOf(
  movement: Movement,
  byName: ReadonlyMap<string, Movement>,
  sealsBefore: ReadonlyMap<string, number>,
): Movement | undefined {
  const { branch, stated, quantity } = movement
  if (stated.origin === undefined) return undefined
  const found = byName.get(`${branch}|${stated.origin.docId}|${stated.origin.leg}`)
  const coverage = (one: Movement) => sealsBefore.get(documentKey(one)) ?? 0
  const isOpposite = found !== undefined && found.quantity * quantity < 0n
  const isFree = found?.stated.origin === undefined && !found?.internal?.out.some(isLinkedPair)
  const fits = isOpposite && found.stated.sku === stated.sku && isFree
  // [SEL6] What is sealed leans on nothing that came later.
  return fits && coverage(movement) >= coverage(found) ? found : undefined
}

/** One of two legs that is linked: the other goes where it goes. */
function isLinkedPair({ internal, stated }: Movement): boolean {
  return internal?.isPair === true && stated.origin !== undefined
}

/** The out leg of its pair, where that is linked and takes the in leg along. */
function ledBy({ internal, quantity, isMirror }: Movement): Movement | undefined {
  if (internal?.isPair !== true || quantity <= 0n || isMirror) return undefined
  return internal.out.find(({ origin }) => origin !== undefined)
}

/** Goods that a move brought to where they are, and that some of them leave again: they were in transit. */
export function leavesTransit({ origin, isMirror }: Movement): boolean {
  return origin !== undefined && !isMirror && isInternalMove(origin)
}

/** [F3] Each leg once more, the other way round, at the moment of the reversal. */
function mirrorsOf(
  { branch, docId, legs, reversal }: Standing,
  byName: ReadonlyMap<string, Movement>,
): Movement[] {
  if (reversal === undefined) return []
  return legs.flatMap(({ leg }) => {
    const origin = byName.get(`${branch}|${docId}|${leg}`)
    if (origin === undefined) return []
    return { ...origin, origin, isMirror: true, stamp: reversal.stamp, rank: mirroredRank(origin) }
  })
}

function mirroredRank({ rank, stated, quantity }: Movement): number {
  const isCount = stated.counted !== undefined || isRestating({ stated })
  const keepsClass = ['internal', 'value'].includes(stated.class) || isCount
  if (keepsClass) return rank
  return quantity < 0n ? rankOf('return-in') : rankOf('issue')
}
