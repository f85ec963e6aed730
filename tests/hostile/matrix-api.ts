/** Cells of the matrix that are tried over HTTP. Statuses are written by hand, role by role. */
import { type ApiCall, call } from '#server/testing/test-server.ts'
import type { MatrixCompany, Subject } from './matrix-company.ts'
import type { Cell } from './matrix-socket.ts'
import { addPerson, keeperPassword } from './people.ts'

interface Ask {
  readonly what: string
  /** Statuses by role: `known` for everybody whose token holds. Who is not named gets 403. */
  readonly allowed: Readonly<Record<string, number>>
  /** Makes what is asked for anew each time: acts would else meet what the act before did. */
  readonly ask: (
    company: MatrixCompany,
    login: string,
  ) => Promise<readonly [path: string, how: ApiCall]>
}

const owner = { owner: 201 }
const managers = { owner: 200, 'manager here': 200 }

function person(
  role: string,
  where: 'branch' | 'elsewhere',
  act: string,
  body: object | undefined,
) {
  return async (company: MatrixCompany, login: string): Promise<readonly [string, ApiCall]> => {
    const { server, boss } = company
    const id = await addPerson(server, boss, { login, role, branch: company[where] })
    return [`/api/users/${id}/${act}`, body === undefined ? { method: 'POST' } : { body }]
  }
}

function adding(role: string, where: 'branch' | 'elsewhere' | 'all') {
  return async (company: MatrixCompany, login: string): Promise<readonly [string, ApiCall]> => {
    const branch = where === 'all' ? 'all' : company[where]
    const roles = [{ branch, role }]
    return ['/api/users', { body: { login, name: login, password: keeperPassword, roles } }]
  }
}

const password = { password: 'another one' }

const asks: readonly Ask[] = [
  { what: 'devices', allowed: { known: 200 }, ask: async () => ['/api/devices', {}] },
  { what: 'users', allowed: { known: 200 }, ask: async () => ['/api/users', {}] },
  {
    ...{ what: 'add a keeper here', ask: adding('keeper', 'branch') },
    allowed: { owner: 201, 'manager here': 201 },
  },
  {
    ...{ what: 'add a keeper elsewhere', ask: adding('keeper', 'elsewhere') },
    allowed: { owner: 201, 'manager elsewhere': 201 },
  },
  { what: 'add a manager here', allowed: owner, ask: adding('manager', 'branch') },
  { what: 'add an owner', allowed: owner, ask: adding('owner', 'all') },
  { what: 'add a keeper everywhere', allowed: owner, ask: adding('keeper', 'all') },
  {
    ...{ what: 'revoke a keeper here', allowed: managers },
    ask: person('keeper', 'branch', 'revoke', undefined),
  },
  {
    ...{ what: 'revoke a manager here', allowed: { owner: 200 } },
    ask: person('manager', 'branch', 'revoke', undefined),
  },
  {
    ...{ what: 'revoke a keeper elsewhere', allowed: { owner: 200, 'manager elsewhere': 200 } },
    ask: person('keeper', 'elsewhere', 'revoke', undefined),
  },
  {
    ...{ what: "set a keeper's password here", allowed: managers },
    ask: person('keeper', 'branch', 'password', password),
  },
  {
    ...{ what: "set a finance person's password here", allowed: { owner: 200 } },
    ask: person('finance', 'branch', 'password', password),
  },
  {
    ...{ what: 'make a keeper owner', allowed: { owner: 200 } },
    ask: person('keeper', 'branch', 'grant', { roles: [{ branch: 'all', role: 'owner' }] }),
  },
  {
    what: 'what revoked devices handed in',
    allowed: { known: 200 },
    ask: async () => ['/api/quarantine', {}],
  },
  {
    what: "adopt what the owner's device handed in",
    allowed: { owner: 200 },
    ask: async ({ boss }) => [`/api/quarantine/${boss.enrolled.device}/adopt`, { body: {} }],
  },
  {
    what: "decline what the owner's device handed in",
    allowed: { owner: 200 },
    ask: async ({ boss }) => [
      `/api/quarantine/${boss.enrolled.device}/decline`,
      { body: { reason: 'x' } },
    ],
  },
  {
    what: "revoke the owner's device",
    allowed: {},
    ask: async ({ boss }) => [
      `/api/devices/${boss.enrolled.device}/revoke`,
      { body: { reason: 'x' } },
    ],
  },
]

const foreign = /owner of another company/

export async function apiCells(company: MatrixCompany): Promise<readonly Cell[]> {
  const cells: Cell[] = []
  for (const subject of [...company.subjects, undefined]) {
    for (const [i, { what, allowed, ask }] of asks.entries()) {
      const isSuicide = subject?.device === company.boss && Object.keys(allowed).length === 0
      if (isSuicide) continue
      const [path, how] = await ask(
        company,
        `${subject?.name ?? 'nobody'}-${i}`.replaceAll(' ', '-'),
      )
      const token = subject === undefined ? {} : { token: subject.device.token }
      const { status, body } = await call(company.server, path, { ...how, ...token })
      const who = subject?.name ?? 'nobody'
      const expected = expectedOf(subject, allowed)
      cells.push({ cell: `${who} · ${what}`, expected, seen: status })
      if (status === 200) cells.push(...listed(company, subject, what, body))
    }
  }
  return cells
}

function expectedOf(subject: Subject | undefined, allowed: Ask['allowed']): number {
  if (subject === undefined || !subject.isKnown || foreign.test(subject.name)) return 401
  return allowed['known'] ?? allowed[subject.name] ?? 403
}

/** Lists show what the person manages: nothing, a branch, or everything. */
function listed(
  { branch, elsewhere }: MatrixCompany,
  subject: Subject | undefined,
  what: string,
  body: Readonly<Record<string, unknown>>,
): Cell[] {
  const rows = (body[what] ?? []) as readonly {
    readonly branches?: readonly string[]
    readonly roles?: readonly { readonly branch: string }[]
  }[]
  if (what !== 'devices' && what !== 'users') return []
  const places = rows.flatMap(
    ({ branches, roles }) => branches ?? roles?.map((each) => each.branch) ?? [],
  )
  const managed: Readonly<Record<string, readonly string[]>> = {
    owner: [branch, elsewhere, 'all'],
    'manager here': [branch],
    'manager elsewhere': [elsewhere],
  }
  const allowed = managed[subject?.name ?? ''] ?? []
  const cell = `${subject?.name} · ${what} · rows of other places`
  return [{ cell, expected: 0, seen: places.filter((place) => !allowed.includes(place)).length }]
}
