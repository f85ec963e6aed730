/** 代理审批: who decides in the place of somebody who is away, from one day to another. */
import { createSignal, For } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import type { ApprovalPerson, MasterRow } from '#client/engine/face/face.ts'
import { createSession } from '#client/queries/create-session.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { ChoiceField } from '#client/ui/choice-field.tsx'
import { DateField } from '#client/ui/date-field.tsx'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { showToast } from '#client/ui/toast.tsx'
import { approvalSubstituteField, substituteOf } from '#domain/masters/approval-flow.ts'
import { familyOf } from '#domain/masters/master-field.ts'
import {
  addDays,
  type BusinessDate,
  businessDateOf,
  startOf,
} from '#domain/values/business-date.ts'
import { instant } from '#domain/values/instant.ts'
import css from './approvals.module.css'

interface SubstitutesProps {
  readonly company: MasterRow
  readonly people: readonly ApprovalPerson[]
}

export function Substitutes(props: SubstitutesProps) {
  const act = createAct()
  const session = createSession()
  const zone = () => session()?.zone ?? { offsetMinutes: 480, cutOffMinutes: 0 }
  const [absent, setAbsent] = createSignal<string>()
  const [user, setUser] = createSignal<string>()
  const [from, setFrom] = createSignal<BusinessDate>()
  const [until, setUntil] = createSignal<BusinessDate>()
  const nameOf = (id: string) => props.people.find((each) => each.id === id)?.name ?? ''
  const options = (without: string | undefined) =>
    props.people
      .filter(({ id }) => id !== without)
      .map(({ id, name }) => ({ value: id, label: name }))
  const isReady = () => ![absent(), user(), from(), until()].includes(undefined)
  const save = async () => {
    const [who, first, last] = [absent() ?? '', from(), until()]
    if (first === undefined || last === undefined) return
    const said = {
      user: user() ?? '',
      from: startOf(first, zone()),
      until: startOf(addDays(last, 1), zone()),
    }
    const fields = { [`${approvalSubstituteField}:${who}`]: said }
    const changes = [{ entity: 'company', id: props.company.id, fields }]
    if ((await act.run('changeMasters', { changes })) === undefined) return
    showToast({ kind: 'done', title: t('approval.substituteSet', nameOf(who)) })
  }
  const lines = () =>
    [...familyOf(props.company.fields, approvalSubstituteField)].flatMap(([who, value]) => {
      const said = substituteOf(value)
      if (said === undefined) return []
      const [first, last] = [said.from, said.until - 1].map((at) =>
        businessDateOf(instant(at), zone()),
      )
      return [t('approval.substituteLine', nameOf(who), nameOf(said.user), first ?? '', last ?? '')]
    })
  return (
    <Sheet title={t('approval.substitutes')} note={t('approval.substitutesNote')}>
      <ul class={css['plainList']}>
        <For each={lines()}>{(line) => <li>{line}</li>}</For>
      </ul>
      <div class={css['fields']}>
        <ChoiceField
          label={t('approval.absent')}
          value={absent()}
          options={options(user())}
          onCommit={setAbsent}
        />
        <ChoiceField
          label={t('approval.substitute')}
          value={user()}
          options={options(absent())}
          onCommit={setUser}
        />
        <DateField label={t('approval.from')} value={from()} onCommit={setFrom} />
        <DateField label={t('approval.until')} value={until()} onCommit={setUntil} />
        <Button isDisabled={!isReady()} isBusy={act.isBusy()} onPress={() => void save()}>
          {t('approval.setSubstitute')}
        </Button>
      </div>
      <ProblemNotices problems={act.problems()} />
    </Sheet>
  )
}
