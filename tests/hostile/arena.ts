/**
 * Where attacks are fought: the real server with a company of two branches, honest devices at work in
 * one of them, and the people who attack. Every attacker holds what such a person would really hold.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { enrolDevice, type TestDevice } from '#server/testing/test-device.ts'
import { call, owner, setUpCompany, type TestServer } from '#server/testing/test-server.ts'
import { type HonestPair, startHonestPair } from './honest-pair.ts'
import { addBranch, addPerson, keeperPassword } from './people.ts'
import { Visitor } from './visitor.ts'
import { openWatchedServer, type WatchedServer } from './watched-server.ts'

export interface Arena {
  readonly server: WatchedServer
  /** The server as helpers of the server's own tests take it. */
  readonly place: TestServer
  readonly honest: HonestPair
  readonly organization: string
  /** The branch of the honest devices and most attackers, and another one. */
  readonly branch: string
  readonly elsewhere: string
  readonly boss: TestDevice
  /** A keeper of the branch, a keeper of the other branch, one whose device was revoked. */
  readonly keeper: TestDevice
  readonly stranger: TestDevice
  readonly revoked: TestDevice
  /** Secret under which the server signs tokens: for tokens that only a thief of it could make. */
  readonly tokenSecret: Uint8Array
  /** The desk that keepers of the branch share. */
  readonly desk: string
  /** A socket of an attacker; gone after the test. */
  visit(headers?: Readonly<Record<string, string>>): Promise<Visitor>
  /** A fresh socket on which the device has opened the document. */
  enter(device: TestDevice, document: string): Promise<Visitor>
  leaveAll(): void
  close(): Promise<void>
}

export async function openArena(everyMs = 40): Promise<Arena> {
  const server = await openWatchedServer()
  const place = { url: server.url, folder: server.folder, nowMs: () => Date.now() } as TestServer
  await setUpCompany(place)
  const boss = await enrolDevice(place)
  const branch = boss.branch
  const elsewhere = await addBranch(boss)
  await addPerson(place, boss, { login: 'kim', role: 'keeper', branch })
  await addPerson(place, boss, { login: 'lee', role: 'keeper', branch: elsewhere })
  const [keeper, stranger, revoked] = [
    await enrolDevice(place, { login: 'kim', password: keeperPassword }),
    await enrolDevice(place, { login: 'lee', password: keeperPassword }),
    await enrolDevice(place, { login: 'kim', password: keeperPassword }),
  ]
  const path = `/api/devices/${revoked.enrolled.device}/revoke`
  await call(place, path, { body: { reason: 'lost' }, token: boss.token })
  const { login, password } = owner
  const honest = await startHonestPair({ url: server.url, login, password, branch, everyMs })
  const visitors: Visitor[] = []
  async function visit(headers?: Readonly<Record<string, string>>): Promise<Visitor> {
    const visitor = new Visitor({ url: server.url, ...(headers === undefined ? {} : { headers }) })
    visitors.push(visitor)
    return visitor.opened()
  }
  const organization = boss.enrolled.organizationId
  return {
    ...{ server, place, honest, organization, branch, elsewhere },
    ...{ boss, keeper, stranger, revoked, visit, tokenSecret: await tokenSecretOf(server) },
    desk: `desk/${organization}/${branch}/main/goods`,
    async enter(device, document) {
      const visitor = await visit()
      const answer = await visitor.open(document, device.token)
      if (answer !== 'open') throw new Error(`${document} answered ${answer}`)
      return visitor
    },
    leaveAll() {
      for (const visitor of visitors.splice(0)) visitor.leave()
    },
    async close() {
      for (const device of [boss, keeper, stranger, revoked]) device.leave()
      honest.kill()
      await server.remove()
    },
  }
}

async function tokenSecretOf({ folder }: WatchedServer): Promise<Uint8Array> {
  const keys = JSON.parse(await readFile(join(folder, 'server-keys.json'), 'utf8')) as {
    readonly tokenSecret: string
  }
  return Buffer.from(keys.tokenSecret, 'base64url')
}
