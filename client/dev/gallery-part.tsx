/** How the gallery shows things: a titled part, and specimens with a caption each. */
import type { JSX } from 'solid-js'
import css from './gallery.module.css'

export interface PartProps {
  readonly id: string
  readonly title: string
  readonly children: JSX.Element
}

export function Part(props: PartProps) {
  return (
    <section class={css['part']} id={props.id} aria-labelledby={`${props.id}-title`}>
      <h2 class={css['partTitle']} id={`${props.id}-title`}>
        {props.title}
      </h2>
      {props.children}
    </section>
  )
}

export interface SpecimenProps {
  readonly caption: string
  readonly children: JSX.Element
  readonly isWide?: boolean
}

export function Specimen(props: SpecimenProps) {
  return (
    <div class={css['specimen']} data-wide={props.isWide ? '' : undefined}>
      <p class={css['caption']}>{props.caption}</p>
      <div class={css['stage']}>{props.children}</div>
    </div>
  )
}
