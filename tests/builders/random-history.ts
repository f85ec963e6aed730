/** Random trade of a small shop, as fast-check values that shrink, and the records that it writes. */

import fc from 'fast-check'
import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import {
  adjustingRecord,
  postingRecords,
  reversalRecord,
  suppliedRecord,
  type TestLeg,
  type TestPosting,
} from './documents.ts'
import { idOf, JournalWriter } from './journal-writer.ts'

/** What one person did. Indices wrap around what there is, so every act means something. */
export interface Act {
  readonly kind:
    | 'receipt'
    | 'unpriced-receipt'
    | 'sale'
    | 'gain'
    | 'count'
    | 'transfer'
    | 'linked-return'
    | 'free-return'
    | 'purchase-return'
    | 'reversal'
    | 'post-again'
    | 'supply-price'
    | 'reference-price'
    | 'invoice'
    | 'landed'
    | 'unprice'
  readonly device: number
  readonly branch: number
  readonly sku: number
  /** Tenths of a unit. */
  readonly quantity: number
  /** Fen per unit. */
  readonly price: number
  /** Hours. */
  readonly at: number
  /** Which earlier document it is about. */
  readonly about: number
}

export interface Shape {
  readonly skus: number
  readonly branches: number
  readonly acts: number
  readonly actsMin?: number
}

const hourMs = 3_600_000
const firstMs = 1_767_225_600_000

export function acts({ skus, branches, acts: count, actsMin = 1 }: Shape): fc.Arbitrary<Act[]> {
  const kind = fc.constantFrom<Act['kind']>(
    ...(['receipt', 'receipt', 'receipt', 'unpriced-receipt', 'sale', 'sale', 'sale'] as const),
    ...([
      'gain',
      'count',
      'count',
      'transfer',
      'linked-return',
      'linked-return',
      'free-return',
    ] as const),
    ...(['purchase-return', 'reversal', 'post-again', 'supply-price', 'reference-price'] as const),
    ...(['invoice', 'landed', 'unprice'] as const),
  )
  const act = fc.record({
    kind,
    device: fc.integer({ min: 0, max: 2 }),
    branch: fc.integer({ min: 0, max: branches - 1 }),
    sku: fc.integer({ min: 0, max: skus - 1 }),
    quantity: fc.integer({ min: 1, max: 200 }),
    price: fc.integer({ min: 0, max: 1_999 }),
    at: fc.integer({ min: 0, max: 40 }),
    about: fc.integer({ min: 0, max: 1_000 }),
  })
  return fc.array(act, { minLength: actsMin, maxLength: count })
}

/** The records of each act, in the order of acting. */
export function historyOf(
  given: readonly Act[],
  writer: JournalWriter = new JournalWriter(),
): FoldEntry[][] {
  const postings: TestPosting[] = []
  const pricing: TestPosting[] = []
  return given.map((act, index) => {
    const written = recordsOf(writer, postings, act, index)
    const about = postings[act.about % Math.max(postings.length, 1)]
    return (
      written ??
      pricingRecords(writer, pricing, about, act, index) ??
      aboutEarlier(writer, about, act, index)
    )
  })
}

const devices = ['A', 'B', 'C']
const warehouses = ['front', 'back']

function recordsOf(
  writer: JournalWriter,
  postings: TestPosting[],
  act: Act,
  index: number,
): FoldEntry[] | undefined {
  const quantity = act.quantity * 1_000
  const value = Math.round((act.quantity * act.price) / 10)
  const about = postings[act.about % Math.max(postings.length, 1)]
  switch (act.kind) {
    case 'receipt':
      return post(writer, postings, act, index, 'goods-receipt', { quantity, value })
    case 'unpriced-receipt':
      return post(writer, postings, act, index, 'goods-receipt', { quantity })
    case 'sale':
      return post(writer, postings, act, index, 'shipment', { quantity: 0 - quantity })
    case 'gain':
      return post(writer, postings, act, index, 'stock-gain', { quantity })
    case 'count':
      return post(writer, postings, act, index, 'stock-count', {
        quantity: 0,
        ...countOf(act, quantity),
      })
    case 'free-return':
      return post(writer, postings, act, index, 'sales-return', { quantity })
    case 'transfer':
      return post(writer, postings, act, index, 'transfer', { quantity: 0 - quantity })
    case 'linked-return':
      return post(writer, postings, act, index, 'sales-return', { quantity, about })
    case 'purchase-return':
      return post(writer, postings, act, index, 'purchase-return', {
        quantity: 0 - quantity,
        about,
      })
    default:
      return undefined
  }
}

function post(
  writer: JournalWriter,
  postings: TestPosting[],
  act: Act,
  index: number,
  type: string,
  leg: {
    readonly quantity: number
    readonly value?: number
    readonly count?: Partial<TestLeg>
    readonly about?: TestPosting | undefined
  },
): FoldEntry[] {
  const { about, quantity, value, count } = leg
  const warehouse = `${warehouses[index % 2]}-${act.branch}`
  const [aboutLeg] = about?.legs ?? []
  const first = {
    leg: '1',
    sku: aboutLeg?.sku ?? `sku-${act.sku}`,
    warehouse,
    quantity,
    ...(value !== undefined && { value }),
    ...count,
    ...(about !== undefined && { origin: { document: about.document, leg: '1' } }),
  }
  const other = { ...first, leg: '2', warehouse: `${warehouses[(index + 1) % 2]}-${act.branch}` }
  const posting: TestPosting = {
    device: devices[act.device] ?? 'A',
    branch: about?.branch ?? `branch-${act.branch}`,
    document: `d${index}`,
    type,
    at: firstMs + act.at * hourMs,
    legs: type === 'transfer' ? [first, { ...other, quantity: 0 - quantity, pair: '1' }] : [first],
    ...soldIn(type, act),
  }
  postings.push(posting)
  return postingRecords(writer, posting)
}

/** What was counted; half of it with what the device took to be there, some of it over three hours. */
function countOf({ at, price }: Act, counted: number): { readonly count: Partial<TestLeg> } {
  const [countedFrom, countedAt] = [at - 3, at].map((hour) => firstMs + hour * hourMs)
  const moments = price % 3 === 0 && countedFrom !== undefined && countedAt !== undefined
  return {
    count: {
      counted,
      ...(price % 2 === 0 && { book: counted - (price % 5) * 1_000 }),
      ...(moments && { countedFrom, countedAt }),
    },
  }
}

function soldIn(type: string, { price, quantity }: Act): Pick<TestPosting, 'sold'> {
  if (type !== 'shipment' && type !== 'sales-return') return {}
  const amounts = [price * quantity, quantity]
  return { sold: price % 2 === 0 ? { amounts } : { amounts, roundOff: quantity % 10 } }
}

/** An invoice or a charge for an earlier document, or what takes one back. */
function pricingRecords(
  writer: JournalWriter,
  pricing: TestPosting[],
  about: TestPosting | undefined,
  act: Act,
  index: number,
): FoldEntry[] | undefined {
  const { kind, quantity, price } = act
  const on = { device: devices[act.device] ?? 'A', at: firstMs + act.at * hourMs }
  if (kind === 'unprice') {
    const earlier = pricing[act.about % Math.max(pricing.length, 1)]
    if (earlier === undefined) return undefined
    return [reversalRecord(writer, { ...earlier, ...on, audience: 'buying' })]
  }
  if ((kind !== 'invoice' && kind !== 'landed') || about === undefined) return undefined
  const amount = Math.round((quantity * price) / 10)
  const of = { document: about.document, leg: '1' }
  const posting = { ...on, branch: about.branch, document: `a${index}` }
  pricing.push({ ...posting, type: 'purchase-invoice', legs: [] })
  const said =
    kind === 'landed'
      ? { ...of, kind, amount: amount - 10_000 }
      : { ...of, kind, quantity: quantity * 1_000, amount }
  return [adjustingRecord(writer, { ...posting, adjustments: [said] })]
}

function aboutEarlier(
  writer: JournalWriter,
  about: TestPosting | undefined,
  act: Act,
  index: number,
): FoldEntry[] {
  const device = devices[act.device] ?? 'A'
  const at = firstMs + act.at * hourMs
  if (about === undefined || act.kind === 'reference-price') {
    const changes = [
      {
        entity: 'sku',
        id: idOf('sku', `sku-${act.sku}`),
        fields: { referencePurchasePrice: act.price * 10_000 },
      },
    ]
    const branch = `branch-${act.branch}`
    return [
      writer.write({
        ...{ device, branch, audience: 'buying', kind: 'masters-changed.v1', at },
        body: { changes },
      }),
    ]
  }
  if (act.kind === 'reversal') {
    return [reversalRecord(writer, { ...about, device, at })]
  }
  const legs = about.legs.map((leg) => ({ ...leg, value: act.price * act.quantity }))
  if (act.kind === 'supply-price')
    return [suppliedRecord(writer, { ...about, legs }, { device, at })]
  // The same draft, posted on another tablet that had not heard of it.
  const again = about.legs.map((leg) => ({
    ...leg,
    quantity: leg.quantity + Math.sign(leg.quantity) * 10_000,
    ...(leg.counted !== undefined && { counted: leg.counted + 10_000 }),
  }))
  return postingRecords(writer, { ...about, device, at, legs: again, posting: `again-${index}` })
}
