/** 超收 (over-receipt): how much more than was ordered may come in before a manager has to say so (PU-05). */

import { integerOf } from '#domain/masters/master-field.ts'
import type { completeDraft } from './complete.ts'
import type { AnyDocumentDefinition, PostProblem } from './define.ts'
import { flagField } from './fields.ts'
import { facet } from './goods-fields.ts'
import type { MasterReader, Readers } from './readers.ts'

type Complete = ReturnType<typeof completeDraft>

/** 10⁻⁴ of the whole, as `Percent`. */
const whole = 10_000n

/** A manager's word that more came than was ordered; shown where it is needed. */
export function acceptExcessField() {
  return facet('excess', flagField(['同意超收', 'Accept what came beyond the order']))
}

/**
 * [OCL6] Lines that bring more of an ordered line than it and the tolerance allow, whatever a manager says. Lines
 * of one document add up. Nothing where no tolerance is stated.
 */
export function excessLines(
  definition: AnyDocumentDefinition,
  document: Complete,
  { masters, promised }: Readers,
): readonly PostProblem[] {
  const tolerance = toleranceOf(document, masters)
  if (!('acceptExcess' in definition.header) || tolerance === undefined) return []
  const here = new Map<string, number>()
  return document.lines.flatMap(({ lineId, orderId, orderLineId, quantity }): PostProblem[] => {
    const ordered = promised?.ordered(String(orderId), String(orderLineId))
    if (ordered === undefined || typeof quantity !== 'number') return []
    const key = `${orderId}|${orderLineId}`
    const before = ordered.taken + (here.get(key) ?? 0)
    here.set(key, (here.get(key) ?? 0) + quantity)
    const most = Number((BigInt(ordered.quantity) * (whole + BigInt(tolerance))) / whole)
    const receivable = Math.max(most - before, 0)
    if (quantity <= receivable) return []
    return [{ code: 'received-too-much', field: 'quantity', lineId, receivable }]
  })
}

/** Of the supplier, as far as the reader knows who that is, else of the company. */
function toleranceOf({ header }: Complete, masters: MasterReader): number | undefined {
  const supplier = masters.get('supplier', String(header['supplierId'])) ?? {}
  const [company] = masters.list('company')
  return (
    integerOf(supplier, 'receiptTolerance') ?? integerOf(company?.fields ?? {}, 'receiptTolerance')
  )
}
