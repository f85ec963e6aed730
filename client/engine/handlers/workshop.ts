/** What a handler works with, and the questions that most of them begin with. */
import { fail, done, type Result } from '#domain/values/result.ts'
import type { Reading } from '#client/projections/reading.ts'
import type { Act, ActResult } from '../own/append.ts'
import type { DeviceClock } from '../own/device-clock.ts'
import type { Problem, Topic } from '../face/face.ts'
import type { LastHandIn } from '../own/last-hand-in.ts'
import type { Mending } from '../own/mending.ts'
import type { EnginePorts } from '../ports.ts'
import type { Actor, Sessions } from '../people/session.ts'
import type { Workplace } from '../workplace.ts'

export interface Workshop {
  readonly ports: EnginePorts
  readonly sessions: Sessions
  readonly clock: DeviceClock
  /** Absent before the device is enrolled. */
  readonly workplace: Workplace | undefined
  readonly reading: Reading | undefined
  readonly mending: Mending
  readonly lastHandIn: LastHandIn
  announce(topics: Iterable<Topic>): void
}

export type Refused<Value> = Result<Value, readonly Problem[]>

/** A signed-in person on an enrolled device. */
export interface AtWork {
  readonly workplace: Workplace
  readonly reading: Reading
  readonly actor: Actor
}

/** Who acts, by default in the chosen branch; or why nobody does. */
export function atWork(workshop: Workshop, branchId?: string): Refused<AtWork> {
  const { workplace, reading, sessions } = workshop
  const actor = sessions.actor(branchId)
  if (!actor.ok) return actor
  if (workplace === undefined || reading === undefined) return fail([{ code: 'device-unknown' }])
  return done({ workplace, reading, actor: actor.value })
}

/** Hands an act to the appender, once more after a failed store has been tried again. */
export async function submit(workplace: Workplace, act: Act): Promise<ActResult> {
  if (await workplace.health.isWell()) return workplace.appender.submit(act)
  return fail([workplace.health.problem ?? { code: 'store-failed' }])
}

/** A request in the name of the person; `server-unreachable` where there is no network or no token. */
export async function callServer(
  workshop: Workshop,
  method: 'GET' | 'POST',
  path: string,
  body?: Record<string, unknown>,
): Promise<Refused<unknown>> {
  const { network } = workshop.ports
  if (network === undefined) return fail([{ code: 'server-unreachable' }])
  const token = await workshop.sessions.door.token().catch(() => undefined)
  if (token === undefined) return fail([{ code: 'server-unreachable' }])
  const answered = await network.api.call(method, path, body, token)
  return answered.ok ? answered : fail([answered.problem])
}
