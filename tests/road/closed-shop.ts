/** A shop whose first month is closed, and lines on which it can be seen what a new device fetches. */
import { expect } from 'vitest'
import type { Engine } from '#client/engine/engine.ts'
import type { Headless, HeadlessDisk } from '#client/engine/start/headless.ts'
import { systemTimers } from '#client/engine/start/system-timers.ts'
import type { Timers } from '#client/engine/ports.ts'
import { act } from '#tests/builders/act.ts'
import { eventually } from '#tests/builders/eventually.ts'
import { businessDateOf, type Month, monthOf } from '#domain/values/business-date.ts'
import { instant } from '#domain/values/instant.ts'
import { endOfMonth } from '#server/seals/closable.ts'
import type { TestServer } from '#server/testing/test-server.ts'
import { enrolled, sell, stockRoom, synced, world } from './shop.ts'

const china = { offsetMinutes: 480, cutOffMinutes: 0 }
const dayMs = 86_400_000

export interface ClosedShop extends Headless {
  readonly server: TestServer
  readonly warehouse: string
  readonly month: Month
}

/** One device that sold a bottle in a month which is closed. */
export async function aClosedMonth(
  before: (engine: Engine) => Promise<void> = async () => {},
): Promise<ClosedShop> {
  const server = await world.server()
  const first = await enrolled(server, { deviceName: 'A' })
  const warehouse = await stockRoom(first.engine)
  await sell(first.engine, warehouse, 1)
  await before(first.engine)
  await synced(first.engine)
  const month = monthOf(businessDateOf(instant(Date.now()), china))
  server.advance(endOfMonth(month, china) - Date.now() + dayMs)
  // A device of the new month: the first one's token has run out meanwhile.
  const owner = await enrolled(server, { deviceName: 'B' })
  await synced(owner.engine)
  await closeAll(owner.engine, month)
  return { ...owner, server, warehouse, month }
}

export async function closeAll(engine: Engine, month: string): Promise<void> {
  const { branchId = '' } = await engine.read('session', {})
  const accepted = [
    'device-unseen',
    'negative-stock',
    'cost-provisional',
    'goods-under-way',
    'finding-open',
  ]
  await act(engine, 'closeMonth', { branchId, month, accepted })
}

/** What is done when nobody waits is done a hundred times sooner. */
export const hurriedTimers: Timers = {
  after: (delayMs, done) => systemTimers.after(delayMs / 100, done),
}

/** The agreement code of the goods of the branch. */
export function codeOf({ engine }: Pick<Headless, 'engine'>): Promise<string | undefined> {
  return engine.read('agreement', {})
}

/** What of a disk shows how the device came to its figures. */
export function startOf({ store }: HeadlessDisk) {
  return {
    kept: store.values['start'],
    journals: store.journals.map(({ journal }) => journal.journal),
  }
}

/** Until everything older is here, and the figures were made anew from it. */
export async function standsOnRecords(device: Headless): Promise<void> {
  await eventually(() => expect(startOf(device.disk()).kept).toBeUndefined())
}
