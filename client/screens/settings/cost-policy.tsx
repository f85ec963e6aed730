/** 成本计价: how the company values its goods. Chosen once, before the first document; afterwards it is told. */
import { createSignal, Show } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import type { FieldValues, MasterRow } from '#client/engine/face/face.ts'
import { createDocumentRows } from '#client/queries/create-documents.ts'
import { createMasters } from '#client/queries/create-masters.ts'
import { createSession } from '#client/queries/create-session.ts'
import { labelText } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { ChoiceField } from '#client/ui/choice-field.tsx'
import { FactList } from '#client/ui/fact-list.tsx'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { showToast } from '#client/ui/toast.tsx'
import { company } from '#domain/masters/company.ts'
import css from './settings.module.css'

const fieldNames = ['costMethod', 'costScope'] as const
type FieldName = (typeof fieldNames)[number]

/** What holds while nobody has chosen. */
const defaults: Readonly<Record<FieldName, string>> = {
  costMethod: 'moving-average',
  costScope: 'branch',
}

export function CostPolicy() {
  const session = createSession()
  const companies = createMasters(() => 'company')
  const own = () => companies()?.rows.find(({ id }) => id === session()?.organizationId)
  const isAllowed = () =>
    session()?.roles.some((role) => role === 'owner' || role === 'finance') ?? false
  return <Show when={isAllowed() ? own() : undefined}>{(row) => <Policy company={row()} />}</Show>
}

function Policy(props: { readonly company: MasterRow }) {
  const documents = createDocumentRows(
    () => undefined,
    () => '',
  )
  const isChosen = () => fieldNames.some((name) => props.company.fields[name] !== undefined)
  const isOpen = () => documents.total() === 0 && !isChosen()
  return (
    <Sheet title={t('policy.title')} note={isOpen() ? t('policy.once') : t('policy.fixed')}>
      <Show when={isOpen()} fallback={<Told fields={props.company.fields} />}>
        <Choice companyId={props.company.id} />
      </Show>
    </Sheet>
  )
}

function Told(props: { readonly fields: FieldValues }) {
  const facts = () =>
    fieldNames.map((name) => {
      const value = props.fields[name]
      const chosen = typeof value === 'string' ? value : defaults[name]
      return { label: labelOf(name), value: choicesOf(name).get(chosen) ?? chosen }
    })
  return <FactList facts={facts()} />
}

function Choice(props: { readonly companyId: string }) {
  const act = createAct()
  const [chosen, setChosen] = createSignal(defaults)
  const save = async () => {
    const changes = [{ entity: 'company', id: props.companyId, fields: chosen() }] as const
    if ((await act.run('changeMasters', { changes })) === undefined) return
    showToast({ kind: 'done', title: t('policy.saved') })
  }
  const field = (name: FieldName) => (
    <ChoiceField
      label={labelOf(name)}
      value={chosen()[name]}
      options={[...choicesOf(name)].map(([value, label]) => ({ value, label }))}
      onCommit={(value) => value !== undefined && setChosen({ ...chosen(), [name]: value })}
    />
  )
  return (
    <>
      <div class={css['row']}>
        {field('costMethod')}
        {field('costScope')}
        <Button isBusy={act.isBusy()} onPress={() => void save()}>
          {t('word.save')}
        </Button>
      </div>
      <ProblemNotices problems={act.problems()} />
    </>
  )
}

function labelOf(name: FieldName): string {
  const label = company.fields[name]?.label
  return label === undefined ? name : labelText(label)
}

function choicesOf(name: FieldName): ReadonlyMap<string, string> {
  const shape = company.fields[name]?.shape
  const choices = shape?.kind === 'choice' ? Object.entries(shape.choices) : []
  return new Map(choices.map(([value, label]) => [value, labelText(label)]))
}
