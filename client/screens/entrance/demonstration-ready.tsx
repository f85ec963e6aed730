/** The demonstration company stands: its logins, and the way in as the owner. */
import { For } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import { roleText } from '#client/text/role-text.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import css from './entrance.module.css'
import { deviceKindHere, deviceNameHere } from './this-device.ts'

export interface DemonstrationLogin {
  readonly login: string
  readonly role: string
  readonly password: string
}

export function DemonstrationReady(props: { readonly logins: readonly DemonstrationLogin[] }) {
  const act = createAct()
  const owner = () => props.logins.find((each) => each.role === 'owner') ?? props.logins[0]
  const enter = () => {
    const chosen = owner()
    if (chosen === undefined) return
    void act.run('enrol', {
      login: chosen.login,
      password: chosen.password,
      deviceName: deviceNameHere(),
      kind: deviceKindHere(),
    })
  }
  return (
    <div class={css['form']}>
      <div>
        <h1 class={css['heading']}>{t('setUp.demonstrationReady')}</h1>
        <p class={css['lead']}>{t('setUp.demonstrationLogins')}</p>
      </div>
      <table class={css['logins']}>
        <thead>
          <tr>
            <th>{t('signIn.role')}</th>
            <th>{t('signIn.login')}</th>
            <th>{t('signIn.password')}</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.logins}>
            {(each) => (
              <tr>
                <td>{roleText(each.role)}</td>
                <td>
                  <code>{each.login}</code>
                </td>
                <td>
                  <code>{each.password}</code>
                </td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
      <ProblemNotices problems={act.problems()} />
      <Button kind="main" size="large" isWide isBusy={act.isBusy()} onPress={enter}>
        {t('setUp.enterAsOwner')}
      </Button>
    </div>
  )
}
