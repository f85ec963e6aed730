/** Names of the masters that fields refer to, so that a screen shows words for ids. */
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import type { Field } from '#domain/doctype/fields.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { nameOf, type Reading } from './reading.ts'

export function namesIn(
  reading: Reading,
  group: AnyDocumentDefinition['header'] | undefined,
  rows: readonly Readonly<Record<string, Json | undefined>>[],
): Readonly<Record<string, string>> {
  const names: Record<string, string> = {}
  for (const [name, field] of Object.entries(group ?? {})) {
    if (field.kind !== 'reference' && field.kind !== 'origin') continue
    for (const { [name]: value } of rows) {
      if (typeof value === 'string') names[value] = wordFor(reading, field, value)
    }
  }
  return names
}

/** A master's name, or the number of an earlier document. */
function wordFor(reading: Reading, field: Field, id: string): string {
  if (field.kind === 'reference') return nameOf(reading, field.entity, id)
  return reading.fold.documents.get(id)?.number ?? ''
}
