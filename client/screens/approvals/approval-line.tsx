/** One submission in a list: what it is, what it comes to, whose it is, and whom it waits for. */
import { Show } from 'solid-js'
import { approversText } from '#client/documents/approval-story.tsx'
import type { ApprovalRow } from '#client/engine/face/face.ts'
import { createSession } from '#client/queries/create-session.ts'
import { shortMomentText } from '#client/text/dates.ts'
import { labelText } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import { MoneyText } from '#client/ui/money-text.tsx'
import { Badge } from '#client/ui/stamp.tsx'
import { definitionOf } from '#domain/registry.ts'
import { instant } from '#domain/values/instant.ts'
import { money } from '#domain/values/money.ts'
import css from './approvals.module.css'

export function ApprovalLine(props: { readonly row: ApprovalRow }) {
  const session = createSession()
  const zone = () => session()?.zone ?? { offsetMinutes: 480 }
  const at = () => shortMomentText(instant(props.row.at), instant(Date.now()), zone())
  const next = () => {
    const step = props.row.state === 'waiting' ? props.row.steps[props.row.step] : undefined
    return step === undefined ? '' : t('approval.waitsFor', approversText(step))
  }
  return (
    <a class={css['row']} href={`/approvals/${props.row.docId}`}>
      <span class={css['title']}>
        {labelText(definitionOf(props.row.type)?.label ?? [props.row.type, props.row.type])}{' '}
        {props.row.number}
      </span>
      <span class={css['amount']}>
        <Show when={props.row.amount !== undefined}>
          <MoneyText value={money(props.row.amount ?? 0)} />
        </Show>
      </span>
      <span class={css['note']}>
        {t('approval.submittedBy', props.row.byName, at(), props.row.branchName)}
      </span>
      <StateBadge row={props.row} />
      <Show when={next() !== ''}>
        <span class={css['note']}>
          {t('approval.stepOf', props.row.step + 1, props.row.steps.length)} · {next()}
        </span>
      </Show>
    </a>
  )
}

export function StateBadge(props: { readonly row: ApprovalRow }) {
  const tone = () => {
    if (props.row.state === 'approved') return 'green'
    if (props.row.state === 'waiting') return props.row.isOverdue ? 'red' : 'amber'
    return props.row.state === 'declined' ? 'red' : 'grey'
  }
  const word = () =>
    props.row.isOverdue ? t('approval.overdue') : t(`approvalState.${props.row.state}`)
  return <Badge tone={tone()}>{word()}</Badge>
}
