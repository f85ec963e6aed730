/** True once a wait has lasted long enough to be worth showing; short waits show nothing at all. */
import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js'

/** Waits shorter than this are not shown, in ms. */
const patienceMs = 150

export function createLate(isWaiting: Accessor<boolean>): Accessor<boolean> {
  const [isLate, setLate] = createSignal(false)
  createEffect(() => {
    if (!isWaiting()) {
      setLate(false)
      return
    }
    const timer = setTimeout(() => setLate(true), patienceMs)
    onCleanup(() => clearTimeout(timer))
  })
  return isLate
}
