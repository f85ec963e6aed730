/** 成本计价: how the company values its goods. Chosen once, before the first document; afterwards it is told and changed from a month on. */
import { createSignal, Show } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import type { CostPolicyRow } from '#client/engine/face/face.ts'
import { createCostPolicy } from '#client/queries/create-cost-policy.ts'
import { createSession } from '#client/queries/create-session.ts'
import { labelText } from '#client/text/language.ts'
import { policyText } from '#client/text/policy-text.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { ChoiceField } from '#client/ui/choice-field.tsx'
import { FactList } from '#client/ui/fact-list.tsx'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { showToast } from '#client/ui/toast.tsx'
import { company } from '#domain/masters/company.ts'
import { MethodChange } from './method-change.tsx'
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
  const policy = createCostPolicy()
  const isAllowed = () =>
    session()?.roles.some((role) => role === 'owner' || role === 'finance') ?? false
  const isOpen = () => policy()?.isOpen === true
  const companyId = () => session()?.organizationId
  return (
    <Show when={isAllowed() ? policy() : undefined}>
      {(held) => (
        <Sheet title={t('policy.title')} note={isOpen() ? t('policy.once') : t('policy.fixed')}>
          <Show when={isOpen() ? companyId() : undefined} fallback={<Told policy={held()} />}>
            {(id) => <Choice companyId={id()} />}
          </Show>
        </Sheet>
      )}
    </Show>
  )
}

function Told(props: { readonly policy: CostPolicyRow }) {
  const facts = () => [
    { label: t('policy.method'), value: policyText(props.policy.method) },
    { label: t('policy.scope'), value: policyText(props.policy.scope) },
    ...props.policy.changes.map(({ month, method, by }) => ({
      label: t('policy.from', t('close.monthText', month)),
      value: t('policy.by', policyText(method), by),
    })),
  ]
  return (
    <>
      <FactList facts={facts()} />
      <MethodChange />
    </>
  )
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
