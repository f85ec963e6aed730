/** What an enrolment or a sign-in makes of what is kept of device and people. Pure; writes nothing. */
import {
  type Enrolled,
  type KeptIdentity,
  type KeptPerson,
  type KeptSession,
  rolesIn,
  type SignedIn,
} from './identity.ts'

/** A sign-in that the server has let in. */
export interface LetIn {
  readonly login: string
  readonly answer: SignedIn
  /** Server-corrected, ms. */
  readonly signedInAtMs: number
  /** Of the device's own clock, ms. */
  readonly activeAtMs: number
}

/** Who has signed in works now, in the chosen branch if there is anything to do there, else in the first that has. */
export function signedIn(
  session: KeptSession,
  { branches }: KeptIdentity,
  { login, answer, signedInAtMs, activeAtMs }: LetIn,
): KeptSession {
  const { id, name, roles: grants } = answer.user
  const before = session.people.find((person) => person.id === id)
  const person: KeptPerson = { ...before, id, login, name, grants, signedInAtMs }
  const hasWork = (branch: string | undefined): boolean =>
    branch !== undefined && rolesIn(grants, branch).length > 0
  const known = branches.map((branch) => branch.id)
  const chosen = session.branchId ?? known[0]
  const branchId = hasWork(chosen) ? chosen : (known.find(hasWork) ?? known[0])
  return {
    people: withPerson(session, person).people,
    currentId: id,
    isLocked: false,
    activeAtMs,
    ...(branchId === undefined ? {} : { branchId }),
  }
}

/** The newest first. */
export function withPerson(session: KeptSession, person: KeptPerson): KeptSession {
  return { ...session, people: [person, ...session.people.filter(({ id }) => id !== person.id)] }
}

/** `key` is the handle of the private key that the device made. */
export function identityOf(enrolled: Enrolled, name: string, key: unknown): KeptIdentity {
  const { organizationId, device: id, deviceCode: code, serverKey, branches, audiences } = enrolled
  return { organizationId, device: { id, code, name }, key, serverKey, branches, audiences }
}
