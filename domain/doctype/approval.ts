/** Whether a flow of the company asks for approval of a document before it counts, as far as its author can know. */

import {
  type AskedFlow,
  askedFlow,
  type DocumentFacts,
  flowsOf,
} from '#domain/masters/approval-flow.ts'
import { textOf } from '#domain/masters/master-field.ts'
import { ownPrice } from '#domain/masters/price-proposal.ts'
import { money } from '#domain/values/money.ts'
import { percent } from '#domain/values/percent.ts'
import { divideRounded } from '#domain/values/rounding.ts'
import type { completeDraft } from './complete.ts'
import type { AnyDocumentDefinition } from './define.ts'
import type { Readers } from './readers.ts'
import { reductionsOf } from './reductions.ts'

type Document = ReturnType<typeof completeDraft>

/** [SUB1] Undefined where nobody needs to approve it. */
export function approvalAsked(
  definition: AnyDocumentDefinition,
  document: Document,
  readers: Pick<Readers, 'masters'>,
): AskedFlow | undefined {
  const [company] = readers.masters.list('company')
  const flows = company === undefined ? [] : flowsOf(company.fields)
  if (!flows.some(({ type }) => type === definition.type)) return undefined
  return askedFlow(flows, factsOf(definition, document, readers))
}

function factsOf(
  definition: AnyDocumentDefinition,
  document: Document,
  { masters }: Pick<Readers, 'masters'>,
): DocumentFacts {
  const { type, branch, header, lines } = document
  const amounts = lines.map((line) => line['amount']).filter((each) => typeof each === 'number')
  const sum = amounts.reduce((all, each) => all + each, 0) - reductionsOf(header)
  const facts = { type, branch, ...(amounts.length > 0 && { amount: money(sum) }) }
  if (definition.lines['price']?.audience !== 'sales') return facts
  const deviations = lines.map((line) => deviationOf(line, masters))
  return {
    ...facts,
    discount: percent(Math.max(0, ...deviations.map(({ discount }) => discount))),
    isBelowMinimum: deviations.some((each) => each.isBelowMinimum),
  }
}

/** How far a price is below the list price (10⁻⁴), and whether below the least that is allowed. */
function deviationOf(
  line: Document['lines'][number],
  masters: Readers['masters'],
): { readonly discount: number; readonly isBelowMinimum: boolean } {
  const price = line['price']
  const sku = masters.get('sku', String(line['skuId']))
  if (typeof price !== 'number' || sku === undefined) return { discount: 0, isBelowMinimum: false }
  const unit = typeof line['unit'] === 'string' ? line['unit'] : textOf(sku, 'baseUnit')
  const [list = 0, minimum = 0] = (['retailPrice', 'minimumPrice'] as const).map((name) =>
    ownPrice({ sku, unit }, name),
  )
  const below = list > price ? divideRounded(BigInt(list - price) * 10_000n, BigInt(list)) : 0n
  return { discount: Number(below), isBelowMinimum: price < minimum }
}
