/** The value of one cell as it is set: figures as figures, the rest as text, its note in the second voice. */
import { type JSX, Show } from 'solid-js'
import { percentText } from '#client/text/figures.ts'
import type { Money } from '#domain/values/money.ts'
import type { Percent } from '#domain/values/percent.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import type { UnitPrice } from '#domain/values/unit-price.ts'
import type { CellValue, LineColumn } from './line-columns.ts'
import css from './line-value.module.css'
import type { LineRow, LineRows } from './line-rows.ts'
import { MoneyText } from './money-text.tsx'
import { PriceText } from './price-text.tsx'
import { QuantityText } from './quantity-text.tsx'

export interface LineValueProps<Row> {
  readonly lines: LineRows<Row>
  readonly line: LineRow<Row>
  readonly column: LineColumn<Row>
}

export function LineValue<Row>(props: LineValueProps<Row>) {
  const echoed = () => props.lines.echoAt(props.line, props.column)
  const note = () =>
    props.line.row === undefined ? undefined : props.column.note?.(props.line.row)
  return (
    <>
      <span
        class={css['value']}
        data-waiting={echoed()?.isWaiting ? '' : undefined}
        data-wrong={echoed()?.problem === undefined ? undefined : ''}
      >
        {shownValue(props)}
      </span>
      <Show when={note()}>{(text) => <span class={css['note']}>{text()}</span>}</Show>
    </>
  )
}

function shownValue<Row>({ lines, line, column }: LineValueProps<Row>): JSX.Element {
  if (column.kind === 'computed') return line.row === undefined ? '' : column.render(line.row)
  const isWrong = lines.echoAt(line, column)?.problem !== undefined
  const value = isWrong ? undefined : lines.valueAt(line, column)
  return figureElement(column, line.row, value) ?? lines.textAt(line, column)
}

/** A figure as it is set everywhere; undefined for what is plain text. */
function figureElement<Row>(
  column: LineColumn<Row>,
  row: Row | undefined,
  value: CellValue | undefined,
): JSX.Element | undefined {
  if (typeof value !== 'number') return undefined
  switch (column.kind) {
    case 'quantity':
      return <QuantityText value={value as Quantity} units={column.units(row)} />
    case 'money':
      return <MoneyText value={value as Money} />
    case 'price':
      return <PriceText value={value as UnitPrice} />
    case 'percent':
      return percentText(value as Percent)
    default:
      return undefined
  }
}
