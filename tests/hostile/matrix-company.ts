/**
 * The company in which every right is tried: two branches, every role in the first, some in the second,
 * and those who have no rights any more or never had. What each may do is written here by hand.
 */
import type { Audience } from '#domain/records/audience.ts'
import { audiences } from '#domain/records/audience.ts'
import { enrolDevice, type TestDevice } from '#server/testing/test-device.ts'
import { call, type TestServer } from '#server/testing/test-server.ts'
import { addBranch, addPerson, keeperPassword } from './people.ts'

/** Somebody who tries everything. */
export interface Subject {
  readonly name: string
  readonly device: TestDevice
  readonly role: string
  /** Branches whose documents the device may open, the company's own aside. */
  readonly branches: readonly string[]
  readonly audiences: readonly Audience[]
  /** Whether the token still opens anything here. */
  readonly isKnown: boolean
}

export interface MatrixCompany {
  readonly server: TestServer
  readonly boss: TestDevice
  readonly organization: string
  readonly branch: string
  readonly elsewhere: string
  readonly subjects: readonly Subject[]
}

/** Apart from `domain/records/role-audiences.ts` on purpose: what is wrong there must show here. */
const may: Readonly<Record<string, readonly Audience[]>> = {
  keeper: ['goods'],
  seller: ['goods', 'sales'],
  buyer: ['goods', 'buying'],
  finance: audiences,
  manager: audiences,
  owner: audiences,
}

/** `stranger` is the owner's device of another company's server. */
export async function openMatrixCompany(
  server: TestServer,
  stranger: TestDevice,
): Promise<MatrixCompany> {
  const boss = await enrolDevice(server)
  const { branch } = boss
  const elsewhere = await addBranch(boss)
  const both = [branch, elsewhere]
  const subjects: Subject[] = [
    { name: 'owner', device: boss, role: 'owner', branches: both, audiences, isKnown: true },
  ]
  const enrol = async (role: string, at: string, isKnown = true) => {
    const login = `${role}-${subjects.length}`
    await addPerson(server, boss, { login, role, branch: at })
    const device = await enrolDevice(server, { login, password: keeperPassword })
    const place = at === branch ? 'here' : 'elsewhere'
    subjects.push({
      ...{
        name: isKnown ? `${role} ${place}` : `${role}, gone`,
        device,
        role,
        branches: [at],
        isKnown,
      },
      audiences: may[role] ?? [],
    })
    return device
  }
  for (const role of ['keeper', 'seller', 'buyer', 'finance', 'manager']) await enrol(role, branch)
  for (const role of ['keeper', 'manager']) await enrol(role, elsewhere)
  const revoked = await enrol('manager', branch, false)
  const path = `/api/devices/${revoked.enrolled.device}/revoke`
  await call(server, path, { body: { reason: 'lost' }, token: boss.token })
  const gone = await enrol('finance', branch, false)
  await call(server, '/api/session', { method: 'DELETE', cookie: gone.cookie })
  const none = { branches: [], audiences: [], isKnown: false }
  subjects.push({ ...none, name: 'owner of another company', device: stranger, role: 'owner' })
  return { server, boss, organization: boss.enrolled.organizationId, branch, elsewhere, subjects }
}
