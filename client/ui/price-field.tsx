/** A unit price: two to six decimals, in and out as millionths of a yuan. */
import type { UnitPrice } from '#domain/values/unit-price.ts'
import type { FieldProps } from './field.tsx'
import { priceEntry, readPrice } from './figure-entry.ts'
import { FigureField } from './figure-field.tsx'

export interface PriceFieldProps extends FieldProps {
  readonly value: UnitPrice | undefined
  /** The unit the price is for. */
  readonly unit?: string
  readonly placeholder?: string
  readonly onCommit: (value: UnitPrice | undefined) => void
}

export function PriceField(props: PriceFieldProps) {
  return (
    <FigureField<UnitPrice>
      {...props}
      before="¥"
      {...(props.unit === undefined ? {} : { after: `/${props.unit}` })}
      read={readPrice}
      write={priceEntry}
    />
  )
}
