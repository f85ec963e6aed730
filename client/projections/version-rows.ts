/** Versions of a document (反审核): what took one back, what follows it, and what the later one says otherwise. */
import type { DocumentEntry } from '#domain/fold/documents.ts'
import type { DocumentDetail, FieldValues, VersionChange } from '#client/engine/face/face.ts'
import { nextVersionId, previousVersionId, versionOf } from '#domain/values/document-version.ts'
import { type Reading, userName } from './reading.ts'

export interface Said {
  readonly header: FieldValues
  readonly lines: readonly (FieldValues & { readonly lineId: string })[]
}

/** Of a later version, which one it is. */
export function versionIn(docId: string): { readonly version?: number } {
  const { version } = versionOf(docId)
  return version === 1 ? {} : { version }
}

export function takenBackIn(
  reading: Reading,
  { docId, reversedBy }: DocumentEntry,
): Pick<DocumentDetail, 'reversedBy' | 'unapprovedBy'> {
  if (reversedBy === undefined) return {}
  const { at, by, reason, isUnapproval } = reversedBy
  const said = { at, byName: userName(reading, by), reason }
  if (isUnapproval === undefined) return { reversedBy: said }
  const next = nextVersionId(docId)
  const isNextPosted = reading.fold.documents.get(next) !== undefined
  return { unapprovedBy: { ...said, next, isNextPosted } }
}

/** `saidBefore`: what the reader may see of the version before it. */
export function previousIn(
  docId: string,
  now: Said,
  saidBefore: (docId: string) => Said | undefined,
): Pick<DocumentDetail, 'previous'> {
  const previous = previousVersionId(docId)
  const before = previous === undefined ? undefined : saidBefore(previous)
  if (previous === undefined || before === undefined) return {}
  const { version } = versionOf(previous)
  return { previous: { docId: previous, version, changes: changesBetween(before, now) } }
}

function changesBetween(before: Said, now: Said): VersionChange[] {
  const lineIds = new Set([...before.lines, ...now.lines].map(({ lineId }) => lineId))
  const lineIn = ({ lines }: Said, id: string) => lines.find(({ lineId }) => lineId === id)
  return [
    ...fieldChanges(before.header, now.header),
    ...[...lineIds].flatMap((lineId) => lineChanges(lineIn(before, lineId), lineIn(now, lineId))),
  ]
}

type Line = Said['lines'][number]

function lineChanges(before: Line | undefined, now: Line | undefined): VersionChange[] {
  const line = now ?? before
  if (line === undefined) return []
  const { lineId, skuId } = line
  const of = { lineId, ...(typeof skuId === 'string' && { skuId }) }
  const isWhole = before !== undefined && now !== undefined
  const changes = isWhole
    ? fieldChanges(before, now)
    : fieldChanges(quantityIn(before), quantityIn(now))
  return changes.map((change) => ({ ...change, ...of }))
}

/** A line that came or went is told by how much it is. */
function quantityIn(line: Line | undefined): FieldValues {
  const quantity = line?.['quantity']
  return quantity === undefined ? {} : { quantity }
}

function fieldChanges(before: FieldValues, now: FieldValues): VersionChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(now)])
  names.delete('lineId')
  return [...names]
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(now[field]))
    .map((field) => ({
      field,
      ...(before[field] !== undefined && { before: before[field] }),
      ...(now[field] !== undefined && { after: now[field] }),
    }))
}
