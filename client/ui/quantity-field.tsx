/** A quantity as people write it: `3箱4瓶`, `40`, `2.5`. The first unit is what a bare number counts in. */
import type { Quantity } from '#domain/values/quantity.ts'
import type { NamedUnit } from '#domain/values/unit.ts'
import { t } from '#client/text/translate.ts'
import type { FieldProps } from './field.tsx'
import { quantityEntry, readQuantity } from './figure-entry.ts'
import { FigureField } from './figure-field.tsx'

export interface QuantityFieldProps extends FieldProps {
  /** 10⁻⁴ of the base unit. */
  readonly value: Quantity | undefined
  readonly units: readonly NamedUnit[]
  readonly onCommit: (value: Quantity | undefined) => void
}

export function QuantityField(props: QuantityFieldProps) {
  const single = () => (props.units.length === 1 ? props.units[0]?.name : undefined)
  return (
    <FigureField<Quantity>
      {...props}
      {...hintOf(props)}
      {...(single() === undefined ? {} : { after: single() as string })}
      read={(text) => readQuantity(text, props.units)}
      write={(value) => quantityEntry(value, props.units)}
    />
  )
}

function hintOf(field: QuantityFieldProps): { hint?: string } {
  if (field.hint !== undefined) return { hint: field.hint }
  const [small, big] = [field.units[0], field.units[field.units.length - 1]]
  if (small === undefined || big === undefined || small === big) return {}
  return { hint: t('field.quantityHint', `3${big.name}4${small.name}`) }
}
