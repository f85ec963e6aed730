/** A quantity in big and small units (2 箱 1 瓶), or as one figure where it must line up in a column. */
import { For, Show } from 'solid-js'
import { absQuantity, type Quantity } from '#domain/values/quantity.ts'
import { type NamedUnit, splitInUnits } from '#domain/values/unit.ts'
import { quantityDigits, quantityParts } from '#client/text/figures.ts'
import { classes } from './classes.ts'
import { FigureText } from './figure-text.tsx'
import css from './figure-text.module.css'

export interface QuantityTextProps {
  /** 10⁻⁴ of the base unit. */
  readonly value: Quantity
  /** With two or more, shown split; the base unit must be among them. */
  readonly units?: readonly NamedUnit[]
  /** The name of the base unit where it is shown as one figure. */
  readonly unit?: string
  readonly decimals?: number
  /** Write + before what came in, as a movement does. */
  readonly isSigned?: boolean
}

export function QuantityText(props: QuantityTextProps) {
  const isSplit = () => (props.units?.length ?? 0) > 1
  const plus = () => (props.isSigned && props.value > 0 ? '+' : undefined)
  return (
    <Show
      when={isSplit()}
      fallback={
        <FigureText
          parts={quantityParts(props.value)}
          before={plus()}
          after={props.unit ?? props.units?.[0]?.name}
          decimals={props.decimals}
          isZero={props.value === 0}
        />
      }
    >
      <span class={classes(css['figure'], props.value < 0 && css['negative'])}>
        {props.value < 0 ? '−' : plus()}
        <For each={splitInUnits(absQuantity(props.value), props.units ?? [])}>
          {(part) => (
            <span class={css['part']}>
              {quantityDigits(part.count)}
              <span class={css['unit']}>{part.unit}</span>
            </span>
          )}
        </For>
      </span>
    </Show>
  )
}
