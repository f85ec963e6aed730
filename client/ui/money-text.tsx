/** An amount: two decimals always, ¥ lighter and only where asked, red with − when negative. */
import type { Money } from '#domain/values/money.ts'
import { moneyParts } from '#client/text/figures.ts'
import { FigureText } from './figure-text.tsx'

export interface MoneyTextProps {
  /** Fen. */
  readonly value: Money
  readonly hasCurrency?: boolean
}

export function MoneyText(props: MoneyTextProps) {
  return (
    <FigureText
      parts={moneyParts(props.value)}
      before={props.hasCurrency ? '¥' : undefined}
      isZero={props.value === 0}
    />
  )
}
