/**
 * Versions of a document: what 反审核 reopens keeps its number and is posted again as the next one. The first
 * version bears the id of its draft, each later one that id with its version behind it: so whoever reopens the
 * same document, on whichever device, reopens the same draft.
 */

export interface DocumentVersion {
  /** Id of the first version. */
  readonly docId: string
  /** From 1 on. */
  readonly version: number
}

/** Versions of one document at most. */
export const limitVersions = 9_999

const suffixPattern = /^(.+)-v([1-9][0-9]{0,3})$/

/** [VER1] Which document an id means, and which version of it. */
export function versionOf(id: string): DocumentVersion {
  const [, docId = '', digits = ''] = suffixPattern.exec(id) ?? []
  const version = Number(digits)
  // INVARIANT: an id has one reading, so that each version has one before it and one behind it.
  if (version < 2 || suffixPattern.test(docId)) return { docId: id, version: 1 }
  return { docId, version }
}

export function idOfVersion({ docId, version }: DocumentVersion): string {
  return version === 1 ? docId : `${docId}-v${version}`
}

/** Id that a reopened document is posted under. */
export function nextVersionId(id: string): string {
  const { docId, version } = versionOf(id)
  return idOfVersion({ docId, version: version + 1 })
}

/** Id of the version that was reopened as this one; undefined of a first one. */
export function previousVersionId(id: string): string | undefined {
  const { docId, version } = versionOf(id)
  return version === 1 ? undefined : idOfVersion({ docId, version: version - 1 })
}
