/** One setting of the company, with what it means: for owners and finance alone. */
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

export interface CompanySettingProps {
  /** Of a field of the company. */
  readonly name: string
  readonly title: string
  readonly note: string
  /** Said when it was changed. */
  readonly saved: string
}

export function CompanySetting(props: CompanySettingProps) {
  const session = createSession()
  const companies = createMasters(() => 'company')
  const own = () => companies()?.rows.find(({ id }) => id === session()?.organizationId)
  const isAllowed = () =>
    session()?.roles.some((role) => role === 'owner' || role === 'finance') ?? false
  return (
    <Show when={isAllowed() ? own() : undefined}>
      {(row) => <Setting {...props} company={row()} />}
    </Show>
  )
}

function Setting(props: CompanySettingProps & { readonly company: MasterRow }) {
  const act = createAct()
  const field = () => company.fields[props.name]
  const [typed, setTyped] = createSignal<FieldValue>()
  const value = () => typed() ?? props.company.fields[props.name]
  const save = async () => {
    const fields = { [props.name]: value() ?? '' }
    const changes = [{ entity: 'company', id: props.company.id, fields }] as const
    if ((await act.run('changeMasters', { changes })) === undefined) return
    showToast({ kind: 'done', title: props.saved })
  }
  return (
    <Show when={field()}>
      {(known) => (
        <Sheet title={props.title} note={props.note}>
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
