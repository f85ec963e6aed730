/** The ways into a demonstration company: one tap for each role, and what to type on another device. */
import { For } from 'solid-js'
import type { DemonstrationLogin } from '#client/engine/face/face.ts'
import { roleText } from '#client/text/role-text.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import css from './entrance.module.css'

export interface DemonstrationRolesProps {
  readonly logins: readonly DemonstrationLogin[]
  readonly isBusy: boolean
  readonly onChoose: (chosen: DemonstrationLogin) => void
}

export function DemonstrationRoles(props: DemonstrationRolesProps) {
  return (
    <section class={css['group']} aria-label={t('signIn.demonstration')}>
      <p class={css['lead']}>{t('signIn.demonstrationLead', props.logins[0]?.password ?? '')}</p>
      <ul class={css['roles']}>
        <For each={props.logins}>
          {(each) => (
            <li>
              <Button isWide isDisabled={props.isBusy} onPress={() => props.onChoose(each)}>
                <span class={css['role']}>
                  {roleText(each.role)}
                  <code>{each.login}</code>
                </span>
              </Button>
            </li>
          )}
        </For>
      </ul>
      <p class={css['lead']}>
        {t('signIn.demonstrationEnd')} <code class={css['order']}>npm start -- --data ../shop</code>
      </p>
      <p class={css['or']}>{t('setUp.or')}</p>
    </section>
  )
}
