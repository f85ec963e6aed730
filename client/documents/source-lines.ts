/**
 * Lines of earlier documents, in the words of the one that takes them on: what of each is still open, at what was
 * agreed there, without what the document has already.
 */
import type { DocumentDetail, DraftDetail, FieldValue } from '#client/engine/face/face.ts'
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import { firstSaid, linesFrom } from './return-draft.ts'

type Values = Readonly<Record<string, FieldValue | undefined>>

/** The line of an earlier document that a line names. */
export function sourceLineOf(line: Values): FieldValue | undefined {
  return line['originLineId'] ?? line['orderLineId']
}

/** The header field of the other side that a type names first. */
export function partyFieldOf({ header }: AnyDocumentDefinition): string | undefined {
  return ['supplierId', 'customerId'].find((name) => Object.hasOwn(header, name))
}

/** What to write into the draft; party and warehouse of the first source where none is chosen yet. */
export function takenFrom(
  definition: AnyDocumentDefinition,
  draft: Pick<DraftDetail, 'header' | 'lines'> | undefined,
  sources: readonly DocumentDetail[],
) {
  const known = new Set(draft?.lines.map(sourceLineOf))
  const header = headerFrom(definition, draft?.header ?? {}, sources)
  const supplierId = header['supplierId'] ?? draft?.header['supplierId']
  const lines = sources
    .flatMap((source) => linesFrom(definition, source, supplierId))
    .filter(({ fields }) => !known.has(sourceLineOf(fields)))
  return { header, lines }
}

function headerFrom(
  definition: AnyDocumentDefinition,
  header: Values,
  sources: readonly DocumentDetail[],
): Values {
  const isOpen = (name: string) =>
    Object.hasOwn(definition.header, name) && header[name] === undefined
  const names = ['supplierId', 'customerId', 'warehouseId'].filter(isOpen)
  const found = names.map((name) => [name, firstSaid(sources, name)] as const)
  return {
    ...Object.fromEntries(found.filter(([, value]) => value !== undefined)),
    ...(isOpen('by') && { by: 'amount' }),
  }
}
