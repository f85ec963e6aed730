/**
 * 带价: lines of a draft take the price that the rules propose, and keep to it while goods, unit, quantity or customer
 * change, until a person types one.
 */
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import type { FieldValue } from '../face/face.ts'
import { proposedPrices } from '#client/projections/line-prices.ts'
import type { JoinedDraft } from '#client/projections/reading.ts'
import type { AtWork } from './workshop.ts'

type Values = Readonly<Record<string, FieldValue | undefined>>

interface EditedLine {
  readonly lineId: string
  readonly fields: Values
}

interface Edited {
  readonly work: Pick<AtWork, 'reading'>
  readonly definition: AnyDocumentDefinition
  readonly draft: JoinedDraft | undefined
  readonly branch: string
}

const pricedBy = ['skuId', 'unit', 'quantity'] as const
const pricedByHeader = ['customerId', 'supplierId', 'at'] as const

/** [PRF1] What is to be written of the lines, prices among them; lines that follow the header come along. */
export async function pricedLines(
  edited: Edited,
  edit: { readonly header?: Values; readonly lines: readonly EditedLine[] },
): Promise<readonly EditedLine[]> {
  const { draft, definition } = edited
  if (!Object.hasOwn(definition.lines, 'price')) return edit.lines
  const known = new Map(draft?.lines.map(({ lineId, fields }) => [lineId, fields]))
  const header: Values = { ...draft?.header, ...edit.header }
  const isAllOfThem = pricedByHeader.some((name) => edit.header && Object.hasOwn(edit.header, name))
  const touched = new Set(edit.lines.map(({ lineId }) => lineId))
  const others = (isAllOfThem ? (draft?.lines ?? []) : [])
    .filter(({ lineId, fields }) => !touched.has(lineId) && fields['priceRule'] !== undefined)
    .map(({ lineId }) => ({ lineId, fields: {} }))
  const lines: EditedLine[] = []
  for (const { lineId, fields } of [...edit.lines, ...others]) {
    const price = await priceFields(edited, header, known.get(lineId) ?? {}, fields)
    lines.push({ lineId, fields: { ...fields, ...price } })
  }
  return lines.filter(({ lineId, fields }) => touched.has(lineId) || Object.keys(fields).length > 0)
}

async function priceFields(
  edited: Edited,
  header: Values,
  before: Values,
  fields: Values,
): Promise<Values> {
  if (Object.hasOwn(fields, 'price')) return typedOver(before, fields)
  const line = { ...before, ...fields }
  const isLinked = (line['originId'] ?? line['orderId']) !== undefined
  if (isLinked || !isOpen(before, fields)) return {}
  const { work, definition, branch } = edited
  const [first] = await proposedPrices(work.reading, { definition, branch, header, line })
  const { price, priceRule } = before
  // What was proposed for other goods does not stand for these.
  if (first === undefined) return priceRule === undefined ? {} : withoutPrice
  if (price === first.price && priceRule === first.rule) return {}
  const knowsRule = Object.hasOwn(definition.lines, 'priceRule')
  return { price: first.price, ...(knowsRule && { priceRule: first.rule }) }
}

const withoutPrice: Values = { price: undefined, priceRule: undefined }

/** A price that a person types is nobody's proposal. */
function typedOver(before: Values, fields: Values): Values {
  const isOver = before['priceRule'] !== undefined && !Object.hasOwn(fields, 'priceRule')
  return isOver ? { priceRule: undefined } : {}
}

/** Whether the rules may set the price: not over one that was typed, unless the goods are others now. */
function isOpen(before: Values, fields: Values): boolean {
  const isTyped = before['price'] !== undefined && before['priceRule'] === undefined
  if (isTyped) return Object.hasOwn(fields, 'skuId')
  return Object.keys(fields).length === 0 || pricedBy.some((name) => Object.hasOwn(fields, name))
}
