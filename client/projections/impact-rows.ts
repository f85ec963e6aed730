/** The preview of an act by document: what each would cost then, the greatest changes first. */
import type { ImpactRows } from '#client/engine/face/face.ts'
import type { Impact, ImpactedLeg } from '#domain/fold/impact.ts'
import { definitionOf } from '#domain/registry.ts'
import { businessDateOf, monthOf } from '#domain/values/business-date.ts'
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
  const { zone } = reading.reader()
  const changes = new Map<string, number>()
  for (const { docId, at, costBefore, costAfter } of legs) {
    const type = reading.fold.documents.get(docId)?.type
    const isSold = definitionOf(type ?? '')?.lines['amount']?.audience === 'sales'
    if (!isSold) continue
    const month = monthOf(businessDateOf(at, zone))
    changes.set(month, (changes.get(month) ?? 0) + costAfter - costBefore)
  }
  return [...changes]
    .map(([month, profitChange]) => ({ month, profitChange }))
    .filter(({ profitChange }) => profitChange !== 0)
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
