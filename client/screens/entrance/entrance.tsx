/**
 * What stands before the app: an empty server is set up, a new browser becomes a device, a known device asks
 * for its person. Which of these is shown follows from the session's stage and nothing else.
 */
import { For, type JSX, Match, Switch } from 'solid-js'
import type { Session } from '#client/engine/face/face.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { Icon } from '#client/ui/icon.tsx'
import { Notice } from '#client/ui/notice.tsx'
import css from './entrance.module.css'
import { SetUp } from './set-up.tsx'
import { SignIn } from './sign-in.tsx'
import { Unlock } from './unlock.tsx'

export interface EntranceProps {
  readonly session: Session
}

export function Entrance(props: EntranceProps) {
  return (
    <div class={css['entrance']}>
      <Brand companyName={props.session.companyName} />
      <main class={css['work']}>
        <Switch>
          <Match when={props.session.stage === 'unreachable'}>
            <Unreachable />
          </Match>
          <Match when={props.session.stage === 'set-up'}>
            <SetUp />
          </Match>
          <Match when={props.session.stage === 'locked'}>
            <Unlock session={props.session} />
          </Match>
          <Match when={props.session.stage === 'sign-in'}>
            <SignIn session={props.session} />
          </Match>
        </Switch>
      </main>
    </div>
  )
}

function Brand(props: { readonly companyName: string | undefined }): JSX.Element {
  const promises = () => [
    t('entrance.promiseOffline'),
    t('entrance.promiseTogether'),
    t('entrance.promiseExact'),
  ]
  return (
    <header class={css['brand']}>
      <div class={css['brandTop']}>
        <span class={css['seal']} aria-hidden="true">
          {t('app.name')}
        </span>
        <div>
          <p class={css['name']}>{props.companyName ?? t('app.name')}</p>
          <p class={css['tagline']}>{t('app.tagline')}</p>
        </div>
      </div>
      <ul class={css['promises']}>
        <For each={promises()}>
          {(promise) => (
            <li>
              <Icon name="check" size={16} />
              {promise}
            </li>
          )}
        </For>
      </ul>
    </header>
  )
}

function Unreachable() {
  return (
    <div class={css['form']}>
      <Notice
        kind="decide"
        title={t('entrance.unreachable')}
        actions={<Button onPress={() => location.reload()}>{t('word.retry')}</Button>}
      >
        {t('entrance.unreachableNext')}
      </Notice>
    </div>
  )
}
