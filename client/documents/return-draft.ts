/**
 * 退货 (a linked return) begun from the document that it takes back: the lines with their origin, everything else as on
 * the original where the return has the same field. The person then lowers or removes what stays.
 */
import { uuidv7 } from 'uuidv7'
import { command } from '#client/commands/command.ts'
import type { DocumentDetail, FieldValue } from '#client/engine/face/face.ts'
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import { keyText } from './field-text.tsx'
import { documentTypes } from '#domain/registry.ts'

/** Types whose lines may take back lines of `type`. */
export function returnsOf(type: string): readonly AnyDocumentDefinition[] {
  return linkedTypes(type).filter((each) => each.links?.as === undefined)
}

/** Types whose lines bring on what a document has sent, while some of it is under way. */
export function arrivalsOf({ type, sentByLine }: DocumentDetail): readonly AnyDocumentDefinition[] {
  const isOpen = Object.values(sentByLine ?? {}).some(({ open }) => open > 0)
  return isOpen ? linkedTypes(type).filter((each) => each.links?.as === 'onward') : []
}

function linkedTypes(type: string): readonly AnyDocumentDefinition[] {
  return documentTypes.filter((each) => each.links?.from.includes(type))
}

/** Types whose lines may carry out, or change, lines of an order. */
export function followersOf(type: string): readonly AnyDocumentDefinition[] {
  return documentTypes.filter((each) => each.orders?.from.includes(type))
}

/** Types whose lines may price lines of `type`: what was billed, or charged on top. */
export function pricersOf({ type, invoicing }: DocumentDetail): readonly AnyDocumentDefinition[] {
  const isBillable = invoicing !== undefined && invoicing.state !== 'all'
  return documentTypes
    .filter((each) => each.adjusts?.from.includes(type))
    .filter((each) => each.adjusts?.as === 'landed' || isBillable)
}

/** Writes the draft and answers its address. */
export async function startReturn(
  definition: AnyDocumentDefinition,
  original: DocumentDetail,
): Promise<string> {
  const docId = uuidv7()
  const header: Record<string, FieldValue> = {}
  for (const name of ['warehouseId', 'supplierId', 'customerId']) {
    const value = firstSaid([original], name)
    if (value !== undefined && Object.hasOwn(definition.header, name)) header[name] = value
  }
  // What is under way goes on to where it was sent.
  const target = original.header['targetWarehouseId']
  const isOnward = definition.links?.as === 'onward' && Object.hasOwn(header, 'warehouseId')
  if (isOnward && target !== undefined) header['warehouseId'] = target
  if (definition.adjusts?.as === 'landed') header['by'] = 'amount'
  const lines = linesFrom(definition, original, header['supplierId'])
  await command('editDraft', { docId, type: definition.type, header, lines })
  return `/documents/${definition.type}/${docId}`
}

/** 中止: the draft of a change that gives up what is open of an order; answers its address. */
export async function startClosing(
  change: AnyDocumentDefinition,
  order: DocumentDetail,
): Promise<string> {
  const docId = uuidv7()
  const isOpen = (lineId: FieldValue | undefined) =>
    (order.orderByLine?.[keyText(lineId)]?.open ?? 0) > 0
  const lines = linesFrom(change, order)
    .filter(({ fields }) => isOpen(fields['orderLineId']))
    .map(({ lineId, fields }) => ({ lineId, fields: { ...fields, quantity: 0 } }))
  const header = { warehouseId: order.header['warehouseId'] }
  await command('editDraft', { docId, type: change.type, header, lines })
  return `/documents/${change.type}/${docId}`
}

/** In a header, else on a line: a request names a supplier for each of its goods. */
export function firstSaid(
  sources: readonly Pick<DocumentDetail, 'header' | 'lines'>[],
  name: string,
): FieldValue | undefined {
  const rows: readonly Readonly<Record<string, FieldValue | undefined>>[] = sources.flatMap(
    ({ header, lines }) => [header, ...lines],
  )
  return rows.map((row) => row[name]).find((value) => value !== undefined)
}

interface DraftLine {
  readonly lineId: string
  readonly fields: Readonly<Record<string, FieldValue | undefined>>
}

/**
 * Lines of the draft, one for each line of the original that it may speak of; a line that wants another supplier
 * stays for another document.
 */
export function linesFrom(
  definition: AnyDocumentDefinition,
  original: DocumentDetail,
  supplierId?: FieldValue,
): readonly DraftLine[] {
  const wanted = original.lines.filter((line) => {
    return definition.claims !== 'order' || (line['supplierId'] ?? supplierId) === supplierId
  })
  return wanted.flatMap((line): DraftLine[] => {
    // A bundle comes back as its components: one of them may stay.
    const parts = original.partsByLine?.[line.lineId]
    if (parts !== undefined) {
      return Object.entries(parts).map(([skuId, quantity]) => ({
        lineId: uuidv7(),
        fields: { skuId, quantity, ...linkTo(definition, original, line) },
      }))
    }
    const quantity = quantityFrom(definition, original, line)
    if (quantity === 0) return []
    const serials = original.sentByLine?.[line.lineId]?.serials
    const fields = {
      ...(serials === undefined ? {} : { serials }),
      ...{ skuId: line['skuId'], quantity },
      ...linkTo(definition, original, line),
    }
    return [{ lineId: uuidv7(), fields }]
  })
}

/** What is open of the line; undefined where it follows from the original. */
function quantityFrom(
  definition: AnyDocumentDefinition,
  { invoicing, orderByLine, sentByLine }: DocumentDetail,
  line: DocumentDetail['lines'][number],
): FieldValue | undefined {
  const { adjusts, links, orders } = definition
  if (links?.as === 'onward') return Math.max(sentByLine?.[line.lineId]?.open ?? 0, 0)
  if (adjusts?.as === 'landed') return undefined
  if (adjusts !== undefined) return invoicing?.openByLine[line.lineId] ?? 0
  const ordered = orders && orderByLine?.[line.lineId]
  if (ordered === undefined) return line['quantity']
  // A change begins with what the line is now.
  return definition.claims === 'change' ? ordered.quantity : ordered.open
}

/**
 * A return takes its money from the original; what carries out an order, or bills a receipt, begins with what was
 * agreed there.
 */
function linkTo(
  definition: AnyDocumentDefinition,
  { docId }: DocumentDetail,
  line: DocumentDetail['lines'][number],
): Readonly<Record<string, FieldValue | undefined>> {
  const { lineId } = line
  const isOrder = definition.orders !== undefined
  const link = isOrder
    ? { orderId: docId, orderLineId: lineId }
    : { originId: docId, originLineId: lineId }
  if (!isOrder && definition.adjusts?.as !== 'invoice') return link
  const agreed = ['unit', 'price', 'discountRate', 'taxRate'].filter(
    (name) => name in definition.lines,
  )
  const values = agreed.flatMap((name) => (line[name] === undefined ? [] : [[name, line[name]]]))
  return { ...link, ...Object.fromEntries(values) }
}
