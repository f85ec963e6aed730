/** Which parts of the company's records each role reads: the one table for devices and server. */
import { type Audience, audiences } from './audience.ts'
import type { Role } from './kinds.ts'

const audiencesByRole: Readonly<Record<Role, readonly Audience[]>> = {
  keeper: ['goods'],
  seller: ['goods', 'sales'],
  buyer: ['goods', 'buying'],
  finance: audiences,
  manager: audiences,
  owner: audiences,
}

/** What somebody with these roles may read, in the order of the layers. */
export function audiencesOfRoles(roles: readonly Role[]): readonly Audience[] {
  return audiences.filter((audience) =>
    roles.some((role) => audiencesByRole[role].includes(audience)),
  )
}
