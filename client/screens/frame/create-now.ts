/** The present moment, moved on often enough for sentences such as "2 hours ago". */
import { type Accessor, createSignal, onCleanup } from 'solid-js'

/** ms since the epoch. */
export function createNow(everyMs: number): Accessor<number> {
  const [now, setNow] = createSignal(Date.now())
  const timer = setInterval(() => setNow(Date.now()), everyMs)
  onCleanup(() => clearInterval(timer))
  return now
}
