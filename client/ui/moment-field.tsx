/** A day and a time of it at the company's wall clock, by the browser's own control. */
import type { Zone } from '#domain/values/business-date.ts'
import { type Instant, instant, isInstant } from '#domain/values/instant.ts'
import { FieldFrame, type FieldProps } from './field.tsx'
import css from './field.module.css'

export interface MomentFieldProps extends FieldProps {
  readonly value: Instant | undefined
  readonly zone: Pick<Zone, 'offsetMinutes'>
  readonly max?: Instant
  readonly onCommit: (value: Instant | undefined) => void
}

const minuteMs = 60_000

export function MomentField(props: MomentFieldProps) {
  const commit = (text: string) => {
    const entered = readMoment(text, props.zone)
    if (entered !== props.value) props.onCommit(entered)
  }
  const text = (at: Instant | undefined) => (at === undefined ? '' : writeMoment(at, props.zone))
  return (
    <FieldFrame {...props}>
      {(control) => (
        <input
          class={css['control']}
          type="datetime-local"
          value={text(props.value)}
          max={text(props.max)}
          disabled={props.isDisabled}
          readonly={props.isReadOnly}
          onChange={(event) => commit(event.currentTarget.value)}
          {...control()}
        />
      )}
    </FieldFrame>
  )
}

/** As the control writes it: `2026-11-22T14:05`. */
function writeMoment(at: Instant, { offsetMinutes }: Pick<Zone, 'offsetMinutes'>): string {
  return new Date(at + offsetMinutes * minuteMs).toISOString().slice(0, 16)
}

function readMoment(
  text: string,
  { offsetMinutes }: Pick<Zone, 'offsetMinutes'>,
): Instant | undefined {
  const at = Date.parse(`${text}Z`) - offsetMinutes * minuteMs
  return isInstant(at) ? instant(at) : undefined
}
