/**
 * A device without a screen: enrolled like any other, it works through the engine's face alone and knows no
 * other way into the company's data.
 */
import { uuidv7 } from 'uuidv7'
import type { Engine } from '#client/engine/engine.ts'
import type {
  CommandArgs,
  CommandName,
  CommandResult,
  Page,
  PageArgs,
  Problem,
  Session,
  Status,
} from '#client/engine/face/face.ts'
import { openHeadless } from '#client/engine/start/headless.ts'
import { done, fail, type Result } from '#domain/values/result.ts'

export interface DeviceWish {
  /** http(s)://host:port of the server. */
  readonly url: string
  readonly login: string
  readonly password: string
  /** How the device is listed under devices. */
  readonly deviceName: string
}

export interface Device {
  readonly engine: Engine
  act<Name extends CommandName>(name: Name, args: CommandArgs<Name>): Promise<CommandResult<Name>>
  session(): Promise<Session>
  /** Resolves at 已同步: nothing of ours waits, and everything the server holds is here. */
  synced(): Promise<Result<Status, readonly Problem[]>>
  close(): Promise<void>
}

/** Enrols with the server and waits for the company's data. */
export async function openDevice(wish: DeviceWish): Promise<Result<Device, readonly Problem[]>> {
  const { url, login, password, deviceName } = wish
  const { engine } = await openHeadless({ baseUrl: url.replace(/\/+$/, '') })
  const device: Device = {
    engine,
    act: (name, args) => engine.command(name, args, uuidv7()),
    session: () => engine.read('session', {}),
    synced: () => synced(engine),
    close: () => engine.close(),
  }
  const enrolled = await device.act('enrol', { login, password, deviceName, kind: 'pc' })
  const arrived = enrolled.ok ? await device.synced() : enrolled
  if (arrived.ok) return done(device)
  await engine.close()
  return arrived
}

/** How often the status is looked at, and how long nothing may move before it counts as stuck. */
const lookEveryMs = 100
const limitStillMs = 300_000

async function synced(engine: Engine): Promise<Result<Status, readonly Problem[]>> {
  let seen = ''
  let movedAtMs = performance.now()
  for (;;) {
    const status = await engine.read('status', {})
    if (isSynced(status)) {
      await engine.settled()
      return done(status)
    }
    const problem = status.stopped ?? status.refused
    if (problem !== undefined) return fail([problem])
    const now = standing(status)
    if (now !== seen) movedAtMs = performance.now()
    else if (performance.now() - movedAtMs > limitStillMs) return fail([stuck(status)])
    seen = now
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
  }
}

function isSynced(status: Status): boolean {
  const { connection, documentsWaiting, recordsWaiting, journalsBehind } = status
  return connection === 'online' && documentsWaiting + recordsWaiting + journalsBehind === 0
}

/** What moves while there is progress; a journal that is still arriving shows in `lastHeardAt`. */
function standing(status: Status): string {
  const { connection, recordsWaiting, journalsBehind, lastHeardAt } = status
  return [connection, recordsWaiting, journalsBehind, lastHeardAt].join(' ')
}

function stuck(status: Status): Problem {
  return { code: status.isSignInNeeded ? 'session-expired' : 'server-unreachable' }
}

const pageSize = 1_000

/** Every row of a paged question. */
export async function everyRow<Row>(
  read: (page: PageArgs) => Promise<Page<Row>>,
): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (;;) {
    const page = await read({ offset: rows.length, limit: pageSize })
    rows.push(...page.rows)
    if (rows.length >= page.total || page.rows.length === 0) return rows
  }
}

/** A warehouse of the chosen branch by name; the first one where no name is given. */
export async function warehouseOf(
  device: Device,
  name: string | undefined,
): Promise<Result<string, readonly Problem[]>> {
  const { branchId } = await device.session()
  const all = await everyRow((page) =>
    device.engine.read('masters', { entity: 'warehouse', ...page }),
  )
  const own = all.filter((row) => row.fields['branchId'] === branchId && !row.isDisabled)
  const found = name === undefined ? own[0] : own.find((row) => row.name === name)
  if (found !== undefined) return done(found.id)
  const names = own.map((row) => row.name).join(', ')
  return fail([{ code: 'warehouse-unknown', facts: { name: name ?? '', names } }])
}
