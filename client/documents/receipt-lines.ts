/**
 * Lines of receipts, in the words of an invoice or a charge: what of each is still open, at what was agreed there,
 * without what the document has already.
 */
import type { DocumentDetail, DraftDetail, FieldValue } from '#client/engine/face/face.ts'
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import { linesFrom } from './return-draft.ts'

type Values = Readonly<Record<string, FieldValue | undefined>>

/** What to write into the draft; the supplier of the first receipt where none is chosen yet. */
export function takenFrom(
  definition: AnyDocumentDefinition,
  draft: Pick<DraftDetail, 'header' | 'lines'> | undefined,
  receipts: readonly DocumentDetail[],
) {
  const known = new Set(draft?.lines.map((line) => line['originLineId']))
  const lines = receipts
    .flatMap((receipt) => linesFrom(definition, receipt))
    .filter(({ fields }) => !known.has((fields as Values)['originLineId']))
  return { header: headerFrom(definition, draft?.header ?? {}, receipts), lines }
}

function headerFrom(
  definition: AnyDocumentDefinition,
  header: Values,
  [first]: readonly DocumentDetail[],
): Values {
  const supplierId = first?.header['supplierId']
  const isOpen = (name: string) =>
    Object.hasOwn(definition.header, name) && header[name] === undefined
  return {
    ...(isOpen('supplierId') && supplierId !== undefined && { supplierId }),
    ...(isOpen('by') && { by: 'amount' }),
  }
}
