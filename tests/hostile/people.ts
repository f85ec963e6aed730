/** People and branches that tests add to a company, as its owner would. */
import { uuidv7 } from 'uuidv7'
import { headSeq, type TestDevice } from '#server/testing/test-device.ts'
import { call, type TestServer } from '#server/testing/test-server.ts'

export const keeperPassword = 'long enough'

/** A branch comes as masters of a device of the whole company, and is there when its head is. */
export async function addBranch(boss: TestDevice): Promise<string> {
  const id = uuidv7()
  const fields = { code: '002', name: 'Side street' }
  const sealed = await boss.seal('goods', [{ changes: [{ entity: 'branch', id, fields }] }])
  boss.append(sealed)
  const heads = boss.open(boss.headsName())
  boss.open(sealed.journal)
  while (headSeq(heads.doc, sealed.journal) < sealed.tail.seq) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  boss.leave()
  return id
}

export interface NewPerson {
  readonly login: string
  readonly role: string
  readonly branch: string
}

/** The id of the person. */
export async function addPerson(
  server: TestServer,
  boss: TestDevice,
  { login, role, branch }: NewPerson,
): Promise<string> {
  const roles = [{ branch, role }]
  const body = { login, name: login, password: keeperPassword, roles }
  const answer = await call(server, '/api/users', { body, token: boss.token })
  if (answer.status !== 201) throw new Error(`a person was answered ${answer.status}`)
  return String(answer.body['id'])
}
