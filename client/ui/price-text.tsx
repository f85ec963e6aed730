/** A unit price: two decimals at least, six at most, `/瓶` after it where the unit matters. */
import type { UnitPrice } from '#domain/values/unit-price.ts'
import { priceParts } from '#client/text/figures.ts'
import { FigureText } from './figure-text.tsx'

export interface PriceTextProps {
  /** Millionths of a yuan per unit. */
  readonly value: UnitPrice
  readonly unit?: string
  readonly hasCurrency?: boolean
  readonly decimals?: number
}

export function PriceText(props: PriceTextProps) {
  return (
    <FigureText
      parts={priceParts(props.value)}
      before={props.hasCurrency ? '¥' : undefined}
      after={props.unit === undefined ? undefined : `/${props.unit}`}
      decimals={props.decimals}
    />
  )
}
