/**
 * What an act has done, said once at the edge of the screen, with its undo from the same spot. Two fixes
 * over the library's defaults: plain divs (its list roles fail axe) and our own name for the close button.
 */
import { Toast, toaster } from '@kobalte/core/toast'
import { Show } from 'solid-js'
import { Portal } from 'solid-js/web'
import { t } from '#client/text/translate.ts'
import { Button } from './button.tsx'
import { classes } from './classes.ts'
import { Icon, type IconName } from './icon.tsx'
import css from './toast.module.css'

export interface ToastContent {
  readonly kind: 'done' | 'info' | 'decide' | 'stop'
  readonly title: string
  readonly text?: string
  /** The counter-act, offered as long as the toast stands. */
  readonly undo?: () => void
  /** Another act than undo. */
  readonly act?: { readonly label: string; readonly onPress: () => void }
  /** ms; problems stay until they are closed. */
  readonly durationMs?: number
}

const icons: Readonly<Record<ToastContent['kind'], IconName>> = {
  done: 'check',
  info: 'info',
  decide: 'finding',
  stop: 'stop',
}

/** Shows it until its time is up, it is closed, or its act is pressed. */
export function showToast(content: ToastContent): void {
  toaster.show((props) => <OneToast id={props.toastId} content={content} />)
}

/** Where toasts stand; once in the app. */
export function ToastRegion() {
  return (
    <Portal>
      <Toast.Region
        duration={5000}
        limit={3}
        pauseOnInteraction
        aria-label={t('toast.region')}
        class={css['region']}
      >
        <Toast.List as="div" class={css['list']} />
      </Toast.Region>
    </Portal>
  )
}

function OneToast(props: { readonly id: number; readonly content: ToastContent }) {
  const act = () => {
    if (props.content.act !== undefined) return props.content.act
    const undo = props.content.undo
    return undo === undefined ? undefined : { label: t('toast.undo'), onPress: undo }
  }
  const run = (onPress: () => void) => {
    toaster.dismiss(props.id)
    onPress()
  }
  return (
    <Toast
      as="div"
      toastId={props.id}
      persistent={props.content.kind === 'stop'}
      {...(props.content.durationMs === undefined ? {} : { duration: props.content.durationMs })}
      class={classes(css['toast'], css[props.content.kind])}
    >
      <Icon name={icons[props.content.kind]} />
      <div class={css['words']}>
        <Toast.Title as="p" class={css['title']}>
          {props.content.title}
        </Toast.Title>
        <Show when={props.content.text}>
          {(text) => (
            <Toast.Description as="p" class={css['text']}>
              {text()}
            </Toast.Description>
          )}
        </Show>
      </div>
      <Show when={act()}>
        {(offered) => (
          <Button kind="quiet" size="small" onPress={() => run(offered().onPress)}>
            {offered().label}
          </Button>
        )}
      </Show>
      <Toast.CloseButton class={css['close']} aria-label={t('word.close')}>
        <Icon name="close" size={16} />
      </Toast.CloseButton>
    </Toast>
  )
}
