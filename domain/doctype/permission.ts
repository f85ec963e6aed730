/** Who may do what with a document, and in which state of it: draft, posted or reversed. */

import type { Role } from '#domain/records/kinds.ts'
import type { AnyDocumentDefinition, PostProblem } from './define.ts'

/** 编辑 · 审核 · 补录 a pending part · 红冲 · 反审核. */
type Act = 'edit' | 'post' | 'supply' | 'reverse' | 'unapprove'

/** Past participles only: a state is the presence of a posting or a reversal, never a field. */
type State = 'draft' | 'posted' | 'reversed'

const actsByState: Readonly<Record<State, readonly Act[]>> = {
  draft: ['edit', 'post'],
  posted: ['supply', 'reverse', 'unapprove'],
  reversed: [],
}

const wrongState = {
  draft: 'not-posted',
  posted: 'already-posted',
  reversed: 'already-reversed',
} as const

/** Why a person with these roles may not do this now; undefined when they may [PRM1] [PRM2]. */
export function actProblem(
  definition: AnyDocumentDefinition,
  act: Act,
  state: State,
  roles: readonly Role[],
): PostProblem | undefined {
  if (!actsByState[state].includes(act)) return { code: wrongState[state] }
  const allowed = rolesFor(definition, act)
  const may = roles.some((role) => role === 'owner' || allowed.includes(role))
  return may ? undefined : { code: 'role-missing', act, roles: allowed }
}

function rolesFor(definition: AnyDocumentDefinition, act: Act): readonly Role[] {
  const { edit, post, reverse = post } = definition.roles
  return { edit, post, supply: post, reverse, unapprove: reverse }[act]
}
