/** Lines that say nothing any more and never end: the wire of a device notices by itself. */
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { hocuspocusWire } from '#client/engine/sync/hocuspocus-wire.ts'
import type { Wire } from '#client/engine/ports.ts'
import { eventually } from '#tests/builders/eventually.ts'
import { world } from '#tests/road/shop.ts'
import { openBadNetwork } from './bad-network.ts'

const silentMs = 600

interface Heard {
  readonly wire: Wire
  readonly events: string[]
}

function dial(url: string): Heard {
  const wire = hocuspocusWire({ url: `${url.replace('http', 'ws')}/sync`, silentMs })
  world.later(() => wire.disconnect())
  const events: string[] = []
  wire.connect({
    onOnline: () => events.push('online'),
    onOffline: () => events.push('offline'),
    token: async () => 'a token',
    onTokenRefused: () => events.push('refused'),
    onHeard: () => events.push('heard'),
  })
  return { wire, events }
}

describe('a line that', () => {
  it('[NET3] is silent from the first byte on is given up and dialled anew', async () => {
    const network = await openBadNetwork((await world.server()).url)
    world.later(() => network.close())
    network.weather = { isSilent: true }
    const { events, wire } = dial(network.url)
    await eventually(() => expect(network.dialled).toBeGreaterThan(1))
    expect(events).toContain('offline')
    network.weather = {}
    wire.hurry()
    await eventually(() => expect(events).toContain('online'))
  })

  it('[NET3] opens and then says nothing is given up too', async () => {
    const silent = await openSilentServer()
    const { events } = dial(silent.url)
    await eventually(() => expect(silent.dialled()).toBeGreaterThan(1))
    expect(events.slice(0, 2)).toEqual(['online', 'offline'])
  })

  it('[NET4] was too slow to say who it is keeps its token; only a word about the token takes it', async () => {
    const closing = await openSilentServer([4401, 'not-authenticated'])
    const slow = dial(closing.url)
    await eventually(() => expect(slow.events).toContain('offline'))
    expect(slow.events).not.toContain('refused')
    const refusing = await openSilentServer([4401, 'token-expired'])
    const late = dial(refusing.url)
    await eventually(() => expect(late.events).toContain('refused'))
  })
})

/** Opens every socket and says nothing, or goodbye. */
async function openSilentServer(goodbye?: readonly [code: number, reason: string]) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  let dialled = 0
  server.on('connection', (socket) => {
    dialled += 1
    if (goodbye !== undefined) socket.close(...goodbye)
  })
  await once(server, 'listening')
  world.later(() => {
    for (const socket of server.clients) socket.terminate()
    server.close()
  })
  const { port } = server.address() as { readonly port: number }
  return { url: `http://127.0.0.1:${port}`, dialled: () => dialled }
}
