/** A posted document that somebody at work in its branch acts on: what 红冲 and 补录 begin with. */
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import { definitionOf } from '#domain/registry.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import type { Problem } from '../face/face.ts'
import { type AtWork, atWork, type Workshop } from './workshop.ts'

export interface PostedAtWork {
  readonly work: AtWork
  readonly definition: AnyDocumentDefinition
  readonly branch: string
  readonly number: string
}

/** Its lines can be read from then on. */
export async function postedAtWork(
  workshop: Workshop,
  docId: string,
): Promise<Result<PostedAtWork, readonly Problem[]>> {
  const entry = workshop.reading?.fold.documents.get(docId)
  const definition = definitionOf(entry?.type ?? '')
  if (entry === undefined || definition === undefined) return fail([{ code: 'document-unknown' }])
  const work = atWork(workshop, entry.branch)
  if (!work.ok) return work
  await work.value.reading.documents.load([docId])
  return done({ work: work.value, definition, branch: entry.branch, number: entry.number })
}
