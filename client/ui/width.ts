/** The width of an element as it changes, for layouts that depend on their own room and not on the window's. */
import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js'

/** px; 0 before the element is laid out. */
export function createWidth(element: Accessor<HTMLElement | undefined>): Accessor<number> {
  const [width, setWidth] = createSignal(0)
  createEffect(() => {
    const watched = element()
    if (watched === undefined) return
    setWidth(watched.clientWidth)
    const observer = new ResizeObserver(() => setWidth(watched.clientWidth))
    observer.observe(watched)
    onCleanup(() => observer.disconnect())
  })
  return width
}
