/** Yuan with two decimals, in and out as fen. */
import type { Money } from '#domain/values/money.ts'
import type { FieldProps } from './field.tsx'
import { moneyEntry, readMoney } from './figure-entry.ts'
import { FigureField } from './figure-field.tsx'

export interface MoneyFieldProps extends FieldProps {
  readonly value: Money | undefined
  readonly placeholder?: string
  readonly onCommit: (value: Money | undefined) => void
}

export function MoneyField(props: MoneyFieldProps) {
  return <FigureField<Money> {...props} before="¥" read={readMoney} write={moneyEntry} />
}
