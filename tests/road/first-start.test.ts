/** [F9] A new device starts from the checkpoint of a closed month: what it shows, fetches and stands on in the end. */
import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import type { Headless } from '#client/engine/start/headless.ts'
import { fail } from '#domain/values/result.ts'
import { act } from '#tests/builders/act.ts'
import { eventually } from '#tests/builders/eventually.ts'
import { lyingLine } from '../liar/liar.ts'
import { aClosedMonth, codeOf, hurriedTimers, standsOnRecords, startOf } from './closed-shop.ts'
import {
  cola,
  enrolled,
  onHand,
  receive,
  sell,
  stockRoom,
  supplierOf,
  synced,
  world,
} from './shop.ts'

const noHurry = { after: () => () => {} }

describe('a new device after a closing 新设备从存档点开始', () => {
  it('[STP2] [STP4] [STP6] starts from the file, agrees at once, and stands on records in the end', async () => {
    const shop = await aClosedMonth()
    await sell(shop.engine, shop.warehouse, 2)
    await synced(shop.engine)
    const line = await lyingLine(shop.server)
    const fresh = await line.open({ ports: { timers: hurriedTimers } })
    await line.enrol(fresh)
    await eventually(async () => expect(await onHand(fresh.engine)).toBe(-3))
    await synced(fresh.engine)
    expect(line.files()).toBe(1)
    expect(await codeOf(fresh)).toBe(await codeOf(shop))
    await standsOnRecords(fresh)
    expect(await codeOf(fresh)).toBe(await codeOf(shop))
    expect((await fresh.engine.read('status', {})).doubt).toBeUndefined()
    await eventually(() => {
      const here = startOf(fresh.disk()).journals
      expect(here).toEqual(expect.arrayContaining(startOf(shop.disk()).journals))
    })
  })

  it('[MCL9] of several branches starts from one file of them all', async () => {
    const second = { branch: uuidv7(), warehouse: uuidv7() }
    const shop = await aClosedMonth(async (engine) => {
      const { branchId = '' } = await engine.read('session', {})
      const { branch: id, warehouse } = second
      await act(engine, 'changeMasters', {
        changes: [{ entity: 'branch', id, fields: { code: '077', name: '北店' } }],
      })
      await synced(engine)
      await act(engine, 'chooseBranch', { branchId: id })
      await act(engine, 'changeMasters', {
        changes: [{ entity: 'warehouse', id: warehouse, fields: { name: '北仓', branchId: id } }],
      })
      await sell(engine, warehouse, 4)
      await act(engine, 'chooseBranch', { branchId })
      await synced(engine)
    })
    const line = await lyingLine(shop.server)
    const fresh = await line.open({ ports: { timers: noHurry } })
    await line.enrol(fresh)
    await eventually(async () => expect(await onHand(fresh.engine)).toBe(-5))
    const { kept } = startOf(fresh.disk()) as { kept: { marks: readonly [string, unknown][] } }
    const branches = new Set(kept.marks.map(([journal]) => journal.split('/')[2]))
    expect(branches.has(second.branch)).toBe(true)
    expect(branches.size).toBe(3)
  })

  it('[STP2] [STP3] goes on from where it was killed, at any step of its start', async () => {
    const shop = await aClosedMonth()
    const line = await lyingLine(shop.server)
    // Killed while the file is on its way: nothing of it is kept.
    line.lies = { file: () => () => new Promise(() => {}) }
    const first = await line.open()
    await line.enrol(first)
    await eventually(() => expect(line.files()).toBe(1))
    const early = first.disk()
    expect(startOf(early).kept).toBeUndefined()
    await first.engine.close()
    // Killed when it has started, before any older journal is here.
    line.lies = {}
    const second = await line.open({ disk: early, ports: { timers: noHurry } }, first.cookies)
    await eventually(async () => expect(await onHand(second.engine)).toBe(-1))
    const started = second.disk()
    expect(startOf(started).kept).toBeDefined()
    await second.engine.close()
    // Opened without a network it shows the same; with one it fetches the rest.
    line.lies = { api: () => async () => fail({ code: 'server-unreachable' }) }
    const third = await line.open({ disk: started, ports: { timers: noHurry } }, first.cookies)
    expect(await onHand(third.engine)).toBe(-1)
    const [row] = (await third.engine.read('documents', { offset: 0, limit: 1 })).rows
    const asked = { docId: row?.docId ?? '' }
    const toCome = await third.engine.read('document', asked)
    expect(toCome).toMatchObject({ isContentToCome: true, lines: [] })
    const then = { skuId: cola.sku, at: Date.now() }
    expect(await third.engine.read('stockThen', then)).toMatchObject({ isToCome: true })
    await third.engine.close()
    line.lies = {}
    const last = await line.open({ disk: started, ports: { timers: hurriedTimers } }, first.cookies)
    await standsOnRecords(last)
    const whole = await last.engine.read('document', asked)
    expect(whole?.isContentToCome).toBeUndefined()
    expect(whole?.lines).toHaveLength(1)
    expect((await last.engine.read('stockThen', then)).isToCome).toBeUndefined()
    expect(await codeOf(last)).toBe(await codeOf(shop))
  })
})

describe('a new device before it holds all', () => {
  it('[ENG40] says how many journals are here until it was once level, and never again', async () => {
    const server = await world.server()
    const { engine: first } = await enrolled(server)
    await receive(first, await stockRoom(first), await supplierOf(first), 24)
    await synced(first)
    const filling = async ({ engine }: Headless) => (await engine.read('status', {})).filling

    const line = await lyingLine(server)
    line.lies = { down: () => undefined }
    const fresh = await line.enrolled()
    await eventually(async () => expect((await filling(fresh))?.journals).toBeGreaterThan(2))
    const { received, journals } = (await filling(fresh)) ?? { received: 0, journals: 0 }
    expect(received).toBeLessThan(journals)
    line.lies = {}
    line.cut()
    await eventually(async () => expect(await onHand(fresh.engine)).toBe(24))
    await eventually(async () => expect(await filling(fresh)).toBeUndefined())

    const disk = fresh.disk()
    await fresh.engine.close()
    line.lies = { api: () => async () => fail({ code: 'server-unreachable' }) }
    const later = await line.open({ disk }, fresh.cookies)
    expect(await filling(later)).toBeUndefined()
    expect(await onHand(later.engine)).toBe(24)
  })
})
