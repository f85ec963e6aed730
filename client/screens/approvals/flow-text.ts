/** A flow in words and pictures: its conditions, its steps, and who could decide each of them. */
import type { ApprovalPerson } from '#client/engine/face/face.ts'
import { moneyText } from '#client/text/figures.ts'
import { roleText } from '#client/text/role-text.ts'
import { t } from '#client/text/translate.ts'
import type { FlowPlace } from '#client/ui/flow-picture.tsx'
import type { ApprovalFlow, FlowApprover, FlowStep } from '#domain/masters/approval-flow.ts'
import { money } from '#domain/values/money.ts'

/** Some fields anew; undefined empties one. */
export type Change<Of> = { readonly [Name in keyof Of]?: Of[Name] | undefined }

/** The roles that a step can name, in the order of the ranks. */
export const approverRoles = ['manager', 'buyer', 'seller', 'keeper', 'finance', 'owner'] as const

export function approverText(
  { role, user }: FlowApprover,
  people: readonly ApprovalPerson[],
): string {
  return user === undefined
    ? roleText(role ?? '')
    : (people.find(({ id }) => id === user)?.name ?? '')
}

/** From the submission to the posting, with a place for each step. */
export function placesOf(
  { steps }: Pick<ApprovalFlow, 'steps'>,
  noteOf: (step: FlowStep) => readonly string[],
  titleOf: (step: FlowStep) => string,
): readonly FlowPlace[] {
  return [
    { title: t('approval.begin'), notes: [], state: 'done' },
    ...steps.map((step) => ({
      title: titleOf(step),
      notes: noteOf(step),
      state: 'next' as const,
    })),
    { title: t('approval.end'), notes: [], state: 'next' },
  ]
}

export function stepTitle(people: readonly ApprovalPerson[]) {
  return ({ approvers }: FlowStep) =>
    approvers.map((each) => approverText(each, people)).join(t('word.listEnd'))
}

export function stepNotes({ approvers, needs, from, hours }: FlowStep): readonly string[] {
  return [
    from === undefined || from === 0 ? '' : t('approval.fromText', moneyText(money(from))),
    approvers.length > 1 ? t(needs === 'all' ? 'approval.everyone' : 'approval.any') : '',
    hours === undefined ? '' : t('approval.hoursText', hours),
  ].filter(Boolean)
}

/** Names of the people who could decide a step today; owners can decide every one. */
export function namesOf(step: FlowStep, people: readonly ApprovalPerson[]): readonly string[] {
  const named = people.filter(({ id, roles }) =>
    step.approvers.some(({ role, user }) => user === id || roles.includes(role ?? '')),
  )
  const owners = people.filter(({ roles }) => roles.includes('owner'))
  return [...new Set([...named, ...owners].map(({ name }) => name))]
}
