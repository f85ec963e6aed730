/** 异常 (findings): what the fold found wrong, with the names that people know. */
import type { FindingRow, Page, QueryArgs } from '#client/engine/face/face.ts'
import type { Finding } from '#domain/fold/finding.ts'
import { nameOf, type Reading } from './reading.ts'

/** [ANS7] A page of them: there may be thousands, and a screen shows few. */
export function findingPage(
  reading: Reading,
  { only, offset, limit }: QueryArgs<'findings'>,
): Page<FindingRow> {
  const all = followed(reading)
  const asked = only === undefined ? all : all.filter(({ severity }) => severity !== 'info')
  const rows = asked.slice(offset, offset + limit).map((finding) => findingRow(reading, finding))
  return { total: asked.length, offset, rows }
}

function findingRow(reading: Reading, finding: Finding): FindingRow {
  const { key, code, severity, branch, ownerRole, skuId, seenAs } = finding
  const { bin } = finding.evidence
  const evidence =
    typeof bin === 'string'
      ? { ...finding.evidence, bin: nameOf(reading, 'bin', bin) }
      : finding.evidence
  const documents = finding.documents.flatMap((docId) => {
    const entry = reading.fold.documents.get(docId)
    return entry === undefined ? [] : [{ docId, type: entry.type, number: entry.number }]
  })
  const sku = skuId === undefined ? {} : { skuId, skuName: nameOf(reading, 'sku', skuId) }
  const seen = seenAs === undefined ? {} : { seenAs }
  return { key, code, severity, branchId: branch, ownerRole, evidence, documents, ...sku, ...seen }
}

/** Findings that ask somebody for a decision; the others only tell. */
export function decisionCount(reading: Reading): number {
  return reading.fold.decisionCount(new Set(reading.reader().branches))
}

function followed(reading: Reading): readonly Finding[] {
  const { branches } = reading.reader()
  return reading.fold
    .findings()
    .filter(({ branch }) => branch === 'all' || branches.includes(branch))
}
