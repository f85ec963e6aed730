/** What went out for the lines of bundles (套装): legs of other SKUs than the line's own. */
import type { PostedDocument } from '#domain/doctype/readers.ts'
import type { DocumentDetail } from '#client/engine/face/face.ts'

export function bundledParts(
  document: Pick<PostedDocument, 'lines' | 'legs'> | undefined,
): Pick<DocumentDetail, 'partsByLine'> {
  const partsByLine: Record<string, Readonly<Record<string, number>>> = {}
  for (const { lineId, skuId } of document?.lines ?? []) {
    const legs = document?.legs.filter((leg) => (leg.lineId ?? leg.leg) === lineId) ?? []
    if (legs.length === 0 || legs.some((leg) => leg.sku === skuId)) continue
    const parts: Record<string, number> = {}
    for (const leg of legs) parts[leg.sku] = (parts[leg.sku] ?? 0) + Math.abs(leg.quantity)
    partsByLine[lineId] = parts
  }
  return Object.keys(partsByLine).length === 0 ? {} : { partsByLine }
}
