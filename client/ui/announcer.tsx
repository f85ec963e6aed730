/** Says what changed to those who do not see it: one polite live region for the whole app. */
import { createSignal } from 'solid-js'
import css from './announcer.module.css'

const [message, setMessage] = createSignal('', { equals: false })

/** Reads `text` out once; the same text twice is read twice. */
export function announce(text: string): void {
  setMessage(text)
}

/** Once in the app, outside of what dialogs hide. */
export function Announcer() {
  let isOdd = false
  // A trailing space that comes and goes makes equal messages a change for screen readers.
  const spoken = () => {
    const text = message()
    isOdd = !isOdd
    return text === '' ? '' : text + (isOdd ? '\u00a0' : '')
  }
  return (
    <div class={css['announcer']} role="status" aria-live="polite" data-live-announcer="true">
      {spoken()}
    </div>
  )
}
