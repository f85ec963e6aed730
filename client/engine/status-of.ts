/** The state of the device as every screen shows it at its edge. */
import type { DeviceClock } from './own/device-clock.ts'
import type { HandedInRow, Status } from './face/face.ts'
import type { ServerDoor } from './people/server-door.ts'
import type { Workplace } from './workplace.ts'

/** Without a workplace the device is not enrolled, or is just being put together. */
export function statusOf(
  workplace: Workplace | undefined,
  door: ServerDoor,
  clock: DeviceClock,
  handedIn: HandedInRow | undefined,
): Status {
  const ageMs = clock.ageMs()
  const filling = workplace?.filling?.now
  const stopped = door.isRevoked ? { code: 'device-revoked' } : workplace?.health.problem
  return {
    connection: workplace?.connection ?? 'offline',
    documentsWaiting: workplace?.unconfirmed.documentCount() ?? 0,
    recordsWaiting: workplace?.unconfirmed.recordCount() ?? 0,
    journalsBehind: workplace?.sync?.behind ?? 0,
    isUpdateNeeded: isUpdateNeeded(workplace),
    isSignInNeeded: door.isSignInNeeded,
    clockOffsetMs: clock.offset().ms,
    ...(stopped === undefined ? {} : { stopped }),
    ...handedInOf(door, handedIn),
    ...(filling === undefined ? {} : { filling }),
    ...(workplace?.objections.trouble === undefined
      ? {}
      : { refused: workplace.objections.trouble }),
    ...(workplace?.objections.doubt === undefined ? {} : { doubt: workplace.objections.doubt }),
    ...(workplace?.lastHeardAtMs === undefined ? {} : { lastHeardAt: workplace.lastHeardAtMs }),
    ...(workplace?.upkeep.audit === undefined ? {} : { audit: workplace.upkeep.audit }),
    ...(ageMs === undefined ? {} : { clockOffsetAgeMs: ageMs }),
  }
}

/** Of a device that is shut out now. */
function handedInOf(
  { isRevoked }: ServerDoor,
  handedIn: HandedInRow | undefined,
): Pick<Status, 'handedIn'> {
  return isRevoked && handedIn !== undefined ? { handedIn } : {}
}

function isUpdateNeeded(workplace: Workplace | undefined): boolean {
  // A form that this build cannot even decode never reaches the fold.
  const isUndecoded = workplace?.objections.trouble?.facts?.['reason'] === 'unknown-form'
  return isUndecoded || workplace?.projector.fold.isUpdateNeeded() === true
}
