/**
 * The table of attacks against the real server, which runs in a process of its own while two honest
 * devices work, in another one. `HOSTILE_SECONDS=30` repeats each attack that long; the table of what the
 * honest devices felt goes to `.cache/reports/hostile-attacks.json` and the console: times on a shared
 * machine are reported, never asserted.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enrolDevice } from '#server/testing/test-device.ts'
import { call } from '#server/testing/test-server.ts'
import { type Arena, openArena } from './arena.ts'
import { attacksAtTheDoor } from './attacks-at-the-door.ts'
import { attacksOnDesks } from './attacks-on-desks.ts'
import { attacksOnJournals } from './attacks-on-journals.ts'
import { attacksOnPresence } from './attacks-on-presence.ts'
import { attacksOverHttp } from './attacks-over-http.ts'
import { attacksWithNames } from './attacks-with-names.ts'
import { attacksWithRecords } from './attacks-with-records.ts'
import { attacksWithTokens } from './attacks-with-tokens.ts'
import type { Attack } from './attack.ts'
import { type AttackReport, writeReport } from './attack-report.ts'
import { drip } from './drip.ts'
import { readKeptFiles } from './kept-files.ts'
import { keptOf } from './kept-journal.ts'
import { keeperPassword } from './people.ts'
import { Visitor } from './visitor.ts'

const seconds = Number(process.env['HOSTILE_SECONDS'] ?? 0)
const limitPeakMb = 256

/** What the honest devices feel when nobody attacks: on a shared machine the others are seen beside it. */
const quiet = (when: string): Attack => ({
  ...{ id: `quiet-${when}`, by: 'nobody', what: 'no attack, 60 honest records', answer: /^quiet$/ },
  async act({ honest }) {
    for (let i = 0; i < 60; i++) await honest.nextRead()
    return 'quiet'
  },
})

const attacks: readonly Attack[] = [
  quiet('before'),
  ...[...attacksAtTheDoor, ...attacksWithTokens, ...attacksWithNames],
  ...[...attacksOnJournals, ...attacksWithRecords, ...attacksOnDesks, ...attacksOnPresence],
  ...attacksOverHttp,
  quiet('after'),
]

let arena: Arena
/** Waits that would be long: begun before the first attack, looked at after the last. */
let silence: Promise<readonly string[]>
const reports: AttackReport[] = []

beforeAll(async () => {
  arena = await openArena(100)
  silence = Promise.all([silentSocket(arena), ...unendingRequests(arena)])
}, 120_000)

afterAll(async () => {
  writeReport(reports)
  await arena.close()
}, 60_000)

function silentSocket({ server }: Arena): Promise<string> {
  return new Visitor({ url: server.url, from: '127.6.6.5' }).ended(120_000)
}

/** Requests that never come to their end: their headers, and their bodies (slow loris). */
function unendingRequests({ server }: Arena): Promise<string>[] {
  const head = 'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'
  const starts = [head, `${head}Content-Length: 100\r\n\r\n{`]
  return Array.from({ length: 100 }, (_, i) => drip(server.port, starts[i % 2] ?? ''))
}

/** Attacks once, or as often as fits into the time; the answers that were not the expected one. */
async function attack({ act, answer }: Attack): Promise<{ answers: Set<string>; times: number }> {
  const end = performance.now() + seconds * 1_000
  const answers = new Set<string>()
  let times = 0
  do {
    const heard = await act(arena)
    arena.leaveAll()
    times += 1
    if (times === 1 || !answer.test(heard)) answers.add(heard)
  } while (performance.now() < end)
  return { answers, times }
}

describe('the server under attack', () => {
  it.each(attacks)(
    '[HOS1] $id by $by: $what',
    { timeout: 60_000 + 2_000 * seconds },
    async (row) => {
      const { server, honest } = arena
      await server.forgetPeak()
      const [from, pid] = [honest.latencies.length, server.pid]
      const { answers, times } = await attack(row)
      await honest.nextRead()
      const peakMb = await server.peakMb()
      const latencies = honest.latencies.slice(from)
      reports.push({ ...row, answers: [...answers], times, latencies, peakMb })
      expect([...answers].filter((answer) => !row.answer.test(answer))).toEqual([])
      expect([server.isRunning(), server.pid]).toEqual([true, pid])
      expect(honest.cutOff).toEqual([])
      expect(peakMb).toBeLessThanOrEqual(limitPeakMb)
    },
  )
})

describe('a device that is revoked', () => {
  it('[HOS5] is cut off within one message and five seconds', { timeout: 60_000 }, async () => {
    const { boss, keeper, place, honest } = arena
    const victim = await enrolDevice(place, { login: 'kim', password: keeperPassword })
    const visitor = await arena.enter(victim, honest.journal)
    const begun = performance.now()
    const path = `/api/devices/${victim.enrolled.device}/revoke`
    await call(place, path, { body: { reason: 'lost' }, token: boss.token })
    const end = await visitor.ended(5_000)
    const reader = await arena.visit()
    expect(end).toBe('4403 session-ended')
    expect(performance.now() - begun).toBeLessThan(5_000)
    expect(await reader.open(honest.journal, victim.token)).toMatch(/^(4403|refused)/)
    expect((await call(place, '/api/devices', { token: victim.token })).status).toBe(401)
    expect((await call(place, '/api/devices', { token: keeper.token })).status).toBe(200)
  })
})

describe('after all attacks', () => {
  it('[HOS4] who said nothing, or never came to an end, was given up', async () => {
    const [socket, ...requests] = await silence
    expect(socket).toBe('4401 not-authenticated')
    expect(requests.filter((answer) => !/408|429|closed|ECONNRESET/.test(answer))).toEqual([])
  }, 120_000)

  it('[HOS3] every refusal was logged with its reason, and nothing was a fault', () => {
    const { log } = arena.server
    const refused = new Set(log.filter(({ msg }) => msg === 'refused').map(({ code }) => code))
    const reasons = [
      'frame-malformed',
      'frame-too-large',
      'too-fast',
      'not-allowed',
      'fork',
      'has-gc',
    ]
    expect(reasons.filter((code) => !refused.has(code))).toEqual([])
    expect(log.filter(({ msg }) => msg === 'fault' || msg === 'unhandled rejection')).toEqual([])
  })

  it('[HOS2] the files hold what honest devices wrote, and nothing else', async () => {
    const { honest, server, desk, keeper } = arena
    await honest.finish()
    await server.stop()
    const { journals, deskKeys } = await readKeptFiles(server.folder, desk)
    const kept = journals.get(honest.journal)
    const written = [...honest.written]
    expect(written.filter(([seq, hash]) => kept?.get(seq) !== hash)).toEqual([])
    expect(written.filter(([seq, hash]) => honest.read.get(seq) !== hash)).toEqual([])
    expect(kept?.size).toBe(written.length + 1)
    // The record with which the owner founded a branch, and the one honest record of an attacker.
    const others = [...journals].filter(([name]) => name !== honest.journal)
    expect(others.map(([, entries]) => entries.size)).toEqual([1, 1])
    expect(journals.get((await keptOf(arena)).journal)?.size).toBe(1)
    expect(deskKeys.filter((key) => key.endsWith(keeper.enrolled.device))).toEqual([])
  }, 120_000)
})
