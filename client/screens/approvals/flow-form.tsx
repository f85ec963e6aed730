/** One approval flow as a form: what it asks for, its steps, and a picture that follows each change. */
import { createSignal, Index, Show, untrack } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import type { ApprovalPerson } from '#client/engine/face/face.ts'
import { createMasters } from '#client/queries/create-masters.ts'
import { labelText } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { Checkbox } from '#client/ui/checkbox.tsx'
import { ChoiceField } from '#client/ui/choice-field.tsx'
import { Dialog } from '#client/ui/dialog.tsx'
import { FlowPicture } from '#client/ui/flow-picture.tsx'
import { MoneyField } from '#client/ui/money-field.tsx'
import { PercentField } from '#client/ui/percent-field.tsx'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import { showToast } from '#client/ui/toast.tsx'
import {
  type ApprovalFlow,
  approvalFlowField,
  type FlowStep,
  type NamedFlow,
} from '#domain/masters/approval-flow.ts'
import { documentTypes } from '#domain/registry.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { FlowStepForm } from './flow-step-form.tsx'
import { type Change, placesOf, stepNotes, stepTitle } from './flow-text.ts'
import css from './approvals.module.css'

interface FlowFormProps {
  readonly flow: NamedFlow
  readonly companyId: string
  readonly people: readonly ApprovalPerson[]
  /** It is in use, and can be taken out of it. */
  readonly isKnown: boolean
  readonly onClose: () => void
}

const limitSteps = 10
const newStep: FlowStep = { approvers: [{ role: 'manager' }], needs: 'any' }

/** Fields that were emptied are left out. */
function plainFlow(flow: ApprovalFlow): Json {
  return JSON.parse(JSON.stringify(flow)) as Json
}

function saidOf(named: NamedFlow): ApprovalFlow {
  const { id: _, ...flow } = named
  return flow
}

export function FlowForm(props: FlowFormProps) {
  const act = createAct()
  const [flow, setFlow] = createSignal<ApprovalFlow>(untrack(() => saidOf(props.flow)))
  const change = (said: Change<ApprovalFlow>) =>
    setFlow((before) => ({ ...before, ...said }) as ApprovalFlow)
  const [isTried, setTried] = createSignal(false)
  const say = async (value: Json) => {
    const fields = { [`${approvalFlowField}:${props.flow.id}`]: value }
    const changes = [{ entity: 'company', id: props.companyId, fields }] as const
    return (await act.run('changeMasters', { changes })) !== undefined
  }
  const save = async () => {
    setTried(true)
    if (flow().name.trim() === '' || !(await say(plainFlow(flow())))) return
    showToast({ kind: 'done', title: t('approval.savedFlow', flow().name) })
    props.onClose()
  }
  const remove = async () => {
    if (!(await say(''))) return
    const text = t('approval.removeEffect')
    showToast({ kind: 'done', title: t('approval.removedFlow', flow().name), text })
    props.onClose()
  }
  return (
    <Dialog
      isOpen
      isSticky
      size="large"
      title={props.isKnown ? props.flow.name : t('approval.newFlow')}
      onClose={props.onClose}
      footer={
        <>
          <Show when={props.isKnown}>
            <Button kind="danger" onPress={() => void remove()}>
              {t('approval.removeFlow')}
            </Button>
          </Show>
          <Button onPress={props.onClose}>{t('word.cancel')}</Button>
          <Button kind="main" isBusy={act.isBusy()} onPress={() => void save()}>
            {t('approval.saveFlow')}
          </Button>
        </>
      }
    >
      <div class={css['stack']}>
        <Subject flow={flow()} isTried={isTried()} onChange={change} />
        <Conditions flow={flow()} onChange={change} />
        <Steps flow={flow()} people={props.people} onChange={change} />
        <FlowPicture
          label={t('approval.picture')}
          places={placesOf(flow(), stepNotes, stepTitle(props.people))}
        />
        <ProblemNotices problems={act.problems()} />
      </div>
    </Dialog>
  )
}

interface PartProps {
  readonly flow: ApprovalFlow
  readonly onChange: (said: Change<ApprovalFlow>) => void
}

/** What it is called, and which documents it is about. */
function Subject(props: PartProps & { readonly isTried: boolean }) {
  return (
    <div class={css['fields']}>
      <TextField
        label={t('approval.flowName')}
        value={props.flow.name}
        isRequired
        hasFocus
        maxLength={60}
        problem={props.isTried && props.flow.name.trim() === '' ? t('word.required') : undefined}
        onInput={(name) => props.onChange({ name })}
      />
      <ChoiceField
        label={t('approval.flowType')}
        value={props.flow.type}
        options={documentTypes.map(({ type, label }) => ({
          value: type,
          label: labelText(label),
        }))}
        onCommit={(type) => props.onChange({ type: type ?? props.flow.type })}
      />
      <BranchChoice
        value={props.flow.branches?.[0]}
        onCommit={(branch) =>
          props.onChange({ branches: branch === undefined ? undefined : [branch] })
        }
      />
    </div>
  )
}

function Steps(props: PartProps & { readonly people: readonly ApprovalPerson[] }) {
  const changeStep = (index: number, said: Change<FlowStep>) => {
    const changed = (step: FlowStep, i: number) =>
      i === index ? ({ ...step, ...said } as FlowStep) : step
    props.onChange({ steps: props.flow.steps.map(changed) })
  }
  return (
    <fieldset class={css['group']}>
      <legend>{t('approval.steps')}</legend>
      <Index each={props.flow.steps}>
        {(step, index) => (
          <FlowStepForm
            step={step()}
            index={index}
            people={props.people}
            isOnly={props.flow.steps.length === 1}
            onChange={(said) => changeStep(index, said)}
            onRemove={() =>
              props.onChange({ steps: props.flow.steps.filter((_, i) => i !== index) })
            }
          />
        )}
      </Index>
      <Show when={props.flow.steps.length < limitSteps}>
        <Button
          icon="plus"
          onPress={() => props.onChange({ steps: [...props.flow.steps, newStep] })}
        >
          {t('approval.addStep')}
        </Button>
      </Show>
    </fieldset>
  )
}

function BranchChoice(props: {
  readonly value: string | undefined
  readonly onCommit: (branch: string | undefined) => void
}) {
  const branches = createMasters(() => 'branch')
  return (
    <ChoiceField
      label={t('approval.branches')}
      value={props.value}
      placeholder={t('approval.allBranches')}
      options={(branches()?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      onCommit={props.onCommit}
    />
  )
}

function Conditions(props: PartProps) {
  const isOfSales = () =>
    documentTypes.find(({ type }) => type === props.flow.type)?.lines['price']?.audience === 'sales'
  return (
    <fieldset class={css['group']}>
      <legend>{t('approval.when')}</legend>
      <div class={css['fields']}>
        <MoneyField
          label={t('approval.amountFrom')}
          value={props.flow.amount}
          onCommit={(amount) => props.onChange({ amount })}
        />
        <Show when={isOfSales()}>
          <PercentField
            label={t('approval.discountFrom')}
            value={props.flow.discount}
            onCommit={(discount) => props.onChange({ discount })}
          />
          <Checkbox
            label={t('approval.belowMinimum')}
            isChecked={props.flow.belowMinimum === 1}
            onChange={(is) => props.onChange({ belowMinimum: is ? 1 : undefined })}
          />
        </Show>
        <Checkbox
          label={t('approval.isSeparate')}
          isChecked={props.flow.isSeparate === 1}
          onChange={(is) => props.onChange({ isSeparate: is ? 1 : undefined })}
        />
      </div>
    </fieldset>
  )
}
