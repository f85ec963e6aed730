/** A quantity of a product, in its own units: 2 箱 1 瓶. */
import type { UnitRow } from '#client/engine/face/face.ts'
import { QuantityText } from '#client/ui/quantity-text.tsx'
import { quantity } from '#domain/values/quantity.ts'
import { namedUnits } from './named-units.ts'

export interface GoodsQuantityProps {
  readonly goods: { readonly baseUnit: string; readonly units: readonly UnitRow[] }
  /** 10⁻⁴ of the base unit. */
  readonly value: number
  /** Write + before what came in. */
  readonly isSigned?: boolean
}

export function GoodsQuantity(props: GoodsQuantityProps) {
  return (
    <QuantityText
      value={quantity(props.value)}
      unit={props.goods.baseUnit}
      units={namedUnits(props.goods)}
      isSigned={props.isSigned ?? false}
    />
  )
}
