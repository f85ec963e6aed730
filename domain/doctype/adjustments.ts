/**
 * 采购发票 and 费用分摊: lines that price received goods anew. What each may speak of, how a charge is
 * shared over its lines, and what the buying part then says of the legs of receipts.
 */

import { integerOf, textOf } from '#domain/masters/master-field.ts'
import type { CostAdjustment, Leg } from '#domain/records/posted-body.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import type { DocumentId } from '#domain/values/ids.ts'
import { limitLines } from '#domain/values/limits.ts'
import { type Money, money, shareMoney, subtractMoney, zeroMoney } from '#domain/values/money.ts'
import { addQuantity, type Quantity, quantity, zeroQuantity } from '#domain/values/quantity.ts'
import { done, type Result } from '#domain/values/result.ts'
import type { completeDraft } from './complete.ts'
import type { AnyDocumentDefinition, DraftDocument, PostProblem } from './define.ts'
import { type Found, findOrigin, type OriginProblemCode } from './links.ts'
import type { MasterReader, Readers } from './readers.ts'

type Complete = ReturnType<typeof completeDraft>
type Line = Complete['lines'][number]
type Known = Pick<Readers, 'documents' | 'priced'>

/** Legs that one document prices: goods with serial numbers have one each. */
const limitAdjustments = 2 * limitLines

/** 分摊方式: by what a charge is shared. */
export const shareBases = {
  amount: ['按金额', 'By amount'],
  quantity: ['按数量', 'By quantity'],
  weight: ['按重量', 'By weight'],
  volume: ['按体积', 'By volume'],
} as const

/** The line of a receipt that a line prices. */
interface Adjusted {
  readonly docId: DocumentId
  readonly header: Readonly<Record<string, Json>>
  readonly line: Readonly<Record<string, Json>>
  /** Steps of all its legs. */
  readonly came: Quantity
  /** How much of each leg neither another invoice nor an earlier line of this one has billed. */
  readonly legs: readonly { readonly leg: Leg; readonly open: Quantity }[]
  /** An earlier line of the document speaks of the same. */
  readonly isRepeated: boolean
}

/** By line id, in the order of the lines; a line that names no receipt has no entry. */
function adjustedLines(
  { adjusts }: AnyDocumentDefinition,
  document: DraftDocument,
  known: Known,
): ReadonlyMap<string, Result<Adjusted, OriginProblemCode>> {
  const found = new Map<string, Result<Adjusted, OriginProblemCode>>()
  const takenByLine = new Map<string, number>()
  for (const line of adjusts === undefined ? [] : document.lines) {
    const { lineId, originId, originLineId } = line
    if (typeof originId !== 'string') continue
    const receipt = known.documents.get(originId)
    const origin = findOrigin(adjusts?.from ?? [], document, receipt, line)
    if (!origin.ok) {
      found.set(lineId, origin)
      continue
    }
    const key = `${originId}|${JSON.stringify(originLineId)}`
    const before = takenByLine.get(key)
    takenByLine.set(key, (before ?? 0) + Number(line['quantity'] ?? 0))
    found.set(lineId, done(adjustedOf(origin.value, receipt?.header ?? {}, before, known)))
  }
  return found
}

/** `before`: what earlier lines of the document bill of it; undefined where none speaks of it. */
function adjustedOf(
  { docId, line, ofLine }: Found,
  header: Adjusted['header'],
  before: number | undefined,
  { priced }: Known,
): Adjusted {
  const billed = (leg: Leg) => priced?.invoiced(docId, leg.leg) ?? zeroQuantity
  return {
    ...{ docId, header, line },
    came: sumOf(ofLine.map((leg) => leg.quantity)),
    legs: openLegs(ofLine, billed, before ?? 0),
    isRepeated: before !== undefined,
  }
}

/** What earlier lines of the same document bill comes off the first legs. */
function openLegs(
  legs: readonly Leg[],
  billed: (leg: Leg) => Quantity,
  billedHere: number,
): Adjusted['legs'] {
  let here = billedHere
  return legs.map((leg) => {
    const free = Math.max(leg.quantity - billed(leg), 0)
    const own = Math.min(here, free)
    here -= own
    return { leg, open: quantity(free - own) }
  })
}

/** Of a charge each line shows how much came; an invoice says itself how much it bills. */
export function withOrigins(
  definition: AnyDocumentDefinition,
  document: Complete,
  documents: Readers['documents'],
): Complete {
  if (definition.adjusts?.as !== 'landed') return document
  const adjusted = adjustedLines(definition, document, { documents })
  const lines = document.lines.map((line) => {
    const origin = adjusted.get(line.lineId)
    return origin?.ok ? { ...line, quantity: origin.value.came } : line
  })
  return { ...document, lines }
}

/**
 * 分摊: the charge less the tax that is deducted, over all lines by what the header says, to the fen:
 * each share is rounded, the last line takes the rest (policy 13, PU-10). Nothing while some line has nothing
 * to share by.
 */
export function shareCharge(
  definition: AnyDocumentDefinition,
  document: Complete,
  readers: Readers,
): Complete {
  if (definition.adjusts?.as !== 'landed') return document
  return withShares(definition, withBooking(document, readers.masters), readers)
}

/** [LCO7] What the company's setting is now, unless the document says it itself. */
function withBooking(document: Complete, masters: MasterReader): Complete {
  const [company] = masters.list('company')
  const isStock = textOf(company?.fields ?? {}, 'purchaseCharges') === 'stock'
  const bookAs = document.header['bookAs'] ?? (isStock ? 'stock' : 'expense')
  return { ...document, header: { ...document.header, bookAs } }
}

function withShares(
  definition: AnyDocumentDefinition,
  document: Complete,
  readers: Readers,
): Complete {
  const { fee, feeTax } = document.header
  if (typeof fee !== 'number') return document
  const adjusted = adjustedLines(definition, document, readers)
  const weights = document.lines.map((line) => {
    const origin = adjusted.get(line.lineId)
    return origin?.ok ? weightOf(document, line, origin.value, readers.masters) : undefined
  })
  const known = weights.filter((weight) => weight !== undefined)
  if (known.length < weights.length || known.length === 0) return document
  const net = subtractMoney(money(fee), money(Number(feeTax ?? 0)))
  const shares = shareMoney(net, inSafeIntegers(known))
  const lines = document.lines.map((line, i) => ({ ...line, amount: shares[i] ?? zeroMoney }))
  return { ...document, lines }
}

/** By what a line bears its share; undefined where that is not known. */
function weightOf(
  { header }: Complete,
  line: Line,
  { line: receipt, came }: Adjusted,
  masters: MasterReader,
): bigint | undefined {
  const { by } = header
  if (by === 'quantity') return BigInt(came)
  if (by === 'weight' || by === 'volume') {
    const each = integerOf(masters.get('sku', String(line['skuId'])) ?? {}, by)
    return each === undefined || each === 0 ? undefined : BigInt(came) * BigInt(each)
  }
  const { amount, tax } = receipt
  return typeof amount === 'number' ? BigInt(amount) - BigInt(Number(tax ?? 0)) : undefined
}

/** In the same proportions, as exactly as safe integers are. */
function inSafeIntegers(weights: readonly bigint[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0n)
  let excess = 0n
  while (sum >> excess > BigInt(Number.MAX_SAFE_INTEGER)) excess++
  return weights.map((weight) => Number(weight >> excess))
}

/** Each line names a line of a receipt, bills no more than came, and has what it is shared by. */
export function checkAdjusted(
  definition: AnyDocumentDefinition,
  document: Complete,
  readers: Readers,
): PostProblem[] {
  if (definition.adjusts === undefined) return []
  const adjusted = adjustedLines(definition, document, readers)
  const problems = document.lines.flatMap((line): PostProblem[] => {
    const { lineId } = line
    const origin = adjusted.get(lineId)
    if (origin === undefined) return [{ code: 'receipt-required', field: 'originId', lineId }]
    if (!origin.ok) return [{ code: origin.problem, field: 'originId', lineId }]
    const problem =
      definition.adjusts?.as === 'invoice'
        ? invoiceProblem(line, origin.value)
        : chargeProblem(document, line, origin.value, readers)
    return problem === undefined ? [] : [{ ...problem, lineId }]
  })
  if (problems.length > 0) return problems
  const legs = [...adjusted.values()].reduce(
    (sum, each) => sum + (each.ok ? each.value.legs.length : 0),
    0,
  )
  return legs > limitAdjustments ? [{ code: 'too-many-lines', limit: limitAdjustments }] : []
}

function invoiceProblem(line: Line, { header, legs }: Adjusted): PostProblem | undefined {
  const kind = header['invoiceKind']
  if (kind !== undefined && kind !== 'none')
    return { code: 'invoiced-with-goods', field: 'originId' }
  const invoiceable = sumOf(legs.map(({ open }) => open))
  const isTooMuch = typeof line['quantity'] === 'number' && line['quantity'] > invoiceable
  return isTooMuch ? { code: 'invoiced-too-much', field: 'quantity', invoiceable } : undefined
}

function chargeProblem(
  document: Complete,
  line: Line,
  adjusted: Adjusted,
  { audiences, masters }: Readers,
): PostProblem | undefined {
  if (adjusted.isRepeated) return { code: 'origin-repeated', field: 'originId' }
  const { by } = document.header
  if (!audiences.includes('buying') || typeof by !== 'string') return undefined
  if (weightOf(document, line, adjusted, masters) !== undefined) return undefined
  return { code: `${by}-missing`, field: 'skuId' }
}

/**
 * What the buying part says of the legs of receipts: nothing of lines whose money is not known, nor of a charge
 * that is an expense [LCO7].
 */
export function adjustmentsOf(
  definition: AnyDocumentDefinition,
  document: Complete,
  known: Known,
): readonly CostAdjustment[] {
  if (document.header['bookAs'] === 'expense') return []
  const adjusted = adjustedLines(definition, document, known)
  return document.lines.flatMap((line): readonly CostAdjustment[] => {
    const origin = adjusted.get(line.lineId)
    if (!origin?.ok || typeof line['amount'] !== 'number') return []
    const net = subtractMoney(money(line['amount']), money(Number(line['tax'] ?? 0)))
    return definition.adjusts?.as === 'invoice'
      ? billedLegs(origin.value, quantity(Number(line['quantity'] ?? 0)), net)
      : chargedLegs(origin.value, net)
  })
}

/** Legs are billed in their order; what is beyond them all, as after a merge, stands with the last. */
function billedLegs({ docId, legs }: Adjusted, billed: Quantity, net: Money): CostAdjustment[] {
  let rest: number = billed
  const taken = legs.map(({ leg, open }, index) => {
    const own = index === legs.length - 1 ? rest : Math.min(open, rest)
    rest -= own
    return { leg: leg.leg, quantity: quantity(own) }
  })
  const billedOnly = taken.filter((each) => each.quantity > 0)
  const shares = shareMoney(
    net,
    billedOnly.map((each) => each.quantity),
  )
  return billedOnly.map((each, i) => ({
    ...{ docId, leg: each.leg, kind: 'invoice', quantity: each.quantity },
    amount: shares[i] ?? zeroMoney,
  }))
}

function chargedLegs({ docId, legs }: Adjusted, net: Money): CostAdjustment[] {
  const shares = shareMoney(
    net,
    legs.map(({ leg }) => leg.quantity),
  )
  return legs.flatMap(({ leg }, i): CostAdjustment[] => {
    const amount = shares[i] ?? zeroMoney
    return amount === 0 ? [] : [{ docId, leg: leg.leg, kind: 'landed', amount }]
  })
}

function sumOf(quantities: readonly Quantity[]): Quantity {
  return quantities.reduce<Quantity>(addQuantity, zeroQuantity)
}
