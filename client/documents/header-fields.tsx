/** The header of a draft as fields in columns, from the definition; each commit is one act on the desk. */
import { For, type JSX, Match, Show, Switch } from 'solid-js'
import type { DraftDetail, FieldValue, FieldValues } from '#client/engine/face/face.ts'
import { createMasters } from '#client/queries/create-masters.ts'
import { findBins, findMasters } from '#client/queries/suggest.ts'
import { labelText } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import { Checkbox } from '#client/ui/checkbox.tsx'
import { ChoiceField } from '#client/ui/choice-field.tsx'
import { Combobox } from '#client/ui/combobox.tsx'
import { DateField } from '#client/ui/date-field.tsx'
import { MoneyField } from '#client/ui/money-field.tsx'
import { MoneyText } from '#client/ui/money-text.tsx'
import { QuantityField } from '#client/ui/quantity-field.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import type { Field } from '#domain/doctype/fields.ts'
import { warehouseWithin } from '#domain/doctype/goods-fields.ts'
import { businessDate, isBusinessDate } from '#domain/values/business-date.ts'
import { money } from '#domain/values/money.ts'
import { quantity } from '#domain/values/quantity.ts'
import css from './documents.module.css'
import { keyText } from './field-text.tsx'

export interface HeaderFieldsProps {
  readonly definition: AnyDocumentDefinition
  readonly header: FieldValues
  readonly draft: DraftDetail | undefined
  readonly branchId: string | undefined
  readonly isReadable: (field: Field) => boolean
  readonly problemOf: (field: string) => string | undefined
  readonly onCommit: (field: string, value: FieldValue | undefined) => void
  /** Stands behind the fields, in a column of its own. */
  readonly children?: JSX.Element
}

export function HeaderFields(props: HeaderFieldsProps) {
  const shown = () =>
    Object.entries<Field>(props.definition.header)
      .filter(([, field]) => props.isReadable(field))
      .filter(([, { facet }]) => facet === undefined || props.draft?.facets.includes(facet))
  return (
    <div class={css['header']}>
      <For each={shown()}>
        {([name, field]) => (
          <HeaderField
            field={field}
            value={props.header[name]}
            name={props.draft?.names[keyText(props.header[name])]}
            branchId={props.branchId}
            header={props.header}
            problem={props.problemOf(name)}
            onCommit={(value) => props.onCommit(name, value)}
          />
        )}
      </For>
      {props.children}
    </div>
  )
}

interface HeaderFieldProps {
  readonly field: Field
  readonly value: FieldValue | undefined
  readonly name: string | undefined
  readonly branchId: string | undefined
  readonly header: FieldValues
  readonly problem: string | undefined
  readonly onCommit: (value: FieldValue | undefined) => void
}

function HeaderField(props: HeaderFieldProps) {
  const label = () => labelText(props.field.label)
  const text = () => (typeof props.value === 'string' ? props.value : '')
  const number = () => (typeof props.value === 'number' ? props.value : undefined)
  const options = () => (props.field.kind === 'choice' ? Object.entries(props.field.options) : [])
  const date = () => (isBusinessDate(text()) ? businessDate(text()) : undefined)
  const entity = () => (props.field.kind === 'reference' ? props.field.entity : undefined)
  return (
    <Switch
      fallback={
        <TextField
          label={label()}
          value={text()}
          problem={props.problem}
          isRequired={!props.field.isOptional}
          onCommit={(typed) => props.onCommit(typed.trim() === '' ? undefined : typed.trim())}
        />
      }
    >
      <Match when={props.field.isDerived}>
        <div class={css['fact']}>
          <span class={css['factLabel']}>{label()}</span>
          <Show when={number() !== undefined} fallback="–">
            <MoneyText value={money(number() ?? 0)} />
          </Show>
        </div>
      </Match>
      <Match when={entity() === 'warehouse'}>
        <WarehouseField {...props} />
      </Match>
      <Match when={entity()}>
        {(of) => (
          <Combobox
            label={label()}
            value={text() === '' ? undefined : { value: text(), label: props.name ?? '…' }}
            suggest={(typed) => suggested(props, of(), typed)}
            problem={props.problem}
            isRequired={!props.field.isOptional}
            onChoose={(chosen) => props.onCommit(chosen?.value)}
          />
        )}
      </Match>
      <Match when={props.field.kind === 'choice'}>
        <ChoiceField
          label={label()}
          value={text() === '' ? undefined : text()}
          placeholder={props.field.isOptional ? t('word.none') : t('word.select')}
          options={options().map(([value, each]) => ({ value, label: labelText(each) }))}
          problem={props.problem}
          isRequired={!props.field.isOptional}
          onCommit={props.onCommit}
        />
      </Match>
      <Match when={props.field.kind === 'date'}>
        <DateField
          label={label()}
          value={date()}
          problem={props.problem}
          isRequired={!props.field.isOptional}
          onCommit={props.onCommit}
        />
      </Match>
      <Match when={props.field.kind === 'quantity'}>
        <QuantityField
          label={label()}
          value={number() === undefined ? undefined : quantity(number() ?? 0)}
          units={[]}
          problem={props.problem}
          isRequired={!props.field.isOptional}
          onCommit={props.onCommit}
        />
      </Match>
      <Match when={props.field.kind === 'money'}>
        <MoneyField
          label={label()}
          value={moneyOrNone(number())}
          problem={props.problem}
          isRequired={!props.field.isOptional}
          onCommit={props.onCommit}
        />
      </Match>
      <Match when={props.field.kind === 'flag'}>
        <Checkbox
          label={label()}
          isChecked={props.value === 1}
          onChange={(isChecked) => props.onCommit(isChecked ? 1 : undefined)}
        />
      </Match>
    </Switch>
  )
}

/** Bins of the warehouse that the header names; other masters by whatever people call them. */
function suggested({ field, header }: HeaderFieldProps, entity: string, typed: string) {
  const { within } = field
  return within === undefined
    ? findMasters(entity, typed)
    : findBins(warehouseWithin(header, within) ?? '', typed)
}

/** Warehouses of the branch at hand, and of others where goods may go there: few, so all are shown. */
function WarehouseField(props: HeaderFieldProps) {
  const warehouses = createMasters(() => 'warehouse')
  const own = () =>
    (warehouses()?.rows ?? []).filter(
      (row) =>
        (props.field.isOfAnyBranch || row.fields['branchId'] === props.branchId) && !row.isDisabled,
    )
  return (
    <ChoiceField
      label={labelText(props.field.label)}
      value={typeof props.value === 'string' ? props.value : undefined}
      placeholder={t('word.select')}
      options={own().map((row) => ({ value: row.id, label: row.name }))}
      problem={props.problem}
      isRequired={!props.field.isOptional}
      onCommit={props.onCommit}
    />
  )
}

function moneyOrNone(value: number | undefined) {
  return value === undefined ? undefined : money(value)
}
