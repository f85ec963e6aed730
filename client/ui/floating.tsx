/**
 * A layer that hangs from an element: below it, or above where there is more room; it follows scrolling and
 * stays on the screen. Lives in the nearest dialog so that focus traps and outside presses leave it alone.
 */
import { createEffect, createSignal, type JSX, onCleanup, Show } from 'solid-js'
import { Portal } from 'solid-js/web'
import { classes } from './classes.ts'
import css from './floating.module.css'

export interface FloatingProps {
  readonly isOpen: boolean
  readonly anchor: () => HTMLElement | undefined
  /** Changes of this re-measure the layer, e.g. the number of its rows. */
  readonly revision?: unknown
  readonly minWidth?: number
  readonly look?: 'menu' | 'bubble'
  readonly children: JSX.Element
}

export interface Place {
  readonly left: number
  readonly top: number
  readonly maxHeight: number
}

interface Box {
  readonly left: number
  readonly top: number
  readonly bottom: number
}

const gap = 4
const margin = 8

/** Where a layer of this size goes beside `anchor` in a window of this size; px. */
export function placeBeside(
  anchor: Box,
  layer: { readonly width: number; readonly height: number },
  view: { readonly width: number; readonly height: number },
): Place {
  const below = view.height - anchor.bottom - gap - margin
  const above = anchor.top - gap - margin
  const goesBelow = layer.height <= below || below >= above
  const maxHeight = Math.max(96, goesBelow ? below : above)
  const height = Math.min(layer.height, maxHeight)
  const left = Math.max(margin, Math.min(anchor.left, view.width - layer.width - margin))
  return { left, top: goesBelow ? anchor.bottom + gap : anchor.top - gap - height, maxHeight }
}

export function Floating(props: FloatingProps) {
  const mount = () => props.anchor()?.closest<HTMLElement>('[role=dialog]') ?? document.body
  return (
    <Show when={props.isOpen}>
      <Portal mount={mount()}>
        <Layer {...props} />
      </Portal>
    </Show>
  )
}

function Layer(props: FloatingProps) {
  let layer: HTMLDivElement | undefined
  const [place, setPlace] = createSignal<Place>()
  const measure = () => {
    const anchor = props.anchor()
    if (layer === undefined || anchor === undefined) return
    const view = { width: innerWidth, height: innerHeight }
    const size = { width: layer.offsetWidth, height: layer.scrollHeight }
    setPlace(placeBeside(anchor.getBoundingClientRect(), size, view))
  }
  createEffect(() => {
    props.revision
    const frame = requestAnimationFrame(measure)
    onCleanup(() => cancelAnimationFrame(frame))
  })
  addEventListener('scroll', measure, true)
  onCleanup(() => removeEventListener('scroll', measure, true))
  addEventListener('resize', measure)
  onCleanup(() => removeEventListener('resize', measure))
  return (
    <div
      ref={(element) => (layer = element)}
      class={classes(css['layer'], css[props.look ?? 'menu'])}
      style={{
        left: `${place()?.left ?? 0}px`,
        top: `${place()?.top ?? 0}px`,
        'max-height': `${place()?.maxHeight ?? 320}px`,
        'min-width': `${props.minWidth ?? 0}px`,
        visibility: place() === undefined ? 'hidden' : 'visible',
      }}
    >
      {props.children}
    </div>
  )
}
