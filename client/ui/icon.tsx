/** One icon of the line set. Decoration by default; give `label` only where no word stands beside it. */
import { iconShapes, type IconName } from './icon-shapes.ts'
import css from './icon.module.css'

export type { IconName }

export interface IconProps {
  readonly name: IconName
  /** px; 20 unless a smaller one sits in a line of text. */
  readonly size?: number
  /** Makes it an image with a name for assistive technology. */
  readonly label?: string
}

export function Icon(props: IconProps) {
  const size = () => props.size ?? 20
  return (
    <svg
      class={css['icon']}
      width={size()}
      height={size()}
      viewBox="0 0 20 20"
      aria-hidden={props.label === undefined ? 'true' : undefined}
      role={props.label === undefined ? undefined : 'img'}
      aria-label={props.label}
    >
      <path d={iconShapes[props.name]} />
    </svg>
  )
}
