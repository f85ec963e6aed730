/**
 * A layer that hangs from an element: below it, or above where there is more room; it follows scrolling and
 * stays on the screen. Lives in the nearest dialog so that focus traps and outside presses leave it alone.
 */
import { createEffect, createSignal, type JSX, on, onCleanup, onMount, Show } from 'solid-js'
import { Portal } from 'solid-js/web'
import { classes } from './classes.ts'
import css from './floating.module.css'
import { type Place, placeBeside } from './place-beside.ts'

export interface FloatingProps {
  readonly isOpen: boolean
  readonly anchor: () => HTMLElement | undefined
  /** Changes of this re-measure the layer, e.g. the number of its rows. */
  readonly revision?: unknown
  readonly minWidth?: number
  readonly look?: 'menu' | 'bubble'
  readonly children: JSX.Element
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
  createEffect(
    on(
      () => props.revision,
      () => {
        const frame = requestAnimationFrame(measure)
        onCleanup(() => cancelAnimationFrame(frame))
      },
    ),
  )
  onMount(() => {
    window.addEventListener('scroll', measure, true)
    onCleanup(() => window.removeEventListener('scroll', measure, true))
    window.addEventListener('resize', measure)
    onCleanup(() => window.removeEventListener('resize', measure))
  })
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
