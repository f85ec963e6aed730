/** What became of a submission: its steps as a picture, and what each person said, in order. */
import { For, Show } from 'solid-js'
import type { ApprovalActRow, ApprovalDetail, ApprovalStepRow } from '#client/engine/face/face.ts'
import { createSession } from '#client/queries/create-session.ts'
import { momentText } from '#client/text/dates.ts'
import { roleText } from '#client/text/role-text.ts'
import { type TextKey, t } from '#client/text/translate.ts'
import { FlowPicture, type FlowPlace } from '#client/ui/flow-picture.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { instant } from '#domain/values/instant.ts'
import css from './documents.module.css'

export function ApprovalStory(props: { readonly approval: ApprovalDetail }) {
  const session = createSession()
  const at = (moment: number) =>
    momentText(instant(moment), session()?.zone ?? { offsetMinutes: 480 })
  return (
    <Sheet title={t('approval.story')} note={props.approval.flow}>
      <FlowPicture label={t('approval.story')} places={placesOf(props.approval)} />
      <ol class={css['story']}>
        <li>
          <span class={css['factLabel']}>{at(props.approval.at)}</span>
          <span>
            {props.approval.byName} {t('approvalAct.submit')}
          </span>
        </li>
        <For each={props.approval.acts}>
          {(act) => (
            <li>
              <span class={css['factLabel']}>{at(act.at)}</span>
              <span>
                {act.byName} {t(`approvalAct.${act.verdict}`)} {besides(act)}
              </span>
              <Show when={act.note !== ''}>
                <span class={css['storyNote']}>{act.note}</span>
              </Show>
            </li>
          )}
        </For>
      </ol>
    </Sheet>
  )
}

function besides({ inPlaceOf, problem, isOnAuthorsDevice }: ApprovalActRow): string {
  return [
    inPlaceOf === undefined ? '' : t('approval.inPlaceOf', inPlaceOf),
    problem === undefined ? '' : t(`approvalVoid.${problem}` as TextKey),
    isOnAuthorsDevice && problem === undefined ? t('approval.sameDevice') : '',
  ]
    .filter(Boolean)
    .join(' · ')
}

/** 店长 / 王经理: who may decide a step. */
export function approversText({ approvers }: Pick<ApprovalStepRow, 'approvers'>): string {
  return approvers
    .map(({ role, userName }) => userName ?? roleText(role ?? ''))
    .join(t('word.listEnd'))
}

function placesOf({ steps, step, state, isPosted }: ApprovalDetail): readonly FlowPlace[] {
  const stateOf = (index: number): FlowPlace['state'] => {
    if (state === 'approved' || index < step) return 'done'
    if (index > step) return 'next'
    return state === 'waiting' ? 'now' : 'stopped'
  }
  return [
    { title: t('approval.begin'), notes: [], state: 'done' },
    ...steps.map((each, index) => ({
      title: approversText(each),
      notes: notesOf(each),
      state: stateOf(index),
    })),
    { title: t('approval.end'), notes: [], state: isPosted ? 'done' : 'next' },
  ]
}

function notesOf({ approvers, needs, hours }: ApprovalStepRow): readonly string[] {
  return [
    approvers.length > 1 ? t(needs === 'all' ? 'approval.everyone' : 'approval.any') : '',
    hours === undefined ? '' : t('approval.hoursText', hours),
  ].filter(Boolean)
}
