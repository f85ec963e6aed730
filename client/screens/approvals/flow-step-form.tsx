/** One step of a flow: its approvers, how many of them, from which amount on, how long it may wait. */
import { For, Show } from 'solid-js'
import type { ApprovalPerson } from '#client/engine/face/face.ts'
import { roleText } from '#client/text/role-text.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { ChoiceField } from '#client/ui/choice-field.tsx'
import { MoneyField } from '#client/ui/money-field.tsx'
import { Segments } from '#client/ui/segments.tsx'
import type { FlowApprover, FlowStep } from '#domain/masters/approval-flow.ts'
import type { UserId } from '#domain/values/ids.ts'
import { approverRoles, type Change } from './flow-text.ts'
import css from './approvals.module.css'

interface FlowStepFormProps {
  readonly step: FlowStep
  readonly index: number
  readonly people: readonly ApprovalPerson[]
  /** A flow keeps one step at least. */
  readonly isOnly: boolean
  readonly onChange: (said: Change<FlowStep>) => void
  readonly onRemove: () => void
}

const hourChoices = [2, 4, 8, 24, 48, 72, 168] as const
const limitApprovers = 20

export function FlowStepForm(props: FlowStepFormProps) {
  const put = (index: number, approver: FlowApprover | undefined) => {
    const others = props.step.approvers.flatMap((each, i) =>
      i === index ? (approver ?? []) : each,
    )
    props.onChange({ approvers: others })
  }
  return (
    <div class={css['step']}>
      <div class={css['stepHead']}>
        <span>{t('approval.step', props.index + 1)}</span>
        <Show when={!props.isOnly}>
          <Button
            kind="quiet"
            size="small"
            icon="trash"
            label={t('approval.removeStep')}
            onPress={props.onRemove}
          />
        </Show>
      </div>
      <div class={css['fields']}>
        <For each={props.step.approvers}>
          {(approver, index) => (
            <ApproverChoice
              approver={approver}
              people={props.people}
              isRemovable={props.step.approvers.length > 1}
              onCommit={(chosen) => put(index(), chosen)}
            />
          )}
        </For>
        <Show when={props.step.approvers.length < limitApprovers}>
          <Button
            icon="plus"
            onPress={() =>
              props.onChange({ approvers: [...props.step.approvers, { role: 'owner' }] })
            }
          >
            {t('approval.addApprover')}
          </Button>
        </Show>
        <MoneyField
          label={t('approval.stepFrom')}
          value={props.step.from}
          onCommit={(from) => props.onChange({ from })}
        />
        <ChoiceField
          label={t('approval.hours')}
          value={props.step.hours === undefined ? undefined : String(props.step.hours)}
          placeholder={t('approval.noHours')}
          options={hourChoices.map((hours) => ({
            value: String(hours),
            label: t('approval.hoursText', hours),
          }))}
          onCommit={(hours) =>
            props.onChange({
              hours: hours === undefined ? undefined : Number(hours),
            })
          }
        />
      </div>
      <Show when={props.step.approvers.length > 1}>
        <Segments
          label={t('approval.needs')}
          value={props.step.needs}
          options={[
            { value: 'any', label: t('approval.any') },
            { value: 'all', label: t('approval.everyone') },
          ]}
          onChoose={(needs) => props.onChange({ needs })}
        />
      </Show>
    </div>
  )
}

interface ApproverChoiceProps {
  readonly approver: FlowApprover
  readonly people: readonly ApprovalPerson[]
  readonly isRemovable: boolean
  /** Undefined: this one is no approver any more. */
  readonly onCommit: (approver: FlowApprover | undefined) => void
}

/** A role or a person in one list: roles first. */
function ApproverChoice(props: ApproverChoiceProps) {
  const value = () =>
    props.approver.user === undefined ? `role:${props.approver.role ?? ''}` : props.approver.user
  const options = () => [
    ...approverRoles.map((role) => ({ value: `role:${role}`, label: roleText(role) })),
    ...props.people.map(({ id, name }) => ({ value: id, label: name })),
  ]
  const commit = (chosen: string | undefined) => {
    if (chosen === undefined) return props.onCommit(undefined)
    const role = chosen.startsWith('role:') ? chosen.slice('role:'.length) : undefined
    props.onCommit(role === undefined ? { user: chosen as UserId } : { role })
  }
  return (
    <ChoiceField
      label={t('approval.approver')}
      value={value()}
      options={options()}
      {...(props.isRemovable && { placeholder: t('word.none') })}
      onCommit={commit}
    />
  )
}
