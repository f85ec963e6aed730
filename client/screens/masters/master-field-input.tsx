/** The input that fits a master's field by its shape; '' clears a field. */
import { Match, Switch } from 'solid-js'
import { createMasters } from '#client/queries/create-masters.ts'
import { labelText } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import { Checkbox } from '#client/ui/checkbox.tsx'
import { ChoiceField } from '#client/ui/choice-field.tsx'
import { PercentField } from '#client/ui/percent-field.tsx'
import { PriceField } from '#client/ui/price-field.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import type { MasterField } from '#domain/masters/master-field.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { percent } from '#domain/values/percent.ts'
import { unitPrice } from '#domain/values/unit-price.ts'

export interface MasterFieldInputProps {
  readonly field: MasterField
  readonly value: Json | undefined
  readonly onCommit: (value: Json) => void
}

export function MasterFieldInput(props: MasterFieldInputProps) {
  const shape = () => props.field.shape
  const label = () => labelText(props.field.label)
  const text = () => (typeof props.value === 'string' ? props.value : '')
  const number = () => (typeof props.value === 'number' ? props.value : undefined)
  const choices = () => {
    const known = shape()
    return known.kind === 'choice' ? known.choices : {}
  }
  return (
    <Switch
      fallback={
        <TextField
          label={label()}
          value={text()}
          kind={shape().kind === 'note' ? 'multiline' : 'text'}
          isRequired={props.field.isRequired}
          onInput={(typed) => props.onCommit(typed.trim())}
        />
      }
    >
      <Match when={shape().kind === 'flag'}>
        <Checkbox
          label={label()}
          isChecked={props.value === 1}
          onChange={(isChecked) => props.onCommit(isChecked ? 1 : '')}
        />
      </Match>
      <Match when={shape().kind === 'choice'}>
        <ChoiceField
          label={label()}
          value={text()}
          placeholder={t('word.none')}
          options={Object.entries(choices()).map(([value, each]) => ({
            value,
            label: labelText(each),
          }))}
          onCommit={(value) => props.onCommit(value ?? '')}
        />
      </Match>
      <Match when={shape().kind === 'integer'}>
        <TextField
          label={label()}
          value={number() === undefined ? '' : String(number())}
          onInput={(typed) => props.onCommit(/^\d{1,9}$/.test(typed) ? Number(typed) : '')}
        />
      </Match>
      <Match when={shape().kind === 'price'}>
        <PriceField
          label={label()}
          value={priceOrNone(number())}
          onCommit={(value) => props.onCommit(value ?? '')}
        />
      </Match>
      <Match when={shape().kind === 'percent'}>
        <PercentField
          label={label()}
          value={percentOrNone(number())}
          onCommit={(value) => props.onCommit(value ?? '')}
        />
      </Match>
      <Match when={shape().kind === 'reference'}>
        <ReferenceInput {...props} />
      </Match>
    </Switch>
  )
}

function ReferenceInput(props: MasterFieldInputProps) {
  const entity = () => {
    const { shape } = props.field
    return shape.kind === 'reference' ? shape.entity : ''
  }
  const rows = createMasters(entity)
  return (
    <ChoiceField
      label={labelText(props.field.label)}
      value={typeof props.value === 'string' ? props.value : undefined}
      placeholder={t('word.none')}
      isRequired={props.field.isRequired}
      options={(rows()?.rows ?? []).map((row) => ({ value: row.id, label: row.name }))}
      onCommit={(value) => props.onCommit(value ?? '')}
    />
  )
}

function priceOrNone(value: number | undefined) {
  return value === undefined ? undefined : unitPrice(value)
}

function percentOrNone(value: number | undefined) {
  return value === undefined ? undefined : percent(value)
}
