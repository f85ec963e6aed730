/**
 * The strip under the top bar, on every screen: why posting has stopped or sync waits, what is safe, and the one
 * thing to do. Nothing on a good day.
 */
import { createSignal, Match, Show, Switch } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import type { Session } from '#client/engine/face/face.ts'
import { createStatus } from '#client/queries/create-session.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { ButtonLink } from '#client/ui/button-link.tsx'
import { Dialog } from '#client/ui/dialog.tsx'
import { Notice } from '#client/ui/notice.tsx'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { WipeDevice } from './wipe-device.tsx'
import { PasswordField } from '../password-field.tsx'
import { exportUnsent } from '../save-file.ts'
import css from './standing.module.css'
import { standingMatter } from './standing-matter.ts'

export function Standing(props: { readonly session: Session | undefined }) {
  const status = createStatus()
  const matter = () => standingMatter(status())
  const [isSigningIn, setSigningIn] = createSignal(false)
  const [isWiping, setWiping] = createSignal(false)
  return (
    <>
      <Show when={matter()}>
        {(now) => (
          <div class={css['standing']} data-print="hide">
            <Notice
              kind={now().kind}
              title={now().title}
              actions={
                <Switch>
                  <Match when={now().act === 'export'}>
                    <Button icon="download" onPress={() => void exportUnsent()}>
                      {t('sync.copy')}
                    </Button>
                  </Match>
                  <Match when={now().act === 'look'}>
                    <ButtonLink href="/settings">{t('aside.look')}</ButtonLink>
                  </Match>
                  <Match when={now().act === 'wipe'}>
                    <Button onPress={() => setWiping(true)}>{t('shutOut.wipe')}</Button>
                  </Match>
                  <Match when={now().act === 'reload'}>
                    <Button icon="refresh" onPress={() => location.reload()}>
                      {t('error.reload')}
                    </Button>
                  </Match>
                  <Match when={now().act === 'sign-in'}>
                    <Button kind="main" icon="user" onPress={() => setSigningIn(true)}>
                      {t('standing.signInAct')}
                    </Button>
                  </Match>
                </Switch>
              }
            >
              {now().text}
            </Notice>
          </div>
        )}
      </Show>
      <WipeDevice isOpen={isWiping()} onClose={() => setWiping(false)} />
      <SignInAgain
        session={props.session}
        isOpen={isSigningIn()}
        onClose={() => setSigningIn(false)}
      />
    </>
  )
}

interface SignInAgainProps {
  readonly session: Session | undefined
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** The person at work gives the password once more; nothing on the screen behind is left. */
function SignInAgain(props: SignInAgainProps) {
  const act = createAct()
  const [password, setPassword] = createSignal('')
  const login = () => props.session?.user?.login ?? ''
  const enter = async () => {
    const done = await act.run('signIn', { login: login(), password: password() })
    setPassword('')
    if (done !== undefined) props.onClose()
  }
  return (
    <Dialog
      isOpen={props.isOpen}
      title={t('standing.signInTitle', props.session?.user?.name ?? '')}
      size="small"
      onClose={props.onClose}
      footer={
        <>
          <Button onPress={() => props.onClose()}>{t('word.cancel')}</Button>
          <Button
            kind="main"
            isBusy={act.isBusy()}
            isDisabled={password() === ''}
            onPress={() => void enter()}
          >
            {t('signIn.apply')}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void enter()
        }}
      >
        <PasswordField value={password()} onInput={setPassword} hasFocus />
        <ProblemNotices problems={act.problems()} />
      </form>
    </Dialog>
  )
}
