/** An enrolled device that never meets a server, for tests of what it does by itself. */
import { uuidv7 } from 'uuidv7'
import { done, fail } from '#domain/values/result.ts'
import { type Engine, type EngineOptions, openEngine } from '../engine.ts'
import type { CommandArgs, CommandName, CommandResult } from '../face/face.ts'
import type { EnginePorts, Keys } from '../ports.ts'
import { memoryShelf } from '../drafts/shelf.ts'
import type { Store } from '../store/store.ts'

export const lone = {
  organization: '01900000-0000-7000-8000-000000000001',
  branch: '01900000-0000-7000-8000-000000000002',
  device: '01900000-0000-7000-8000-000000000003',
  user: '01900000-0000-7000-8000-000000000004',
  warehouse: '01900000-0000-7000-8000-000000000005',
  product: '01900000-0000-7000-8000-000000000006',
  sku: '01900000-0000-7000-8000-000000000007',
} as const

const noon = 1_790_000_000_000
const point = 'A'.repeat(43)

/** Nothing here waits for anything but promises, so a test runs in the same order each time. */
const plainKeys: Keys = {
  createDeviceKey: async () => ({
    handle: 'key',
    publicKey: { crv: 'P-256', kty: 'EC', x: point, y: point },
  }),
  signerOf: () => ({ sign: async () => new Uint8Array(64) }),
  verifier: { verify: async () => true },
  stretch: async (pin, salt) => `${pin}|${salt}`,
}

export interface LoneOptions extends EngineOptions {
  readonly store: Store
  readonly desks?: Map<string, Uint8Array[]>
  readonly ports?: Partial<EnginePorts>
}

export async function openLoneDevice({
  store,
  desks,
  ports,
  ...options
}: LoneOptions): Promise<Engine> {
  let nowMs = noon
  let bits = 1
  return openEngine(
    {
      store,
      clock: { nowMs: () => nowMs++ },
      timers: { after: () => () => {} },
      random: { uuid: uuidv7, bits: () => bits++ },
      keys: plainKeys,
      shelf: memoryShelf(desks),
      network: {
        api: {
          call: async (_method, path) =>
            path === '/api/enrol' ? done(enrolled) : fail({ code: 'server-unreachable' }),
        },
        wire: {
          connect: () => {},
          disconnect: () => {},
          hurry: () => {},
          open: () => ({ close: () => {} }),
          openPresence: () => ({ put: () => {}, close: () => {} }),
        },
      },
      build: 'test',
      ...ports,
    },
    options,
  )
}

const enrolled = {
  organizationId: lone.organization,
  device: lone.device,
  deviceCode: 'A7',
  branches: [{ id: lone.branch, code: '002' }],
  audiences: ['goods', 'sales', 'buying', 'books'],
  user: { id: lone.user, name: 'Boss', roles: [{ branch: 'all', role: 'owner' }] },
  accessToken: 'token',
  expiresAt: noon + 600_000,
  serverKey: { crv: 'P-256', kty: 'EC', x: point, y: point },
  serverTimeMs: noon,
}

/** One act under a fresh command id. */
export function order<Name extends CommandName>(
  engine: Engine,
  name: Name,
  args: CommandArgs<Name>,
): Promise<CommandResult<Name>> {
  return engine.command(name, args, uuidv7())
}

export function enrolLone(engine: Engine): Promise<CommandResult<'enrol'>> {
  const who = { login: 'boss', password: 'long enough' }
  return order(engine, 'enrol', { ...who, deviceName: 'Till', kind: 'till' })
}

/** One warehouse, one product. */
export function stockLone(engine: Engine): Promise<CommandResult<'changeMasters'>> {
  const { warehouse, branch, product, sku } = lone
  return order(engine, 'changeMasters', {
    changes: [
      { entity: 'warehouse', id: warehouse, fields: { name: '前场', branchId: branch } },
      { entity: 'product', id: product, fields: { name: '可口可乐', code: 'K1' } },
      {
        entity: 'sku',
        id: sku,
        fields: { productId: product, code: 'K1', baseUnit: '瓶', retailPrice: 3_500_000 },
      },
    ],
  })
}

/** A sale of one bottle, whole. */
export function saleOfOne(docId: string): CommandArgs<'postDraft'> {
  return {
    docId,
    type: 'retail-sale',
    header: { warehouseId: lone.warehouse },
    lines: [{ lineId: uuidv7(), skuId: lone.sku, quantity: 10_000, price: 3_500_000 }],
  }
}
