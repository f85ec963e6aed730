/** 解锁 (unlock): a PIN opens a device that knows its person, with or without a network. Digits by key or thumb. */
import { createSignal, For, onCleanup, onMount, Show } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import type { Session } from '#client/engine/face/face.ts'
import { t } from '#client/text/translate.ts'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { Button } from '#client/ui/button.tsx'
import { classes } from '#client/ui/classes.ts'
import css from './entrance.module.css'
import { SignIn } from './sign-in.tsx'

const pinLength = 6
const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'clear', '0', 'back'] as const

export function Unlock(props: { readonly session: Session }) {
  const [isAsked, setAsked] = createSignal(false)
  const withPassword = () => isAsked() || !props.session.hasPin
  return (
    <Show when={!withPassword()} fallback={<SignIn session={props.session} />}>
      <PinPad name={props.session.user?.name ?? ''} onPassword={() => setAsked(true)} />
    </Show>
  )
}

function PinPad(props: { readonly name: string; readonly onPassword: () => void }) {
  const act = createAct()
  const [pin, setPin] = createSignal('')
  const press = (key: string) => {
    if (act.isBusy()) return
    if (key === 'clear') setPin('')
    else if (key === 'back') setPin((text) => text.slice(0, -1))
    else if (pin().length < pinLength) setPin((text) => text + key)
    if (pin().length === pinLength) void unlock()
  }
  const unlock = async () => {
    await act.run('unlock', { pin: pin() })
    setPin('')
  }
  const keyDown = (event: KeyboardEvent) => {
    if (/^\d$/.test(event.key)) press(event.key)
    if (event.key === 'Backspace') press('back')
    if (event.key === 'Escape') press('clear')
  }
  onMount(() => addEventListener('keydown', keyDown))
  onCleanup(() => removeEventListener('keydown', keyDown))
  const keyText = (key: (typeof keys)[number]) => {
    if (key === 'clear') return t('word.clear')
    return key === 'back' ? '⌫' : key
  }
  return (
    <div class={css['form']}>
      <div>
        <h1 class={css['heading']}>{t('unlock.title', props.name)}</h1>
        <p class={css['lead']}>{t('unlock.lead')}</p>
      </div>
      <div class={css['pinDots']} role="status" aria-label={t('unlock.typed', pin().length)}>
        <For each={Array.from({ length: pinLength }, (_, at) => at)}>
          {(at) => (
            <span class={classes(css['pinDot'], at < pin().length && css['pinDotFilled'])} />
          )}
        </For>
      </div>
      <div class={css['pinPad']}>
        <For each={keys}>
          {(key) => (
            <button
              type="button"
              class={css['pinKey']}
              aria-label={key === 'back' ? t('word.delete') : undefined}
              onClick={() => press(key)}
            >
              {keyText(key)}
            </button>
          )}
        </For>
      </div>
      <ProblemNotices problems={act.problems()} />
      <Button kind="quiet" isWide onPress={props.onPassword}>
        {t('unlock.withPassword')}
      </Button>
    </div>
  )
}
