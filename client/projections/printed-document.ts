/** A posted document, or a draft, as it stands on paper. */
import { type PrintModel, printModel } from '#domain/doctype/print.ts'
import { definitionOf } from '#domain/registry.ts'
import { businessDateOf } from '#domain/values/business-date.ts'
import type { QueryArgs } from '#client/engine/face/face.ts'
import { draftDocument } from './draft-rows.ts'
import type { Reading } from './reading.ts'

export async function printedDocument(
  reading: Reading,
  { docId, language }: QueryArgs<'print'>,
): Promise<PrintModel | undefined> {
  const { audiences, zone } = reading.reader()
  const { masters } = reading.fold
  await reading.documents.load([docId])
  const posted = reading.documents.get(docId)
  const joined = posted === undefined ? reading.drafts.read(docId, audiences) : undefined
  const document = posted ?? (joined === undefined ? undefined : draftDocument(joined))
  const definition = definitionOf(document?.type ?? '')
  if (document === undefined || definition === undefined) return undefined
  const date = businessDateOf(document.at ?? reading.now(), zone)
  const number = posted?.number ?? ''
  return printModel({ definition, document, number, date, masters, audiences, language })
}
