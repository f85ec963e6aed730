/** 异常 (findings): what the fold found wrong, with the names that people know. */
import type { FindingRow } from '#client/engine/face.ts'
import type { Finding } from '#domain/fold/finding.ts'
import { nameOf, type Reading } from './reading.ts'

/** The first `limit` of them. */
export function findingRows(
  reading: Reading,
  limit = Number.POSITIVE_INFINITY,
): readonly FindingRow[] {
  return followed(reading)
    .slice(0, limit)
    .map((finding) => {
      const { key, code, severity, branch, ownerRole, evidence, skuId } = finding
      const documents = finding.documents.flatMap((docId) => {
        const entry = reading.fold.documents.get(docId)
        return entry === undefined ? [] : [{ docId, type: entry.type, number: entry.number }]
      })
      const sku = skuId === undefined ? {} : { skuId, skuName: nameOf(reading, 'sku', skuId) }
      return { key, code, severity, branchId: branch, ownerRole, evidence, documents, ...sku }
    })
}

/** Findings that ask somebody for a decision; the others only tell. */
export function decisionCount(reading: Reading): number {
  return followed(reading).filter(({ severity }) => severity !== 'info').length
}

function followed(reading: Reading): readonly Finding[] {
  const { branches } = reading.reader()
  return reading.fold
    .findings()
    .filter(({ branch }) => branch === 'all' || branches.includes(branch))
}
