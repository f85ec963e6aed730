/** Adds a person: login, first password, role and branch. Online only: rights are written by the server. */
import { createSignal } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import { createSession } from '#client/queries/create-session.ts'
import { roleText } from '#client/text/role-text.ts'
import { t } from '#client/text/translate.ts'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { Button } from '#client/ui/button.tsx'
import { ChoiceField } from '#client/ui/choice-field.tsx'
import { Dialog } from '#client/ui/dialog.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import rowCss from '../entry-row.module.css'

const roles = ['keeper', 'seller', 'buyer', 'finance', 'manager', 'owner'] as const

export function AddUser(props: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const act = createAct()
  const session = createSession()
  const [name, setName] = createSignal('')
  const [login, setLogin] = createSignal('')
  const [password, setPassword] = createSignal('')
  const [role, setRole] = createSignal<string>('keeper')
  const [branch, setBranch] = createSignal<string>('all')
  const isReady = () => name().trim() !== '' && login().trim() !== '' && password().length >= 10
  const add = async () => {
    const done = await act.run('addUser', {
      login: login().trim(),
      name: name().trim(),
      password: password(),
      roles: [{ branch: branch(), role: role() }],
    })
    if (done !== undefined) props.onClose()
  }
  const branches = () => [
    { value: 'all', label: t('devices.allBranches') },
    ...(session()?.branches ?? []).map((each) => ({ value: each.id, label: each.name })),
  ]
  return (
    <Dialog
      isOpen={props.isOpen}
      title={t('devices.addUser')}
      onClose={props.onClose}
      footer={
        <Button
          kind="main"
          isBusy={act.isBusy()}
          isDisabled={!isReady()}
          onPress={() => void add()}
        >
          {t('word.add')}
        </Button>
      }
    >
      <div class={rowCss['fields']}>
        <TextField
          label={t('devices.userName')}
          value={name()}
          onInput={setName}
          isRequired
          hasFocus
        />
        <TextField label={t('signIn.login')} value={login()} onInput={setLogin} isRequired />
        <TextField
          label={t('signIn.password')}
          kind="password"
          autocomplete="new-password"
          hint={t('setUp.passwordHint')}
          value={password()}
          onInput={setPassword}
          isRequired
        />
        <ChoiceField
          label={t('signIn.role')}
          value={role()}
          options={roles.map((each) => ({ value: each, label: roleText(each) }))}
          onCommit={(chosen) => setRole(chosen ?? 'keeper')}
        />
        <ChoiceField
          label={t('stock.branch')}
          value={branch()}
          options={branches()}
          onCommit={(chosen) => setBranch(chosen ?? 'all')}
        />
        <ProblemNotices problems={act.problems()} />
      </div>
    </Dialog>
  )
}
