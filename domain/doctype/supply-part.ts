/** 补录: the parts of a posted document that its poster might not write, as a receipt's prices. */

import type { Audience } from '#domain/records/audience.ts'
import { assert } from '#domain/values/assert.ts'
import { absQuantity, subtractQuantity } from '#domain/values/quantity.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { checkDraft } from './check.ts'
import { completeDraft } from './complete.ts'
import type { AnyDocumentDefinition, DraftDocument, PostProblem } from './define.ts'
import { makeParts, partsOfPosting } from './parts.ts'
import { actProblem } from './permission.ts'
import type { PostContext, Posting } from './post.ts'
import type { PostedDocument, Readers } from './readers.ts'

/** Fields of the missing parts, as typed. */
type Supplied = Pick<DraftDocument, 'header' | 'lines'>

/**
 * Writes every part that is missing and that the actor may write, for the posting that was seen. What
 * the other parts say is a fact by now: it is neither asked again nor changed [SUP1] [SUP2].
 */
export function supplyPart(
  context: PostContext,
  docId: string,
  supplied: Supplied,
): Result<Posting, readonly PostProblem[]> {
  const { definition, actor, documents } = context
  const seen = documents.get(docId)
  if (seen === undefined) return fail([{ code: 'document-unknown' }])
  assert(seen.branch === context.branchId, 'a part is supplied in its own branch')
  const forbidden = actProblem(definition, 'supply', seen.state, actor.roles)
  if (forbidden !== undefined) return fail([forbidden])
  if (seen.postedIn !== undefined) return fail([{ code: 'document-of-other-branch' }])
  const missing = partsOfPosting(definition, supplied).filter(
    (part) => seen.parts[part] === undefined && context.audiences.includes(part),
  )
  if (missing.length === 0) return fail([{ code: 'nothing-missing' }])

  const { audiences, masters } = context
  const readers = { audiences, masters, documents: withoutReturnsOf(seen, documents) }
  const draft = merged(seen, supplied)
  const problems = [
    ...checkSupplied(definition, seen, supplied, missing),
    ...checkDraft(definition, draft, readers).filter((problem) =>
      concerns(problem, definition, missing),
    ),
  ]
  if (problems.length > 0) return fail(problems)

  const { postingId, number, type, legs, parts: written } = seen
  const document = completeDraft(definition, draft, readers)
  const parts = makeParts(
    { definition, document, postingId, number, written, legs },
    missing,
    context,
  )
  return done({
    ...{ docId, postingId, type, number, at: context.at },
    parts: parts.map((part) => ({ ...part, kind: 'part-supplied.v1' })),
    warnings: [],
  })
}

/** The document counts among the returns of its origin by now; its money is reckoned without it. */
function withoutReturnsOf(
  seen: PostedDocument,
  documents: Readers['documents'],
): Readers['documents'] {
  return {
    get: (docId) => documents.get(docId),
    returnedOf(docId, leg) {
      const own = seen.legs.filter(({ origin }) => origin?.docId === docId && origin.leg === leg)
      return own.reduce(
        (sum, { quantity }) => subtractQuantity(sum, absQuantity(quantity)),
        documents.returnedOf(docId, leg),
      )
    },
  }
}

function merged(seen: PostedDocument, supplied: Supplied): DraftDocument {
  const suppliedById = new Map(supplied.lines.map((line) => [line.lineId, line]))
  return {
    ...{ docId: seen.docId, type: seen.type, branch: seen.branch, at: seen.at },
    header: { ...seen.header, ...supplied.header },
    lines: seen.lines.map((line) => ({ ...line, ...suppliedById.get(line.lineId) })),
  }
}

/** Only fields of missing parts, only on lines that exist. */
function checkSupplied(
  definition: AnyDocumentDefinition,
  seen: PostedDocument,
  supplied: Supplied,
  missing: readonly Audience[],
): PostProblem[] {
  const known = new Set(seen.lines.map(({ lineId }) => lineId))
  const foreign = (fields: AnyDocumentDefinition['header'], values: Supplied['header']) =>
    Object.keys(values)
      .filter((name) => name !== 'lineId' && !isOf(missing, fields[name]?.audience))
      .map((field) => ({ code: 'field-not-missing', field }))
  return [
    ...foreign(definition.header, supplied.header),
    ...supplied.lines.flatMap((line): PostProblem[] => {
      const { lineId } = line
      if (!known.has(lineId)) return [{ code: 'line-unknown', lineId }]
      return foreign(definition.lines, line).map((problem) => ({ ...problem, lineId }))
    }),
  ]
}

function isOf(audiences: readonly Audience[], audience: Audience | undefined): boolean {
  return audience !== undefined && audiences.includes(audience)
}

function concerns(
  { field, lineId }: PostProblem,
  definition: AnyDocumentDefinition,
  missing: readonly Audience[],
): boolean {
  if (field === undefined) return true
  const group = lineId === undefined ? definition.header : definition.lines
  return isOf(missing, group[field]?.audience)
}
