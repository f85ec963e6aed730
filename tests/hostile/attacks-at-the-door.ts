/** What comes before anybody has said who he is, and what breaks the WebSocket protocol itself. */
import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { kinds } from '#server/testing/raw-client.ts'
import type { Arena } from './arena.ts'
import type { Attack } from './attack.ts'
import {
  askFrame,
  hostileAddress,
  plainFrame,
  tokenFrame,
  updateFrame,
  type Visitor,
} from './visitor.ts'

function upgrade(id: string, what: string, answer: RegExp, head: (host: string) => string): Attack {
  return {
    ...{ id, what, answer, by: 'nobody' },
    act: ({ server }) =>
      tellRaw(server.port, Buffer.from(head(`127.0.0.1:${server.port}`), 'latin1')),
  }
}

function origin(id: string, what: string, headers: Readonly<Record<string, string>>): Attack {
  return {
    ...{ id, what, by: 'nobody', answer: /403/ },
    async act(arena) {
      const visitor = await arena.visit(headers)
      return visitor.ended()
    },
  }
}

/** Bytes on a plain connection; the first line of the answer, or how the connection ended. */
export function tellRaw(port: number, bytes: Buffer): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress: hostileAddress })
    let heard = ''
    const timer = setTimeout(() => socket.destroy(new Error('silent')), 8_000)
    socket.on('data', (data) => (heard += data.toString('latin1')))
    socket.on('error', (error) => (heard ||= error.message))
    socket.on('close', () => {
      clearTimeout(timer)
      resolve(heard.split('\r\n')[0] || 'closed')
    })
    // The first line says all; what follows is not waited for.
    socket.once('data', () => setImmediate(() => socket.destroy()))
    socket.write(bytes)
  })
}

function head(host: string, more: readonly string[], path = '/sync', version = '1.1'): string {
  const always = ['Connection: Upgrade', 'Upgrade: websocket', `Host: ${host}`]
  return `GET ${path} HTTP/${version}\r\n${[...always, ...more].join('\r\n')}\r\n\r\n`
}

const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='
const thirteen = 'Sec-WebSocket-Version: 13'
const refusedLine = /^(HTTP\/1\.1 (4\d\d|503)|closed|.*ECONNRESET)/

const upgrades: readonly Attack[] = [
  origin('door-01', 'a page of another host', { origin: 'https://evil.example' }),
  origin('door-02', "the origin 'null'", { origin: 'null' }),
  origin('door-03', 'a page of another port', { origin: 'http://127.0.0.1:1' }),
  origin('door-04', 'an origin that is no address', { origin: 'http://[' }),
  upgrade('door-05', 'another path', /404/, (host) => head(host, [key, thirteen], '/sync/x')),
  upgrade('door-06', 'no key', refusedLine, (host) => head(host, [thirteen])),
  upgrade('door-07', 'a key that is none', refusedLine, (host) =>
    head(host, ['Sec-WebSocket-Key: x', thirteen]),
  ),
  upgrade('door-08', 'version 99', refusedLine, (host) =>
    head(host, [key, 'Sec-WebSocket-Version: 99']),
  ),
  upgrade('door-09', 'a NUL in the path', refusedLine, (host) =>
    head(host, [key, thirteen], '/sync\0'),
  ),
  upgrade('door-10', 'a host that is none', /^HTTP\/1\.1 (101|4\d\d)/, () =>
    head('[::bad', [key, thirteen]),
  ),
  upgrade('door-11', 'headers of 200 KB', refusedLine, (host) =>
    head(host, [key, thirteen, `X: ${'x'.repeat(200_000)}`]),
  ),
  upgrade('door-12', 'HTTP 0.9', /^HTTP\/1\.1 (101|4\d\d)/, (host) =>
    head(host, [key, thirteen], '/sync', '0.9'),
  ),
  upgrade('door-13', 'random bytes', refusedLine, () => randomBytes(5_000).toString('latin1')),
  upgrade('door-14', 'another method', refusedLine, (host) =>
    head(host, [key, thirteen]).replace('GET', 'POST'),
  ),
]

/** A socket that has said nothing yet, and how what it does ends. */
function early(
  id: string,
  what: string,
  answer: RegExp,
  act: (visitor: Visitor, arena: Arena) => void,
): Attack {
  return {
    ...{ id, what, answer, by: 'nobody' },
    async act(arena) {
      const visitor = await arena.visit()
      act(visitor, arena)
      return visitor.ended()
    },
  }
}

/** Frames below the library that writes proper ones. */
function protocol(id: string, what: string, answer: RegExp, bytes: Uint8Array): Attack {
  return early(id, what, answer, ({ socket }) => {
    const wire = socket as unknown as { readonly _socket: { write(bytes: Uint8Array): void } }
    wire._socket.write(bytes)
  })
}

const name = (arena: Arena) => `heads/${arena.organization}/${arena.branch}`
const tooEarly = /^(4429|4205)/

const beforeAToken: readonly Attack[] = [
  early('door-20', '1,001 small messages before a token', tooEarly, (visitor, arena) => {
    for (let i = 0; i < 1_001; i++) visitor.say(askFrame(name(arena)))
  }),
  early('door-21', '10 messages of 60 KB before a token', tooEarly, (visitor, arena) => {
    for (let i = 0; i < 10; i++) visitor.say(updateFrame(name(arena), new Uint8Array(60_000)))
  }),
  early('door-22', '301 documents before a token', tooEarly, (visitor, arena) => {
    for (let i = 0; i < 301; i++) visitor.say(askFrame(`${name(arena)}\0${i}`))
  }),
  early('door-23', 'text in place of bytes', /^4422/, ({ socket }) => socket.send('hello')),
  early('door-24', 'random bytes in a frame', /^4422/, (visitor) =>
    visitor.say(Uint8Array.of(0xff, 0xff, 0xff, ...randomBytes(500))),
  ),
  early('door-25', 'an empty frame', /^4422/, (visitor) => visitor.say(new Uint8Array())),
  early('door-26', 'a frame of 60 MB', /^(1009|.*(EPIPE|ECONNRESET))/, (visitor) =>
    visitor.say(new Uint8Array(60_000_000)),
  ),
  early(
    'door-27',
    'a message of 20 MB in pieces of 60 KB',
    /^(1009|.*(EPIPE|ECONNRESET))/,
    ({ socket }) => {
      for (let i = 0; i < 340; i++) socket.send(new Uint8Array(60_000), { fin: false })
    },
  ),
  early(
    'door-28',
    '40,000 empty pieces of one message',
    /^(100\d|.*(EPIPE|ECONNRESET))/,
    ({ socket }) => {
      for (let i = 0; i < 40_000; i++) socket.send(new Uint8Array(), { fin: false })
    },
  ),
  protocol(
    'door-29',
    'a compressed frame, unasked (deflate bomb)',
    /^1002/,
    Uint8Array.of(0xc2, 0x80, 0, 0, 0, 0),
  ),
  protocol('door-30', 'an unmasked frame', /^1002/, Uint8Array.of(0x82, 1, 0)),
  protocol(
    'door-31',
    'an opcode that does not exist',
    /^1002/,
    Uint8Array.of(0x8b, 0x80, 0, 0, 0, 0),
  ),
  protocol(
    'door-32',
    'a length of 2^63',
    /^1009/,
    Uint8Array.of(0x82, 0xff, 0x7f, ...new Uint8Array(7).fill(255)),
  ),
  protocol('door-33', 'a close frame of 1 byte', /^1002/, Uint8Array.of(0x88, 0x81, 0, 0, 0, 0, 9)),
]

const crowds: readonly Attack[] = [
  {
    ...{ id: 'door-40', what: '200 sockets that send 4.9 MB each without a token' },
    ...{ by: 'nobody', answer: /^200 closed$/ },
    async act(arena) {
      const visitors = await Promise.all(Array.from({ length: 200 }, () => arena.visit()))
      for (const visitor of visitors) {
        for (let i = 0; i < 5; i++) visitor.say(updateFrame(name(arena), new Uint8Array(980_000)))
      }
      const ends = await Promise.all(visitors.map((visitor) => visitor.ended()))
      return `${ends.filter((end) => end !== 'open').length} closed`
    },
  },
  {
    ...{ id: 'door-41', what: '5,000 sessions of one document on one socket' },
    ...{ by: 'same branch', answer: /^(4422|4205|4429|refused:|.*too-many)/ },
    async act(arena) {
      const { journal } = arena.honest
      const visitor = await arena.enter(arena.keeper, `${journal}\0first`)
      for (let i = 0; i < 5_000; i++) {
        visitor.say(tokenFrame(`${journal}\0${i}`, arena.keeper.token))
        if (i % 200 === 0) await visitor.until(({ address }) => address.endsWith(`\0${i}`))
      }
      const refusal = visitor.heard.find(({ text }) => text.startsWith('refused:'))
      return visitor.end ?? refusal?.text ?? 'all opened'
    },
  },
  {
    ...{ id: 'door-42', what: '60,000 pings by one who reads nothing' },
    ...{ by: 'same branch', answer: /^(4429|100\d)/ },
    async act(arena) {
      const visitor = await arena.enter(arena.keeper, name(arena))
      for (let i = 0; i < 60_000; i++) visitor.socket.ping(new Uint8Array(100))
      return visitor.ended()
    },
  },
  {
    ...{ id: 'door-43', what: '4,000 documents that are not its own, two wrong ways in turn' },
    ...{ by: 'same branch', answer: /^4422/ },
    async act(arena) {
      const visitor = await arena.visit()
      await visitor.open(name(arena), arena.keeper.token)
      for (let i = 0; i < 4_000; i++) {
        const wrong =
          i % 2 === 0 ? `heads/${arena.organization}/x` : `heads/${arena.branch}/${arena.branch}`
        visitor.say(tokenFrame(`${wrong}\0${i}`, arena.keeper.token))
      }
      return visitor.ended(5_000)
    },
  },
  {
    ...{ id: 'door-44', what: '40 sockets of one device' },
    ...{ by: 'same branch', answer: /^(\d+ closed)$/ },
    async act(arena) {
      const visitors = await Promise.all(Array.from({ length: 40 }, () => arena.visit()))
      for (const visitor of visitors) await visitor.open(name(arena), arena.keeper.token)
      const ends = await Promise.all(visitors.slice(0, 20).map((visitor) => visitor.ended(3_000)))
      const closed = ends.filter((end) => end !== 'open').length
      return closed > 0 ? `${closed} closed` : 'all open'
    },
  },
  {
    ...{ id: 'door-46', what: '300 silent sockets at the address of one who signs in' },
    ...{ by: 'nobody', answer: /^open, \d+ silent ones gave way$/ },
    async act(arena) {
      const silent: Visitor[] = []
      for (let i = 0; i < 300; i++) silent.push(await arena.visit())
      const newcomer = await arena.visit()
      const answer = await newcomer.open(name(arena), arena.keeper.token)
      await silent[0]?.ended(3_000)
      return `${answer}, ${silent.filter(({ end }) => end !== undefined).length} silent ones gave way`
    },
  },
  early('door-45', '20,000 messages at once with a token', /^4429/, (visitor, arena) => {
    visitor.say(tokenFrame(name(arena), arena.keeper.token))
    visitor.socket.once('message', () => {
      for (let i = 0; i < 20_000; i++)
        visitor.say(plainFrame(name(arena), kinds.stateless, Uint8Array.of(0)))
    })
  }),
]

export const attacksAtTheDoor: readonly Attack[] = [...upgrades, ...beforeAToken, ...crowds]
