/** The preview of an act by document: what each would cost then, the greatest changes first. */
import type { ImpactRows } from '#client/engine/face/face.ts'
import type { Impact, ImpactedLeg } from '#domain/fold/impact.ts'
import { definitionOf } from '#domain/registry.ts'
import { businessDateOf, monthOf } from '#domain/values/business-date.ts'
import type { Instant } from '#domain/values/instant.ts'
import { canRead, nameOf, type Reading } from './reading.ts'

/** More documents than this are only counted. */
const limitShown = 100

export function impactRows(reading: Reading, impact: Impact): ImpactRows {
  const documents = byDocument(impact.legs)
  return {
    documentCount: documents.length,
    ...(canRead(reading, 'buying') && {
      documents: documents.slice(0, limitShown).flatMap((row) => {
        const entry = reading.fold.documents.get(row.docId)
        return entry === undefined ? [] : [{ ...row, type: entry.type, number: entry.number }]
      }),
      valueChange: impact.valueChange,
      months: profitByMonth(reading, impact.legs),
      differences: byMonth(reading, impact.differences),
    }),
    negative: impact.negative.map(({ sku, warehouse, before, after }) => ({
      ...{ skuId: sku, before, after, name: nameOf(reading, 'sku', sku) },
      warehouseName: nameOf(reading, 'warehouse', warehouse),
    })),
  }
}

/** Of sales and what came back of them: goods that cost more leave less. */
function profitByMonth(
  reading: Reading,
  legs: readonly ImpactedLeg[],
): NonNullable<ImpactRows['months']> {
  const ofSales = legs.filter(({ docId }) => {
    const type = reading.fold.documents.get(docId)?.type
    return definitionOf(type ?? '')?.lines['amount']?.audience === 'sales'
  })
  const changes = ofSales.map(({ at, costBefore, costAfter }) => {
    return { at, amount: costAfter - costBefore }
  })
  return byMonth(reading, changes).map(({ month, amount }) => ({ month, profitChange: amount }))
}

/** Those that come to anything, earliest first. */
function byMonth(
  reading: Reading,
  amounts: readonly { readonly at: Instant; readonly amount: number }[],
): readonly { readonly month: string; readonly amount: number }[] {
  const { zone } = reading.reader()
  const sums = new Map<string, number>()
  for (const { at, amount } of amounts) {
    const month = monthOf(businessDateOf(at, zone))
    sums.set(month, (sums.get(month) ?? 0) + amount)
  }
  return [...sums]
    .map(([month, amount]) => ({ month, amount }))
    .filter(({ amount }) => amount !== 0)
    .sort((one, other) => (one.month < other.month ? -1 : 1))
}

interface Sums {
  readonly docId: string
  readonly at: number
  readonly costBefore: number
  readonly costAfter: number
}

function byDocument(legs: readonly ImpactedLeg[]): readonly Sums[] {
  const sums = new Map<string, Sums>()
  for (const { docId, at, costBefore, costAfter } of legs) {
    const known = sums.get(docId) ?? { docId, at, costBefore: 0, costAfter: 0 }
    sums.set(docId, {
      ...known,
      costBefore: known.costBefore + costBefore,
      costAfter: known.costAfter + costAfter,
    })
  }
  const change = ({ costBefore, costAfter }: Sums) => Math.abs(costAfter - costBefore)
  return [...sums.values()].sort((one, other) => change(other) - change(one) || one.at - other.at)
}
