/** The columns of a type's line grid, from its line fields; nothing here knows a single document type. */
import type { DraftDetail, FieldValues, ProductRow } from '#client/engine/face/face.ts'
import { findMasters, findProducts } from '#client/queries/suggest.ts'
import { labelText } from '#client/text/language.ts'
import { moneyText, quantityDigits } from '#client/text/figures.ts'
import type { LineColumn } from '#client/ui/line-columns.ts'
import type { Suggestion } from '#client/ui/suggestions.ts'
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import type { Field } from '#domain/doctype/fields.ts'
import { money } from '#domain/values/money.ts'
import { quantity } from '#domain/values/quantity.ts'
import { keyText } from './field-text.tsx'
import { namedUnits } from './named-units.ts'

export type DraftLine = FieldValues & { readonly lineId: string }

export function lineColumns(
  definition: AnyDocumentDefinition,
  draft: () => DraftDetail | undefined,
  isReadable: (field: Field) => boolean,
): readonly LineColumn<DraftLine>[] {
  return Object.entries<Field>(definition.lines)
    .filter(([, field]) => isReadable(field) && !field.kind.startsWith('origin'))
    .filter(([, { facet }]) => facet === undefined || draft()?.facets.includes(facet))
    .map(([name, field]) => columnOf(name, field, draft))
}

function columnOf(
  name: string,
  field: Field,
  draft: () => DraftDetail | undefined,
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
  if (field.isDerived) return { ...base, kind: 'computed', render: (row) => derivedText(row[name]) }
  switch (field.kind) {
    case 'reference':
      return {
        ...base,
        kind: 'reference',
        grow: 3,
        display: (row) => draft()?.names[keyText(row[name])] ?? '',
        suggest: field.entity === 'sku' ? suggestSkus : (text) => findMasters(field.entity, text),
        note: (row) => noteOf(skuOf(row)),
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
    case 'money':
    case 'percent':
    case 'date':
      return { ...base, kind: field.kind }
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
  }
  return widths[field.kind] ?? 120
}

function plain(value: FieldValues[string] | undefined): string | number | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined
}

function derivedText(value: FieldValues[string] | undefined): string {
  return typeof value === 'number' ? moneyText(money(value)) : ''
}

function unitsFor(sku: ProductRow | undefined) {
  return sku === undefined ? [] : namedUnits(sku)
}

function noteOf(sku: ProductRow | undefined): string | undefined {
  return sku === undefined ? undefined : [sku.specification, sku.code].filter(Boolean).join(' · ')
}

async function suggestSkus(text: string): Promise<readonly Suggestion[]> {
  const rows = await findProducts(text)
  return rows
    .filter((row) => !row.isDisabled)
    .map((row) => ({
      value: row.skuId,
      label: row.name,
      note: [row.specification, row.code].filter(Boolean).join(' · '),
      end: row.isService ? '' : `${quantityDigits(quantity(row.onHand))} ${row.baseUnit}`,
    }))
}
