/**
 * A person signs in with a password while the server is in reach. On a browser that is not a device yet the
 * same form makes it one: its name, what kind it is, and which records it may hold.
 */
import { createSignal, Show } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import type { Session } from '#client/engine/face/face.ts'
import { t } from '#client/text/translate.ts'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { Button } from '#client/ui/button.tsx'
import { ChoiceField } from '#client/ui/choice-field.tsx'
import { Notice } from '#client/ui/notice.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import { PasswordField } from '../password-field.tsx'
import { DemonstrationRoles } from './demonstration-roles.tsx'
import { keptDeviceMark } from './device-mark.ts'
import { type DeviceKind, deviceKindHere, deviceKindText, deviceNameHere } from './this-device.ts'
import css from './entrance.module.css'

const kinds: readonly DeviceKind[] = ['pc', 'till', 'tablet', 'phone']
type Scope = 'all' | 'goods'

interface Person {
  readonly login: string
  readonly password: string
}

export function SignIn(props: { readonly session: Session }) {
  const act = createAct()
  const isNew = () => props.session.device === undefined
  const [login, setLogin] = createSignal('')
  const [password, setPassword] = createSignal('')
  const [deviceName, setDeviceName] = createSignal(deviceNameHere())
  const [kind, setKind] = createSignal<DeviceKind>(deviceKindHere())
  const [scope, setScope] = createSignal<Scope>('all')
  const isReady = () => login().trim() !== '' && password() !== ''

  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (isReady()) void enter({ login: login().trim(), password: password() })
  }
  const enter = async (person: Person) => {
    if (!isNew()) await act.run('signIn', person)
    else {
      await act.run('enrol', {
        ...person,
        deviceName: deviceName().trim() === '' ? deviceNameHere() : deviceName().trim(),
        kind: kind(),
        ...(scope() === 'goods' ? { audiences: ['goods'] } : {}),
      })
    }
  }
  return (
    <form class={css['form']} onSubmit={submit}>
      <div>
        <h1 class={css['heading']}>{t('signIn.title')}</h1>
        <p class={css['lead']}>{isNew() ? t('signIn.leadNew') : t('signIn.lead')}</p>
      </div>
      <Show when={isNew() && keptDeviceMark()}>
        {(mark) => (
          <Notice kind="decide" title={t('entrance.evicted', mark().code)}>
            {t('entrance.evictedNext', mark().waiting)}
          </Notice>
        )}
      </Show>
      <Show when={props.session.demonstration}>
        {(logins) => (
          <DemonstrationRoles
            logins={logins()}
            isBusy={act.isBusy()}
            onChoose={({ login, password }) => void enter({ login, password })}
          />
        )}
      </Show>
      <div class={css['fields']}>
        <TextField
          label={t('signIn.login')}
          value={login()}
          onInput={setLogin}
          autocomplete="username"
          isRequired
          hasFocus
        />
        <PasswordField value={password()} onInput={setPassword} />
      </div>
      <Show when={isNew()}>
        <fieldset class={css['group']}>
          <legend class={css['legend']}>{t('signIn.device')}</legend>
          <div class={css['two']}>
            <TextField
              label={t('signIn.deviceName')}
              value={deviceName()}
              onInput={setDeviceName}
            />
            <ChoiceField
              label={t('signIn.deviceKind')}
              value={kind()}
              options={kinds.map((each) => ({ value: each, label: deviceKindText(each) }))}
              onCommit={(chosen) => setKind(chosen ?? 'pc')}
            />
          </div>
          <ChoiceField
            label={t('signIn.scope')}
            hint={t('signIn.scopeHint')}
            value={scope()}
            options={[
              { value: 'all', label: t('signIn.scopeAll') },
              { value: 'goods', label: t('signIn.scopeGoods') },
            ]}
            onCommit={(chosen) => setScope(chosen ?? 'all')}
          />
        </fieldset>
      </Show>
      <ProblemNotices problems={act.problems()} />
      <Button
        kind="main"
        type="submit"
        size="large"
        isWide
        isBusy={act.isBusy()}
        isDisabled={!isReady()}
      >
        {t('signIn.apply')}
      </Button>
    </form>
  )
}
