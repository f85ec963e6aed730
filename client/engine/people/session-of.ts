/** Who works here with which rights, as screens see it: the session beside what the company's records say. */
import { textOf } from '#domain/masters/master-field.ts'
import { nameOf, type Reading } from '#client/projections/reading.ts'
import type { Session } from '../face/face.ts'
import { readerOf } from './reader-of.ts'
import type { Sessions } from './session.ts'
import type { Workplace } from '../workplace.ts'

export function sessionOf(
  workplace: Workplace | undefined,
  reading: Reading | undefined,
  sessions: Sessions,
): Session {
  const { identity, person, branchId, stage, demonstration } = sessions
  const companyName = companyNameIn(workplace, sessions) ?? sessions.companyName
  const actor = sessions.actor()
  return {
    stage,
    branches: branchesOf(workplace, reading, sessions),
    audiences: actor.ok ? actor.value.audiences : [],
    roles: actor.ok ? actor.value.roles : [],
    hasPin: person?.pin !== undefined,
    zone: readerOf(workplace, sessions).zone,
    ...(companyName === undefined ? {} : { companyName }),
    ...(demonstration === undefined ? {} : { demonstration }),
    ...(identity === undefined ? {} : { organizationId: identity.organizationId }),
    ...(identity === undefined ? {} : { device: identity.device }),
    ...(branchId === undefined ? {} : { branchId }),
    ...(person === undefined
      ? {}
      : { user: { id: person.id, name: person.name, login: person.login } }),
  }
}

function companyNameIn(
  workplace: Workplace | undefined,
  { identity }: Sessions,
): string | undefined {
  if (identity === undefined) return undefined
  const company = workplace?.projector.fold.masters.get('company', identity.organizationId)
  return company === undefined ? undefined : textOf(company, 'name')
}

/** Those of the device in which the person has something to do. */
function branchesOf(
  workplace: Workplace | undefined,
  reading: Reading | undefined,
  sessions: Sessions,
): Session['branches'] {
  const { identity } = sessions
  if (identity === undefined || reading === undefined) return []
  return (workplace?.branches() ?? []).flatMap((id) => {
    const actor = sessions.actor(id)
    if (actor.ok && actor.value.roles.length === 0) return []
    const code = textOf(reading.fold.masters.get('branch', id) ?? {}, 'code')
    const kept = identity.branches.find((branch) => branch.id === id)?.code ?? ''
    return [{ id, code: code === '' ? kept : code, name: nameOf(reading, 'branch', id) }]
  })
}
