/** Remembers what had the focus when a layer opened without a trigger of its own, to give it back. */
import { type Accessor, createEffect, on } from 'solid-js'

/** Answers the act that gives the focus back; call it when the layer has closed. */
export function createFocusReturn(isOpen: Accessor<boolean>): () => void {
  let opener: HTMLElement | undefined
  createEffect(
    on(isOpen, (opens) => {
      if (!opens) return
      const active = document.activeElement
      opener = active instanceof HTMLElement && active !== document.body ? active : undefined
    }),
  )
  return () => opener?.focus({ preventScroll: true })
}
