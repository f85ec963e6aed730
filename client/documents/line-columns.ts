/** The columns of a type's line grid, from its line fields; nothing here knows a single document type. */
import type { DraftDetail, FieldValues, ProductRow } from '#client/engine/face/face.ts'
import { findBins, findMasters, findProducts } from '#client/queries/suggest.ts'
import { labelText } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import { moneyText, quantityDigits } from '#client/text/figures.ts'
import type { LineColumn } from '#client/ui/line-columns.ts'
import type { Suggest, Suggestion } from '#client/ui/suggestions.ts'
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import type { Field } from '#domain/doctype/fields.ts'
import { serialsOf, warehouseWithin } from '#domain/doctype/goods-fields.ts'
import { money } from '#domain/values/money.ts'
import { quantity } from '#domain/values/quantity.ts'
import { keyText } from './field-text.tsx'
import { namedUnits } from './named-units.ts'
import { type LinePrices, priceNote } from './price-note.ts'

export type DraftLine = FieldValues & { readonly lineId: string }

export function lineColumns(
  definition: AnyDocumentDefinition,
  draft: () => DraftDetail | undefined,
  isReadable: (field: Field) => boolean,
  prices: () => LinePrices,
): readonly LineColumn<DraftLine>[] {
  return (
    Object.entries<Field>(definition.lines)
      .filter(([, field]) => isReadable(field) && !isUnseen(field))
      // Which batch was passed over stands beside the batch.
      .filter(([, { kind, isDerived }]) => !(kind === 'batch' && isDerived))
      .filter(([, { facet }]) => facet === undefined || draft()?.facets.includes(facet))
      .map(([name, field]) => columnOf(name, field, draft, prices))
  )
}

/** Links are shown by the chain; when a line was entered, the desk keeps. */
function isUnseen({ kind }: Field): boolean {
  return kind.startsWith('origin') || ['moment', 'shares', 'price-rule'].includes(kind)
}

function columnOf(
  name: string,
  field: Field,
  draft: () => DraftDetail | undefined,
  prices: () => LinePrices,
): LineColumn<DraftLine> {
  const skuOf = (row: DraftLine | undefined): ProductRow | undefined =>
    row === undefined ? undefined : draft()?.skus[keyText(row['skuId'])]
  const base = {
    key: name,
    label: labelText(field.label),
    width: widthOf(field),
    isRequired: !field.isOptional,
    value: (row: DraftLine) => plain(row[name]),
  }
  const noted = (row: DraftLine) => priceNote(prices()[row.lineId], row['priceRule'])
  if (field.isDerived) {
    const text = field.kind === 'quantity' ? plannedText : derivedText
    return { ...base, kind: 'computed', render: (row) => text(row[name], row) }
  }
  switch (field.kind) {
    case 'reference':
      return {
        ...base,
        kind: 'reference',
        grow: field.entity === 'sku' ? 3 : 0,
        display: (row) => draft()?.names[keyText(row[name])] ?? '',
        suggest: suggesting(field, draft),
        ...(field.entity === 'sku' ? { note: (row) => noteOf(skuOf(row)) } : {}),
      }
    case 'quantity':
      return { ...base, kind: 'quantity', units: (row) => unitsFor(skuOf(row)) }
    case 'unit':
      return {
        ...base,
        kind: 'choice',
        options: (row) =>
          unitsFor(skuOf(row)).map((unit) => ({ value: unit.name, label: unit.name })),
      }
    case 'choice': {
      const options = Object.entries(field.options).map(([value, label]) => ({
        value,
        label: labelText(label),
      }))
      return { ...base, kind: 'choice', options: () => options }
    }
    case 'price':
      return { ...base, kind: 'price', note: noted }
    case 'money':
    case 'percent':
    case 'date':
      return { ...base, kind: field.kind }
    case 'batch':
      return { ...base, kind: 'text', grow: 2, note: (row) => proposalText(draft(), row) }
    case 'serials':
      return { ...base, kind: 'text', grow: 1, note: (row) => serialsNote(row, name) }
    default:
      return { ...base, kind: 'text', grow: 1 }
  }
}

function widthOf(field: Field): number {
  const widths: Readonly<Record<string, number>> = {
    reference: 200,
    quantity: 110,
    price: 104,
    money: 112,
    unit: 76,
    percent: 76,
    date: 104,
    batch: 150,
    serials: 170,
    choice: 84,
  }
  if (field.kind === 'reference' && field.entity === 'bin') return 88
  return widths[field.kind] ?? 120
}

function plain(value: FieldValues[string] | undefined): string | number | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined
}

function derivedText(value: FieldValues[string] | undefined): string {
  return typeof value === 'number' ? moneyText(money(value)) : keyText(value)
}

/** '10', and by how much the line differs from it: '10（+0.5）'. */
function plannedText(value: FieldValues[string] | undefined, row: DraftLine): string {
  if (typeof value !== 'number') return ''
  const { quantity: typed } = row
  const text = quantityDigits(quantity(value))
  if (typeof typed !== 'number' || typed === value) return text
  const sign = typed > value ? '+' : ''
  return t('recipe.differs', text, `${sign}${quantityDigits(quantity(typed - value))}`)
}

function unitsFor(sku: ProductRow | undefined) {
  return sku === undefined ? [] : namedUnits(sku)
}

function noteOf(sku: ProductRow | undefined): string | undefined {
  return sku === undefined ? undefined : [sku.specification, sku.code].filter(Boolean).join(' · ')
}

/** SKUs by whatever people call them; bins of the warehouse in the header. */
function suggesting(
  field: Field & { readonly kind: 'reference' },
  draft: () => DraftDetail | undefined,
): Suggest {
  if (field.entity === 'sku') return suggestSkus
  const { within } = field
  if (within === undefined) return (text) => findMasters(field.entity, text)
  return (text) => findBins(warehouseWithin(draft()?.header ?? {}, within) ?? '', text)
}

/** '先到期先出：B1 × 3，B2 × 2' where nobody has named a batch. */
function proposalText(draft: DraftDetail | undefined, row: DraftLine): string | undefined {
  const passedOver = row['proposedBatch']
  if (typeof passedOver === 'string') return t('editor.passedOver', passedOver)
  const shares = draft?.proposals[row.lineId] ?? []
  if (shares.length === 0) return undefined
  const texts = shares.map(
    ({ batch, quantity: steps }) => `${batch}×${quantityDigits(quantity(steps))}`,
  )
  return t('editor.proposal', texts.join(t('word.listEnd')))
}

function serialsNote(row: DraftLine, name: string): string | undefined {
  const count = serialsOf(row[name]).length
  return count > 1 ? t('editor.serialCount', count) : undefined
}

/** SKUs by whatever people call them, with what is available of them. */
export async function suggestSkus(text: string): Promise<readonly Suggestion[]> {
  const rows = await findProducts(text)
  return rows
    .filter((row) => !row.isDisabled)
    .map((row) => ({
      value: row.skuId,
      label: row.name,
      note: [row.specification, row.code].filter(Boolean).join(' · '),
      end: row.isService ? '' : `${quantityDigits(quantity(row.available))} ${row.baseUnit}`,
    }))
}
