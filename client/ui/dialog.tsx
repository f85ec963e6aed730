/**
 * A question or a short form over the page (never something to read). Focus goes in at once, stays in,
 * returns to where it was; Esc closes. On narrow screens it rises from the bottom edge.
 */
import { Dialog as Kobalte } from '@kobalte/core/dialog'
import { type JSX, Show } from 'solid-js'
import { t } from '#client/text/translate.ts'
import { classes } from './classes.ts'
import css from './dialog.module.css'
import { createFocusReturn } from './focus-return.ts'
import { Icon } from './icon.tsx'

export interface DialogProps {
  readonly isOpen: boolean
  readonly title: string
  readonly children: JSX.Element
  /** Acts, the main one last. */
  readonly footer?: JSX.Element
  readonly size?: 'small' | 'normal' | 'large'
  /** Only its buttons close it: what is typed would be lost. */
  readonly isSticky?: boolean
  readonly onClose: () => void
}

export function Dialog(props: DialogProps) {
  const giveBack = createFocusReturn(() => props.isOpen)
  const keep = (event: Event) => {
    if (props.isSticky) event.preventDefault()
  }
  return (
    <Kobalte open={props.isOpen} onOpenChange={(isOpen) => !isOpen && props.onClose()} modal>
      <Kobalte.Portal>
        <Kobalte.Overlay class={css['scrim']} />
        <div class={css['place']}>
          <Kobalte.Content
            class={classes(css['dialog'], css[props.size ?? 'normal'])}
            onPointerDownOutside={keep}
            onOpenAutoFocus={focusWhatMatters}
            onCloseAutoFocus={giveBack}
          >
            <header class={css['head']}>
              <Kobalte.Title class={css['title']}>{props.title}</Kobalte.Title>
              <Kobalte.CloseButton class={css['close']} aria-label={t('word.close')}>
                <Icon name="close" />
              </Kobalte.CloseButton>
            </header>
            <div class={css['body']} data-body="">
              {props.children}
            </div>
            <Show when={props.footer}>
              {(footer) => <footer class={css['footer']}>{footer()}</footer>}
            </Show>
          </Kobalte.Content>
        </div>
      </Kobalte.Portal>
    </Kobalte>
  )
}

/** The field that asks for the focus, else the first field, else the first act (which is to go back). */
function focusWhatMatters(event: Event): void {
  const dialog = event.currentTarget
  if (!(dialog instanceof HTMLElement)) return
  const first = ['[data-focus]', '[data-body] :is(input, select, textarea)', 'footer button']
    .map((selector) => dialog.querySelector<HTMLElement>(selector))
    .find((element) => element !== null)
  if (first === undefined || first === null) return
  event.preventDefault()
  setTimeout(() => first.focus({ preventScroll: true }))
}
