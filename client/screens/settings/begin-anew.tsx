/** Enrols a machine that was found to be a clone as a device of its own [S5]. */
import { createSignal } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import { showToast } from '#client/ui/toast.tsx'
import css from './settings.module.css'

export function BeginAnew() {
  const act = createAct()
  const [login, setLogin] = createSignal('')
  const [password, setPassword] = createSignal('')
  const isReady = () => login() !== '' && password() !== ''
  const begin = async () => {
    const done = await act.run('beginAnew', { login: login(), password: password() })
    if (done === undefined) return
    setPassword('')
    showToast({ kind: 'done', title: t('settings.begunAnew') })
  }
  return (
    <>
      <p>{t('settings.beginAnewNote')}</p>
      <div class={css['row']}>
        <TextField label={t('signIn.login')} value={login()} onInput={setLogin} />
        <TextField
          label={t('signIn.password')}
          kind="password"
          value={password()}
          onInput={setPassword}
        />
        <Button isDisabled={!isReady()} isBusy={act.isBusy()} onPress={() => void begin()}>
          {t('settings.beginAnew')}
        </Button>
      </div>
      <ProblemNotices problems={act.problems()} />
    </>
  )
}
