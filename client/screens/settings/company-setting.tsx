/** 补录权限: how many days back people without a manager's rights may date what they post. */
import { createSignal, Show } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import type { FieldValue, MasterRow } from '#client/engine/face/face.ts'
import { createMasters } from '#client/queries/create-masters.ts'
import { createSession } from '#client/queries/create-session.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { showToast } from '#client/ui/toast.tsx'
import { company } from '#domain/masters/company.ts'
import { MasterFieldInput } from '../masters/master-field-input.tsx'
import css from './settings.module.css'

const name = 'backdateDays'

export function Backdating() {
  const session = createSession()
  const companies = createMasters(() => 'company')
  const own = () => companies()?.rows.find(({ id }) => id === session()?.organizationId)
  const isAllowed = () =>
    session()?.roles.some((role) => role === 'owner' || role === 'finance') ?? false
  return <Show when={isAllowed() ? own() : undefined}>{(row) => <Limit company={row()} />}</Show>
}

function Limit(props: { readonly company: MasterRow }) {
  const act = createAct()
  const field = company.fields[name]
  const [typed, setTyped] = createSignal<FieldValue>()
  const value = () => typed() ?? props.company.fields[name]
  const save = async () => {
    const fields = { [name]: value() ?? '' }
    const changes = [{ entity: 'company', id: props.company.id, fields }] as const
    if ((await act.run('changeMasters', { changes })) === undefined) return
    showToast({ kind: 'done', title: t('backdate.saved') })
  }
  return (
    <Show when={field}>
      {(known) => (
        <Sheet title={t('backdate.title')} note={t('backdate.note')}>
          <div class={css['row']}>
            <MasterFieldInput field={known()} value={value()} onCommit={setTyped} />
            <Button isBusy={act.isBusy()} onPress={() => void save()}>
              {t('word.save')}
            </Button>
          </div>
          <ProblemNotices problems={act.problems()} />
        </Sheet>
      )}
    </Show>
  )
}
