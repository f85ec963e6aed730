/** The simulated company before any tablet is enrolled: founded once, by the real set-up, for all seeds. */
import { byChanceOf } from './chance.ts'
import { makeRandom } from '#domain/demonstration/random.ts'
import { setUp } from '#server/identity/set-up.ts'
import { Scheduler } from './clock.ts'
import { spans } from './faults.ts'
import { kernelOver } from './server.ts'
import { copyTables, emptyTables, plainServerStore, type ServerTables } from './server-disk.ts'
import type { TabletSpec } from './tablet.ts'

/** The first morning. */
export const startMs = Date.UTC(2026, 2, 2)

/** Who there may be; the first three are in every world. */
export const specs: readonly TabletSpec[] = [
  { name: 'A', login: 'owner' },
  { name: 'B', login: 'manager' },
  { name: 'C', login: 'keeper', audiences: ['goods'] },
  { name: 'D', login: 'seller' },
  { name: 'E', login: 'manager-2' },
  { name: 'F', login: 'keeper' },
  { name: 'G', login: 'owner', audiences: ['goods', 'sales'] },
]

let founded: Promise<ServerTables> | undefined

/** A copy of what the server's disk holds right after the set-up. */
export async function foundedTables(): Promise<ServerTables> {
  founded ??= byChanceOf(makeRandom(1), foundTables)
  return copyTables(await founded)
}

async function foundTables(): Promise<ServerTables> {
  const tables = emptyTables()
  const scheduler = new Scheduler(startMs - spans.day)
  const onFault = (where: string) => {
    throw new Error(`founding failed: ${where}`)
  }
  const kernel = await kernelOver(plainServerStore(tables), {
    ...{ scheduler, random: makeRandom(1), onFault, isRestored: false, tokenMs: 1 },
  })
  const person = (login: string, role: 'keeper' | 'seller' | 'manager', branch: number) => {
    return { login, name: login, password: 'simulated', role, branch }
  }
  const done = await setUp(kernel.identity, {
    company: { name: '模拟商贸', taxpayer: 'general' },
    branches: [{ name: '总店' }, { name: '分店' }],
    people: [
      { login: 'owner', name: 'owner', password: 'simulated', role: 'owner' },
      person('manager', 'manager', 0),
      person('keeper', 'keeper', 0),
      person('seller', 'seller', 0),
      person('manager-2', 'manager', 1),
    ],
  })
  await kernel.close()
  if (!done.ok) throw new Error(`founding failed: ${done.problem.code}`)
  return tables
}
