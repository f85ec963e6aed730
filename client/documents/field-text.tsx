/** A field's value as people read it, from its kind alone: lists, views and prints share it. */
import type { JSX } from 'solid-js'
import type { FieldValue, ProductRow } from '#client/engine/face/face.ts'
import { momentText } from '#client/text/dates.ts'
import { labelText } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import { MoneyText } from '#client/ui/money-text.tsx'
import { PriceText } from '#client/ui/price-text.tsx'
import { QuantityText } from '#client/ui/quantity-text.tsx'
import { percentText } from '#client/text/figures.ts'
import type { Field } from '#domain/doctype/fields.ts'
import type { Zone } from '#domain/values/business-date.ts'
import { instant } from '#domain/values/instant.ts'
import { money } from '#domain/values/money.ts'
import { percent } from '#domain/values/percent.ts'
import { quantity } from '#domain/values/quantity.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import { namedUnits } from './named-units.ts'

export interface FieldTextContext {
  readonly names: Readonly<Record<string, string>>
  /** The SKU of the line, for its units. */
  readonly sku?: ProductRow | undefined
  /** Of the company; China's where left out. */
  readonly zone?: Pick<Zone, 'offsetMinutes'> | undefined
}

export function FieldText(props: {
  readonly field: Field
  readonly value: FieldValue | undefined
  readonly context: FieldTextContext
}) {
  return <>{fieldText(props.field, props.value, props.context)}</>
}

function fieldText(
  field: Field,
  value: FieldValue | undefined,
  context: FieldTextContext,
): JSX.Element {
  if (value === undefined || value === '') return ''
  return typeof value === 'number'
    ? figureText(field, value, context)
    : wordText(field, value, context)
}

function figureText(field: Field, value: number, context: FieldTextContext): JSX.Element {
  switch (field.kind) {
    case 'quantity':
      return <Quantity value={value} sku={context.sku} />
    case 'price':
      return <PriceText value={unitPrice(value)} />
    case 'money':
      return <MoneyText value={money(value)} />
    case 'percent':
      return percentText(percent(value))
    case 'moment':
      return momentText(instant(value), context.zone ?? { offsetMinutes: 480 })
    case 'flag':
      return t('word.yes')
    default:
      return String(value)
  }
}

function wordText(field: Field, value: FieldValue, context: FieldTextContext): JSX.Element {
  const text = typeof value === 'string' ? value : ''
  if (field.kind === 'choice') return labelText(field.options[text] ?? [text, text])
  if (field.kind === 'reference' || field.kind === 'origin') return context.names[text] ?? '…'
  return text
}

function Quantity(props: { readonly value: number; readonly sku: ProductRow | undefined }) {
  return (
    <QuantityText
      value={quantity(props.value)}
      {...(props.sku === undefined
        ? {}
        : { unit: props.sku.baseUnit, units: namedUnits(props.sku) })}
    />
  )
}

/** The id or code in a field; '' where it holds none. */
export function keyText(value: FieldValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** Figures are set at the end of their cell. */
export function isFigure(field: Field): boolean {
  return ['quantity', 'price', 'money', 'percent'].includes(field.kind)
}
