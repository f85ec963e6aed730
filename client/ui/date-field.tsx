/** A day, by the browser's own date control (which every platform makes usable by keyboard and touch). */
import { type BusinessDate, businessDate, isBusinessDate } from '#domain/values/business-date.ts'
import { FieldFrame, type FieldProps } from './field.tsx'
import css from './field.module.css'

export interface DateFieldProps extends FieldProps {
  readonly value: BusinessDate | undefined
  readonly min?: BusinessDate
  readonly max?: BusinessDate
  readonly onCommit: (value: BusinessDate | undefined) => void
}

export function DateField(props: DateFieldProps) {
  const commit = (text: string) => {
    const entered = isBusinessDate(text) ? businessDate(text) : undefined
    if (entered !== props.value) props.onCommit(entered)
  }
  return (
    <FieldFrame {...props}>
      {(control) => (
        <input
          class={css['control']}
          type="date"
          value={props.value ?? ''}
          min={props.min}
          max={props.max}
          disabled={props.isDisabled}
          readonly={props.isReadOnly}
          onChange={(event) => commit(event.currentTarget.value)}
          {...control()}
        />
      )}
    </FieldFrame>
  )
}
