/**
 * 退货 (a linked return) begun from the document that it takes back: the lines with their origin, everything else as on
 * the original where the return has the same field. The person then lowers or removes what stays.
 */
import { uuidv7 } from 'uuidv7'
import { command } from '#client/commands/command.ts'
import type { DocumentDetail, FieldValue } from '#client/engine/face/face.ts'
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import { documentTypes } from '#domain/registry.ts'

/** Types whose lines may take back lines of `type`. */
export function returnsOf(type: string): readonly AnyDocumentDefinition[] {
  return documentTypes.filter((each) => each.links?.from.includes(type))
}

/** Types whose lines may carry out, or change, lines of an order. */
export function followersOf(type: string): readonly AnyDocumentDefinition[] {
  return documentTypes.filter((each) => each.orders?.from.includes(type))
}

/** Writes the draft and answers its address. */
export async function startReturn(
  definition: AnyDocumentDefinition,
  original: DocumentDetail,
): Promise<string> {
  const docId = uuidv7()
  const header: Record<string, FieldValue> = {}
  for (const name of ['warehouseId', 'supplierId', 'customerId']) {
    const value = original.header[name]
    if (value !== undefined && Object.hasOwn(definition.header, name)) header[name] = value
  }
  const lines = original.lines.map((line) => ({
    lineId: uuidv7(),
    fields: {
      skuId: line['skuId'],
      quantity: line['quantity'],
      ...linkTo(definition, original, line),
    },
  }))
  await command('editDraft', { docId, type: definition.type, header, lines })
  return `/documents/${definition.type}/${docId}`
}

/** A return takes its money from the original; what carries out an order begins with the order's. */
function linkTo(
  definition: AnyDocumentDefinition,
  { docId }: DocumentDetail,
  line: DocumentDetail['lines'][number],
): Readonly<Record<string, FieldValue | undefined>> {
  const { lineId } = line
  if (definition.orders === undefined) return { originId: docId, originLineId: lineId }
  const agreed = ['unit', 'price', 'taxRate'].filter((name) => name in definition.lines)
  const values = agreed.flatMap((name) => (line[name] === undefined ? [] : [[name, line[name]]]))
  return { orderId: docId, orderLineId: lineId, ...Object.fromEntries(values) }
}
