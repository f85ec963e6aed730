/** The API and the pages: guessing, flooding, smuggling, and bodies that are not what they say. */
import { request } from 'node:http'
import { uuidv7 } from 'uuidv7'
import type { Arena } from './arena.ts'
import type { Attack, Attacker } from './attack.ts'
import { hostileAddress } from './visitor.ts'
import { tellRaw } from './attacks-at-the-door.ts'

interface Wish {
  readonly method?: string
  readonly path: string
  readonly body?: string | Buffer
  readonly headers?: Readonly<Record<string, string>>
  readonly from?: string
}

/** The status and the start of the answer; paths go out as they are. */
function ask({ server }: Arena, wish: Wish): Promise<string> {
  const { method = wish.body === undefined ? 'GET' : 'POST', path, body, headers = {} } = wish
  const json = body === undefined ? {} : { 'content-type': 'application/json' }
  return new Promise((resolve) => {
    const asked = request(
      {
        ...{ method, path, port: server.port, host: '127.0.0.1', agent: false },
        localAddress: wish.from ?? hostileAddress,
        headers: { ...json, ...headers },
      },
      (response) => {
        let text = ''
        response.on('data', (bytes) => (text += bytes))
        response.on('end', () => resolve(`${response.statusCode} ${text.slice(0, 60)}`))
      },
    )
    asked.on('error', (error) => resolve(error.message))
    asked.end(body)
  })
}

function http(
  id: string,
  what: string,
  answer: RegExp,
  wish: (arena: Arena) => Wish,
  by: Attacker = 'nobody',
): Attack {
  return { ...{ id, what, answer, by }, act: (arena) => ask(arena, wish(arena)) }
}

function raw(id: string, what: string, answer: RegExp, text: string): Attack {
  return {
    ...{ id, what, answer, by: 'nobody' },
    act: ({ server }) => tellRaw(server.port, Buffer.from(text, 'latin1')),
  }
}

const setup = {
  company: { name: 'Mine', taxpayer: 'general' },
  owner: { login: 'thief', name: 'Thief', password: 'long enough' },
  branch: { name: 'Mine' },
}

function signIn(login: string): string {
  const proof = { timestampMs: Date.now(), signature: 'A'.repeat(86) }
  return JSON.stringify({ login, password: 'wrong password', device: uuidv7(), proof })
}

const bodies: readonly Attack[] = [
  http('http-01', 'a set-up of a server that has an owner', /^409 .*already-set-up/, () => ({
    ...{ path: '/api/setup', body: JSON.stringify(setup) },
  })),
  http('http-02', 'a demonstration on a server that has an owner', /^409/, () => ({
    ...{ path: '/api/setup/demonstration', body: '{}' },
  })),
  http('http-03', 'a body of 1 MB', /^413/, () => ({
    ...{ path: '/api/session', body: `{"login":"${'x'.repeat(1_000_000)}"}` },
  })),
  http('http-04', 'a body 30,000 levels deep', /^400/, () => ({
    ...{ path: '/api/session', body: '['.repeat(30_000) + ']'.repeat(30_000) },
  })),
  http('http-05', 'a body with __proto__', /^400/, () => ({
    ...{ path: '/api/session', body: '{"__proto__":{"isOwner":true}}' },
  })),
  http('http-06', 'a body with constructor.prototype', /^400/, () => ({
    ...{ path: '/api/session', body: '{"constructor":{"prototype":{"isOwner":true}}}' },
  })),
  http('http-07', 'a body that is no UTF-8', /^400/, () => ({
    ...{ path: '/api/session', body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22]) },
  })),
  http('http-08', 'no body', /^400/, () => ({ path: '/api/session', method: 'POST' })),
  ...[
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'x',
  ].map((type, i) =>
    http(`http-${10 + i}`, `a body of ${type}`, /^415/, () => ({
      ...{ path: '/api/session', body: '{"login":"boss"}', headers: { 'content-type': type } },
    })),
  ),
  http('http-15', 'a body that is compressed', /^(400|415)/, () => ({
    ...{ path: '/api/session', body: Buffer.alloc(500), headers: { 'content-encoding': 'gzip' } },
  })),
  http('http-16', 'a request of a foreign page', /^403/, () => ({
    ...{ path: '/api/session', body: '{}', headers: { 'sec-fetch-site': 'cross-site' } },
  })),
  http('http-17', 'a set-up under the name of another host (rebinding)', /^403/, () => ({
    ...{ path: '/api/setup', body: JSON.stringify(setup), headers: { host: 'evil.example:8080' } },
  })),
]

const acts: readonly Attack[] = [
  http('http-20', 'the list of devices without a token', /^401/, () => ({ path: '/api/devices' })),
  http('http-21', 'a revocation without a token', /^401/, ({ boss }) => ({
    ...{ path: `/api/devices/${boss.enrolled.device}/revoke`, body: '{"reason":"x"}' },
  })),
  http('http-22', 'a revocation with a cookie alone', /^401/, ({ boss }) => ({
    ...{ path: `/api/devices/${boss.enrolled.device}/revoke`, body: '{"reason":"x"}' },
    headers: { cookie: boss.cookie },
  })),
  http('http-23', "the renewal of another's cookie", /^(401|404|409)/, ({ boss, keeper }) => ({
    path: '/api/session/renew',
    headers: { cookie: boss.cookie },
    body: JSON.stringify({
      ...{ device: keeper.enrolled.device, timestampMs: Date.now(), signature: 'A'.repeat(86) },
    }),
  })),
  http(
    'http-24',
    'a keeper who makes herself owner',
    /^403/,
    ({ keeper }) => ({
      path: `/api/users/${keeper.enrolled.user.id}/grant`,
      headers: { authorization: `Bearer ${keeper.token}` },
      body: JSON.stringify({ roles: [{ branch: 'all', role: 'owner' }] }),
    }),
    'same branch',
  ),
  http(
    'http-25',
    "a keeper who changes the owner's password",
    /^403/,
    ({ keeper, boss }) => ({
      path: `/api/users/${boss.enrolled.user.id}/password`,
      headers: { authorization: `Bearer ${keeper.token}` },
      body: JSON.stringify({ password: 'mine from now on' }),
    }),
    'same branch',
  ),
  http('http-26', 'an enrolment with a wrong password', /^401/, () => ({
    path: '/api/enrol',
    body: JSON.stringify({
      ...{ login: 'nobody', password: 'wrong', deviceName: 'x', kind: 'pc' },
      publicKey: { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) },
    }),
  })),
  http('http-27', 'an id that is a path', /^(400|404)/, ({ boss }) => ({
    path: '/api/users/..%2f..%2fx/revoke',
    headers: { authorization: `Bearer ${boss.token}` },
    body: '{}',
  })),
  {
    ...{
      id: 'http-28',
      what: '120 guesses of a password',
      by: 'nobody',
      answer: /^(401|429)+ 429$/,
    },
    async act(arena) {
      const answers: string[] = []
      for (let i = 0; i < 12; i++) {
        const guesses = Array.from({ length: 10 }, () =>
          ask(arena, { path: '/api/session', body: signIn('guessed'), from: '127.6.6.7' }),
        )
        answers.push(...(await Promise.all(guesses)))
      }
      const statuses = new Set(answers.map((answer) => answer.slice(0, 3)))
      return `${[...statuses].sort().join('')} ${answers.at(-1)?.slice(0, 3)}`
    },
  },
  {
    ...{ id: 'http-29', what: '90 password checks at once from three addresses', by: 'nobody' },
    answer: /^(401|429|503)+$/,
    async act(arena) {
      const guesses = Array.from({ length: 90 }, (_, i) =>
        ask(arena, {
          path: '/api/session',
          body: signIn(`who-${i}`),
          from: `127.6.6.${8 + (i % 3)}`,
        }),
      )
      const statuses = new Set((await Promise.all(guesses)).map((answer) => answer.slice(0, 3)))
      return [...statuses].sort().join('')
    },
  },
]

const paths = [
  ...['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/assets/../../secret.txt'],
  ...['/assets/..%5c..%5csecret.txt', '/....//secret.txt', '//secret.txt', '/.%00/secret.txt'],
  ...['/assets/%c0%ae%c0%ae/secret.txt', '/server-keys.json', '/liancang.sqlite', '/%'],
]

const pages: readonly Attack[] = [
  ...paths.map((path, i) =>
    http(
      `http-${40 + i}`,
      `the path ${path}`,
      /^(400|403|404) .*(request-malformed|not-found)/,
      () => ({ path }),
    ),
  ),
  http('http-60', 'a range of 10,000 pieces', /^(200|206|416)/, () => ({
    path: '/index.html',
    headers: { range: `bytes=${Array.from({ length: 1_000 }, (_, i) => `${i}-${i}`).join(',')}` },
  })),
  http('http-61', 'TRACE', /^(4\d\d|5?.*hang up)/, () => ({ path: '/', method: 'TRACE' })),
  raw(
    'http-62',
    'two lengths (smuggling)',
    /^HTTP\/1\.1 400/,
    'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd',
  ),
  raw(
    'http-63',
    'a length and pieces (smuggling)',
    /^HTTP\/1\.1 400/,
    'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n',
  ),
  raw(
    'http-64',
    'a header that is folded',
    /^HTTP\/1\.1 400/,
    'GET / HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n : c\r\n\r\n',
  ),
  raw('http-65', 'no host', /^HTTP\/1\.1 400/, 'GET / HTTP/1.1\r\n\r\n'),
  raw(
    'http-66',
    'headers of 100 KB',
    /^HTTP\/1\.1 431/,
    `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
  ),
  raw(
    'http-67',
    '1,000 requests in one breath',
    /^HTTP\/1\.1 404/,
    'GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(1_000),
  ),
]

export const attacksOverHttp: readonly Attack[] = [...bodies, ...acts, ...pages]
