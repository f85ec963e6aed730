/** The course of a figure in a word's height: one hue, zero included, its last point marked. */
import { createUniqueId, Show } from 'solid-js'
import { linePoints, pathOf } from './line-points.ts'
import css from './spark-line.module.css'

export interface SparkLineProps {
  /** Oldest first. */
  readonly values: readonly number[]
  /** What it shows, in words, with first and last value. */
  readonly label: string
  /** px; fills its room when left out. */
  readonly width?: number
  readonly height?: number
  /** Shades the area under the line. */
  readonly isFilled?: boolean
}

const pad = 3
const drawnWidth = 240

export function SparkLine(props: SparkLineProps) {
  const titleId = createUniqueId()
  const width = () => props.width ?? drawnWidth
  const height = () => props.height ?? 32
  const points = () => linePoints(props.values, width(), height(), pad)
  const zero = () => linePoints([...props.values, 0], width(), height(), pad).at(-1)?.y ?? height()
  const last = () => points().at(-1)
  const area = () => `${pathOf(points())}L${last()?.x} ${zero()}L${pad} ${zero()}Z`
  return (
    <svg
      class={css['spark']}
      role="img"
      aria-labelledby={titleId}
      viewBox={`0 0 ${width()} ${height()}`}
      width={props.width ?? '100%'}
      height={height()}
      preserveAspectRatio={props.width === undefined ? 'none' : 'xMidYMid'}
    >
      <title id={titleId}>{props.label}</title>
      <Show when={props.values.length > 1}>
        <Show when={props.isFilled}>
          <path class={css['area']} d={area()} />
        </Show>
        <line class={css['zero']} x1={0} x2={width()} y1={zero()} y2={zero()} />
        <path class={css['line']} d={pathOf(points())} vector-effect="non-scaling-stroke" />
        <Show when={props.width !== undefined}>
          <circle class={css['end']} cx={last()?.x} cy={last()?.y} r={2.5} />
        </Show>
      </Show>
    </svg>
  )
}
