/** Names of the masters that fields refer to, so that a screen shows words for ids. */
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { nameOf, type Reading } from './reading.ts'

export function namesIn(
  reading: Reading,
  group: AnyDocumentDefinition['header'] | undefined,
  rows: readonly Readonly<Record<string, Json | undefined>>[],
): Readonly<Record<string, string>> {
  const names: Record<string, string> = {}
  for (const [field, definition] of Object.entries(group ?? {})) {
    for (const row of rows) {
      const value = row[field]
      if (typeof value !== 'string') continue
      if (definition.kind === 'reference') names[value] = nameOf(reading, definition.entity, value)
      if (definition.kind === 'origin') {
        names[value] = reading.fold.documents.get(value)?.number ?? ''
      }
    }
  }
  return names
}
