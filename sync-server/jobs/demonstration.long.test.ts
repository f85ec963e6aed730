import { expect, it } from 'vitest'
import { eventually } from '#tests/builders/eventually.ts'
import { headSeq } from '../testing/test-device.ts'
import { call } from '../testing/test-server.ts'
import { openWorld } from '../testing/world.ts'
import { readHeads } from '#domain/replica/heads.ts'

const world = openWorld()

it('[DMO1] the demonstration company opens with trade that each login sees by its role', async () => {
  const server = await world.emptyServer()
  const { status } = await call(server, '/api/setup/demonstration', { body: {} })
  expect(status).toBe(201)
  // Every browser that comes may ask for them, also after the one that made the company was closed.
  const { body } = await call(server, '/api/state')
  const logins = body['demonstration'] as unknown as { login: string; password: string }[]
  const keeper = await world.device(server, logins.find(({ login }) => login === 'keeper')!)
  expect(keeper.enrolled.audiences).toEqual(['goods'])
  expect(keeper.enrolled.branches).toHaveLength(1)
  const heads = keeper.open(keeper.headsName())
  await heads.synced
  const goods = [...readHeads(heads.doc).keys()].find((journal) => journal.includes('/goods/'))!
  await eventually(() => expect(headSeq(heads.doc, goods)).toBeGreaterThan(0))
  const copy = keeper.open(goods)
  await copy.synced
}, 60_000)
