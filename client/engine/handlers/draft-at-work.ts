/** A draft about which somebody acts: its type, where the person is at work, and what its checks read, loaded. */
import type { AnyDocumentDefinition, DraftDocument } from '#domain/doctype/define.ts'
import type { PostContext } from '#domain/doctype/post.ts'
import { definitionOf } from '#domain/registry.ts'
import { previousVersionId } from '#domain/values/document-version.ts'
import { done, fail } from '#domain/values/result.ts'
import { consultedBy } from '#client/projections/draft-rows.ts'
import type { Reading } from '#client/projections/reading.ts'
import type { Planning } from '../own/append.ts'
import { nextNumber, postContext } from './posting.ts'
import { type AtWork, atWork, type Refused, type Workshop } from './workshop.ts'

export interface DraftAtWork {
  readonly work: AtWork
  readonly definition: AnyDocumentDefinition
  readonly draft: DraftDocument
}

/** A draft may be of another branch than the one on screen: its own roles count. */
export async function draftAtWork(
  workshop: Workshop,
  draft: DraftDocument,
): Promise<Refused<DraftAtWork>> {
  const definition = definitionOf(draft.type)
  if (definition === undefined) return fail([{ code: 'document-unknown' }])
  const work = atWork(workshop, draft.branch)
  if (!work.ok) return work
  await work.value.reading.documents.load(consultedBy(draft))
  return done({ work: work.value, definition, draft })
}

/** What `domain/doctype` makes records of the draft in, under `number`, its kept one or the next. */
export function draftContext(
  workshop: Workshop,
  { work, definition, draft }: DraftAtWork,
  planning: Planning,
  number = keptNumber(work.reading, draft.docId),
): PostContext {
  const at = draft.at ?? workshop.clock.now()
  const given = number ?? nextNumber(work, definition, at, planning)
  return postContext(workshop, work, definition, given, planning.pending)
}

/** A later version of a document bears its number. */
function keptNumber({ fold }: Reading, docId: string): string | undefined {
  const previous = previousVersionId(docId)
  return previous === undefined ? undefined : fold.documents.get(previous)?.number
}
