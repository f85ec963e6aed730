/** One line of a document as a form: every field large, one after the other, then on to the next line. */
import { createMemo, For, type JSX, Show } from 'solid-js'
import type { BusinessDate } from '#domain/values/business-date.ts'
import type { Money } from '#domain/values/money.ts'
import type { Percent } from '#domain/values/percent.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import type { UnitPrice } from '#domain/values/unit-price.ts'
import { t } from '#client/text/translate.ts'
import { Button } from './button.tsx'
import { ChoiceField } from './choice-field.tsx'
import { Combobox } from './combobox.tsx'
import { DateField } from './date-field.tsx'
import { Dialog } from './dialog.tsx'
import { FactList } from './fact-list.tsx'
import { type CellValue, isEditable, type LineColumn } from './line-columns.ts'
import type { LineViewProps } from './line-view.ts'
import { LineValue } from './line-value.tsx'
import { MoneyField } from './money-field.tsx'
import { PercentField } from './percent-field.tsx'
import { PriceField } from './price-field.tsx'
import { QuantityField } from './quantity-field.tsx'
import { TextField } from './text-field.tsx'

export interface LineFormProps<Row> extends LineViewProps<Row> {
  /** Index of the line; undefined while closed. */
  readonly openAt: number | undefined
  readonly onOpenAt: (index: number | undefined) => void
}

export function LineForm<Row>(props: LineFormProps<Row>) {
  const line = () => props.selection.row()
  const number = () => props.selection.cell().row + 1
  const fields = () => props.columns().filter((column) => isEditable(column))
  const derived = () => props.columns().filter((column) => !isEditable(column))
  const isKnown = () => line() !== undefined
  const facts = createMemo(() =>
    derived().flatMap((column) => {
      const present = line()
      if (present === undefined) return []
      return [
        {
          label: column.label,
          value: <LineValue lines={props.lines} line={present} column={column} />,
        },
      ]
    }),
  )
  const next = () => {
    const at = props.selection.cell().row + 1
    props.selection.select({ row: at, column: 0 })
    props.onOpenAt(at)
  }
  const remove = () => {
    props.writer.remove(props.selection.cell().row)
    props.onOpenAt(undefined)
  }
  return (
    <Dialog
      isOpen={props.openAt !== undefined}
      title={isKnown() ? t('grid.editLine', number()) : t('grid.newRow')}
      onClose={() => props.onOpenAt(undefined)}
      footer={
        <Show when={!props.grid.isReadOnly}>
          <Show when={isKnown()}>
            <Button kind="danger" icon="trash" onPress={remove}>
              {t('word.delete')}
            </Button>
            <Button onPress={next}>{t('grid.nextLine')}</Button>
          </Show>
          <Button kind="main" size="large" onPress={() => props.onOpenAt(undefined)}>
            {t('word.done')}
          </Button>
        </Show>
      }
    >
      <For each={fields()}>{(column) => lineField(props, column)}</For>
      <Show when={facts().length > 0}>
        <FactList facts={facts()} />
      </Show>
    </Dialog>
  )
}

interface LineFieldProps<Row> extends LineFormProps<Row> {
  readonly column: LineColumn<Row>
}

/** The field of one kind of column; a column keeps its kind. */
function lineField<Row>(form: LineFormProps<Row>, column: LineColumn<Row>): JSX.Element {
  const row = () => form.selection.row()?.row
  const value = () => form.lines.valueAt(form.selection.row(), column)
  const text = () => value() as string | undefined
  const write = (next: CellValue | undefined) =>
    form.writer.write(form.selection.row(), column, next)
  const shared = () => ({
    label: column.label,
    problem: form.lines.problemAt(form.selection.row(), column),
    isRequired: column.isRequired === true,
    isReadOnly: form.grid.isReadOnly === true,
  })
  switch (column.kind) {
    case 'quantity':
      return (
        <QuantityField
          {...shared()}
          value={value() as Quantity | undefined}
          units={column.units(row())}
          onCommit={write}
        />
      )
    case 'money':
      return <MoneyField {...shared()} value={value() as Money | undefined} onCommit={write} />
    case 'price':
      return <PriceField {...shared()} value={value() as UnitPrice | undefined} onCommit={write} />
    case 'percent':
      return <PercentField {...shared()} value={value() as Percent | undefined} onCommit={write} />
    case 'date':
      return (
        <DateField {...shared()} value={value() as BusinessDate | undefined} onCommit={write} />
      )
    case 'choice':
      return (
        <ChoiceField
          {...shared()}
          value={text()}
          options={column.options(row())}
          onCommit={write}
        />
      )
    case 'reference':
      return <ReferenceField {...form} column={column} />
    case 'text':
    case 'computed':
      return <TextField {...shared()} value={text() ?? ''} onCommit={(typed) => write(typed)} />
  }
}

function ReferenceField<Row>(props: LineFieldProps<Row>) {
  const line = () => props.selection.row()
  const value = () => {
    const id = props.lines.valueAt(line(), props.column)
    if (id === undefined) return undefined
    return { value: String(id), label: props.lines.textAt(line(), props.column) }
  }
  return (
    <Combobox
      label={props.column.label}
      isRequired={props.column.isRequired === true}
      isReadOnly={props.grid.isReadOnly === true}
      problem={props.lines.problemAt(line(), props.column)}
      hasFocus={line() === undefined}
      value={value()}
      suggest={(typed) => (props.column.kind === 'reference' ? props.column.suggest(typed) : [])}
      onChoose={(found) => {
        if (found === undefined) props.writer.write(line(), props.column, undefined)
        else props.writer.take(line(), props.column, found)
        focusQuantity()
      }}
    />
  )
}

/** After the product comes its quantity: the first figure of the form takes the focus. */
function focusQuantity(): void {
  const form = document.activeElement?.closest('[role=dialog]')
  const figure = form?.querySelector<HTMLInputElement>('input[inputmode=decimal]')
  requestAnimationFrame(() => figure?.focus())
}
