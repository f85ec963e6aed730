/**
 * What follows from the fields that were typed: amounts, tax, shares of a rounding-off, and what the
 * type itself derives. Called while typing, so nothing needs to be there yet, and before posting.
 */

import { textOf } from '#domain/masters/master-field.ts'
import type { Leg } from '#domain/records/posted-body.ts'
import { unitsOf } from '#domain/masters/unit.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { type Money, money, subtractMoney } from '#domain/values/money.ts'
import { netOfTax, percent } from '#domain/values/percent.ts'
import { quantity } from '#domain/values/quantity.ts'
import { averageCost, boundedPriceOf, unitPrice } from '#domain/values/unit-price.ts'
import type { UnitFactor } from '#domain/values/unit.ts'
import { shareCharge, withOrigins } from './adjustments.ts'
import { withTransferValues } from './between-branches.ts'
import { bundleShares, shareOfBundle } from './bundles.ts'
import { completeGoods } from './complete-goods.ts'
import type { AnyDocumentDefinition, DraftDocument } from './define.ts'
import { originsOf } from './links.ts'
import type { MasterReader, Readers } from './readers.ts'
import { completeRecipe } from './recipe-lines.ts'
import { discountedFactor, shareReductions } from './reductions.ts'

type Fields = AnyDocumentDefinition['header']
type Values = Readonly<Record<string, string | number | undefined>>
type Line = Values & { readonly lineId: string }

/** A draft in which every value is of its field's kind and readable by the actor. */
interface CompleteDocument extends DraftDocument {
  readonly header: Values
  readonly lines: readonly Line[]
}

/**
 * Leaves out what is of a wrong kind or of an audience that the actor may not write, then fills the
 * derived fields. What cannot be computed yet stays absent [CMP1].
 */
export function completeDraft(
  definition: AnyDocumentDefinition,
  draft: DraftDocument,
  readers: Readers,
): CompleteDocument {
  const typed = keepTyped(definition, draft, readers.audiences)
  const told = completeRecipe(definition, completeGoods(definition, typed, readers), readers)
  const named = withOrigins(definition, told, readers.documents)
  const valued = { ...named, lines: withTransferValues(definition, named, readers) }
  const priced = shareCharge(definition, priceLines(definition, valued, readers), readers)
  const shared = shareReductions(definition, priced)
  const taxed = isTaxed(definition, shared, readers.masters) ? withTax(definition, shared) : shared
  const header = { ...taxed.header, ...definition.derive?.(taxed) }
  return { ...taxed, header: readable(definition.header, header, readers.audiences) }
}

function keepTyped(
  definition: AnyDocumentDefinition,
  draft: DraftDocument,
  audiences: Readers['audiences'],
): CompleteDocument {
  const keep = (fields: Fields, values: DraftDocument['header']): Values => {
    const kept = Object.entries(fields).filter(
      ([name, field]) => !field.isDerived && field.check(values[name]) === undefined,
    )
    const typed = Object.fromEntries(kept.map(([name]) => [name, values[name] as string | number]))
    return readable(fields, typed, audiences)
  }
  return {
    ...draft,
    header: keep(definition.header, draft.header),
    lines: draft.lines.map((line) => ({ ...keep(definition.lines, line), lineId: line.lineId })),
  }
}

function readable(fields: Fields, values: Values, audiences: Readers['audiences']): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => {
      const audience = fields[name]?.audience
      return value !== undefined && audience !== undefined && audiences.includes(audience)
    }),
  )
}

/** A linked line takes price and money from its origin where this device knows them [LNK3]. */
function priceLines(
  definition: AnyDocumentDefinition,
  document: CompleteDocument,
  readers: Readers,
): CompleteDocument {
  const { audiences, masters, documents } = readers
  const audience = definition.lines['amount']?.audience
  if (audience === undefined || !audiences.includes(audience)) return document
  const origins = originsOf(definition, document, documents)
  const isBundled = 'bundleShares' in definition.lines
  const lines = document.lines.map((line): Line => {
    const shares = isBundled ? bundleShares(line, document, readers) : undefined
    const origin = origins.get(line.lineId)
    const shared = origin?.ok ? moneyOfOrigin(origin.value) : undefined
    return {
      ...{ ...line, ...(shared ?? ownAmount(line, masters)) },
      ...(shares !== undefined && { bundleShares: shares }),
    }
  })
  return { ...document, lines }
}

/** Without tax of its own the origin deducted none, so there is none to take back. */
function moneyOfOrigin(origin: {
  readonly line: Readonly<Record<string, Json>>
  readonly legs: readonly { readonly leg: Leg }[]
  shareOf(whole: Money): Money
}): Values | undefined {
  const {
    amount,
    allowance,
    tax,
    unit,
    price,
    taxRate,
    bundleShares: shares,
  } = origin.line as Values
  if (typeof amount !== 'number') return undefined
  const sku = origin.legs[0]?.leg.sku ?? ''
  const paid = shareOfBundle(
    shares,
    sku,
    subtractMoney(money(amount), money(Number(allowance ?? 0))),
  )
  const deducted = shareOfBundle(shares, sku, money(Number(tax ?? 0)))
  const share = { amount: origin.shareOf(paid), tax: origin.shareOf(deducted) }
  if (shares === undefined) return { unit, price, taxRate, ...share }
  const sold = origin.legs.reduce((sum, { leg }) => sum + Math.abs(leg.quantity), 0)
  return { price: averageCost(paid, quantity(sold)), taxRate, ...share }
}

/** quantity × price less the line's percentage off, unless the amount itself was typed; nothing beyond `limitMoney` [AMT1]. */
function ownAmount(line: Line, masters: MasterReader): Values {
  const [steps, price] = [numberOf(line, 'quantity'), numberOf(line, 'price')]
  if (line['amount'] !== undefined || steps === undefined || price === undefined) return {}
  const factor = unitFactorOf(line, masters)
  const reduced = factor && discountedFactor(factor, numberOf(line, 'discountRate') ?? 0)
  const amount = reduced && boundedPriceOf(quantity(steps), unitPrice(price), reduced)
  return amount === undefined ? {} : { amount }
}

/** Of the line's unit, else of the base unit; undefined for a unit that the SKU lacks. */
function unitFactorOf(line: Line, masters: MasterReader): UnitFactor | undefined {
  const sku = masters.get('sku', String(line['skuId'])) ?? {}
  const units = unitsOf(sku)
  return units.find(({ name }) => name === (line['unit'] ?? textOf(sku, 'baseUnit')))?.factor
}

/**
 * Whether VAT inside the price is the company's: always when it sells; when it buys, only if it is a
 * 一般纳税人 and the invoice is a 专票, otherwise the whole price is cost (policies 23) [AMT2].
 */
function isTaxed(
  definition: AnyDocumentDefinition,
  document: CompleteDocument,
  masters: MasterReader,
): boolean {
  if (definition.lines['tax']?.audience === 'sales') return true
  const [company] = masters.list('company')
  const isGeneral = company !== undefined && textOf(company.fields, 'taxpayer') === 'general'
  return isGeneral && document.header['invoiceKind'] === 'special'
}

function withTax(definition: AnyDocumentDefinition, document: CompleteDocument): CompleteDocument {
  if (!('tax' in definition.lines)) return document
  return { ...document, lines: document.lines.map(taxLine) }
}

/** The share of an origin's tax stands; a line of its own is taxed on what is paid for it. */
function taxLine(line: Line): Line {
  const [amount, rate] = [numberOf(line, 'amount'), numberOf(line, 'taxRate')]
  if (line['tax'] !== undefined || amount === undefined || rate === undefined) return line
  const paid = subtractMoney(money(amount), money(numberOf(line, 'allowance') ?? 0))
  return { ...line, tax: netOfTax(paid, percent(rate)).tax }
}

function numberOf(values: Values, name: string): number | undefined {
  const value = values[name]
  return typeof value === 'number' ? value : undefined
}
