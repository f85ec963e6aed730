/** A rate in per cent, two decimals, in and out as 10⁻⁴. */
import type { Percent } from '#domain/values/percent.ts'
import type { FieldProps } from './field.tsx'
import { percentEntry, readPercent } from './figure-entry.ts'
import { FigureField } from './figure-field.tsx'

export interface PercentFieldProps extends FieldProps {
  readonly value: Percent | undefined
  readonly onCommit: (value: Percent | undefined) => void
}

export function PercentField(props: PercentFieldProps) {
  return <FigureField<Percent> {...props} after="%" read={readPercent} write={percentEntry} />
}
