/** 试一试: which steps a document of an amount would take today, and who could decide each of them. */
import { createSignal, Show } from 'solid-js'
import type { ApprovalPerson } from '#client/engine/face/face.ts'
import { labelText } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import { ChoiceField } from '#client/ui/choice-field.tsx'
import { FlowPicture } from '#client/ui/flow-picture.tsx'
import { MoneyField } from '#client/ui/money-field.tsx'
import { Notice } from '#client/ui/notice.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { askedFlow, type FlowStep, type NamedFlow } from '#domain/masters/approval-flow.ts'
import { definitionOf } from '#domain/registry.ts'
import { type Money, money } from '#domain/values/money.ts'
import { namesOf, placesOf, stepNotes, stepTitle } from './flow-text.ts'
import css from './approvals.module.css'

interface FlowTrialProps {
  readonly flows: readonly NamedFlow[]
  readonly people: readonly ApprovalPerson[]
  readonly branchId: string
}

export function FlowTrial(props: FlowTrialProps) {
  const [chosen, setChosen] = createSignal<string>()
  const [amount, setAmount] = createSignal<Money | undefined>(money(600_000))
  const types = () => [...new Set(props.flows.map(({ type }) => type))]
  const type = () => chosen() ?? types()[0] ?? ''
  const asked = () =>
    askedFlow(props.flows, { type: type(), branch: props.branchId, amount: amount() ?? money(0) })
  const notes = (step: FlowStep) => {
    const names = namesOf(step, props.people)
    const who = names.length === 0 ? t('approval.nobody') : names.join(t('word.listEnd'))
    return [...stepNotes(step), who]
  }
  return (
    <Sheet title={t('approval.trial')} note={t('approval.trialNote')}>
      <div class={css['stack']}>
        <div class={css['fields']}>
          <ChoiceField
            label={t('approval.flowType')}
            value={type()}
            options={types().map((each) => ({
              value: each,
              label: labelText(definitionOf(each)?.label ?? [each, each]),
            }))}
            onCommit={setChosen}
          />
          <MoneyField label={t('approval.trialAmount')} value={amount()} onCommit={setAmount} />
        </div>
        <Show when={asked()} fallback={<Notice kind="info" title={t('approval.direct')} />}>
          {(found) => (
            <FlowPicture
              label={t('approval.trial')}
              places={placesOf(found(), notes, stepTitle(props.people))}
            />
          )}
        </Show>
      </div>
    </Sheet>
  )
}
