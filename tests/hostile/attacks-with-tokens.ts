/**
 * Tokens with every claim and header changed, on the socket and over HTTP. Those that are signed with
 * the server's own secret could come from nobody but the server; they are refused all the same.
 */
import { createHmac } from 'node:crypto'
import { SignJWT, UnsecuredJWT } from 'jose'
import { uuidv7 } from 'uuidv7'
import { call } from '#server/testing/test-server.ts'
import type { Arena } from './arena.ts'
import type { Attack, Attacker } from './attack.ts'

type Claims = Readonly<Record<string, unknown>>
type Make = (arena: Arena) => string | Promise<string>

function mutation(id: string, what: string, make: Make, by: Attacker = 'nobody'): Attack {
  return {
    ...{ id, by, what: `a token with ${what}` },
    answer: /^(4401|4403) (token-invalid|token-expired|session-ended) · HTTP (401|431)$/,
    async act(arena) {
      const token = await make(arena)
      const visitor = await arena.visit()
      const name = `heads/${arena.organization}/${arena.branch}`
      const opened = await visitor.open(name, token)
      const end = opened === 'open' ? 'open' : await visitor.ended()
      // A header takes no line breaks; what a header cannot carry cannot attack there.
      const isText = /^[\x21-\x7e]*$/.test(token)
      const { status } = isText
        ? await call(arena.place, '/api/devices', { token })
        : { status: 401 }
      return `${end} · HTTP ${status}`
    },
  }
}

function claimsOf({ keeper }: Arena): Claims {
  const [, payload = ''] = keeper.token.split('.')
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims
}

/** Signed by the server's secret, with some claims changed or (undefined) missing. */
function claims(change: (of: Claims, arena: Arena) => Claims, header: object = {}): Make {
  return (arena) => {
    const honest = claimsOf(arena)
    const changed = { ...honest, ...change(honest, arena) }
    const payload = Object.fromEntries(
      Object.entries(changed).filter(([, value]) => value !== undefined),
    )
    return new SignJWT(payload)
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', ...header })
      .sign(arena.tokenSecret)
  }
}

/** The parts of the keeper's own token, put together anew. */
function parts(put: (header: string, payload: string, signature: string) => string): Make {
  return ({ keeper }) => {
    const [header = '', payload = '', signature = ''] = keeper.token.split('.')
    return put(header, payload, signature)
  }
}

function json(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

const now = () => Math.floor(Date.now() / 1000)

const forms: readonly Attack[] = [
  mutation('token-01', 'nothing in it', () => ''),
  mutation('token-02', 'nonsense for it', () => 'nonsense'),
  mutation('token-03', '400 KB', () => 'x'.repeat(400_000)),
  mutation(
    'token-04',
    'its signature cut off',
    parts((header, payload) => `${header}.${payload}.`),
  ),
  mutation(
    'token-05',
    'one part only',
    parts((header) => header),
  ),
  mutation(
    'token-06',
    'four parts',
    parts((h, p, s) => `${h}.${p}.${s}.${s}`),
  ),
  mutation(
    'token-07',
    'a letter more',
    parts((h, p, s) => `${h}.${p}.${s}x`),
  ),
  mutation(
    'token-08',
    'a changed signature',
    parts((h, p, s) => `${h}.${p}.${[...s].reverse().join('')}`),
  ),
  mutation(
    'token-09',
    'a changed payload',
    parts((h, _, s) => `${h}.${json({ sub: 'boss' })}.${s}`),
  ),
  mutation(
    'token-10',
    'a NUL in it',
    parts((h, p, s) => `${h}.${p}\0.${s}`),
  ),
  mutation(
    'token-11',
    'a space before it',
    parts((h, p, s) => ` ${h}.${p}.${s}`),
  ),
  mutation('token-12', "alg 'none'", (arena) => new UnsecuredJWT(claimsOf(arena)).encode()),
  ...['None', 'nOnE', 'NONE', ''].map((alg, i) =>
    mutation(
      `token-${13 + i}`,
      `alg '${alg}'`,
      parts((_, p) => `${json({ alg, typ: 'at+jwt' })}.${p}.`),
    ),
  ),
  mutation(
    'token-17',
    "alg 'hs256'",
    parts((_, p, s) => `${json({ alg: 'hs256', typ: 'at+jwt' })}.${p}.${s}`),
  ),
  mutation('token-18', "the server's public key as its secret", async (arena) => {
    const key = JSON.stringify(arena.keeper.enrolled.serverKey)
    return new SignJWT(claimsOf(arena))
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
      .sign(new TextEncoder().encode(key))
  }),
  mutation('token-19', "the device's own key in its header (ES256)", async (arena) => {
    const { privateKey, publicKey } = arena.keeper.key
    return new SignJWT(claimsOf(arena))
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', jwk: { ...publicKey } })
      .sign(privateKey)
  }),
  mutation('token-20', 'HS512 under the right secret', (arena) =>
    new SignJWT(claimsOf(arena))
      .setProtectedHeader({ alg: 'HS512', typ: 'at+jwt' })
      .sign(Buffer.concat([arena.tokenSecret, arena.tokenSecret])),
  ),
  mutation('token-21', 'another secret', (arena) =>
    new SignJWT(claimsOf(arena))
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
      .sign(new Uint8Array(32)),
  ),
]

const signedBySecret: readonly Attack[] = [
  mutation(
    'token-30',
    'no type',
    claims(() => ({}), { typ: undefined }),
  ),
  mutation(
    'token-31',
    'the type of another purpose',
    claims(() => ({}), { typ: 'JWT' }),
  ),
  mutation('token-32', 'a critical header that nobody knows', (arena) => {
    const header = json({ alg: 'HS256', typ: 'at+jwt', crit: ['other'], other: true })
    const text = `${header}.${json(claimsOf(arena))}`
    return `${text}.${createHmac('sha256', arena.tokenSecret).update(text).digest('base64url')}`
  }),
  mutation(
    'token-33',
    'no audience',
    claims(() => ({ aud: undefined })),
  ),
  mutation(
    'token-34',
    'another audience',
    claims(() => ({ aud: 'elsewhere' })),
  ),
  mutation(
    'token-35',
    'no end',
    claims(() => ({ exp: undefined })),
  ),
  mutation(
    'token-36',
    'an end that is a text',
    claims(() => ({ exp: `${now() + 600}` })),
  ),
  mutation(
    'token-37',
    'an end a second ago',
    claims(() => ({ exp: now() - 1 })),
    'expired',
  ),
  mutation(
    'token-38',
    'an end in 1970',
    claims(() => ({ exp: 1 })),
    'expired',
  ),
  mutation(
    'token-39',
    'a beginning tomorrow',
    claims(() => ({ nbf: now() + 86_400 })),
  ),
  mutation(
    'token-40',
    'another organisation',
    claims(() => ({ iss: uuidv7() })),
  ),
  mutation(
    'token-41',
    'no organisation',
    claims(() => ({ iss: undefined })),
  ),
  mutation(
    'token-42',
    'no session',
    claims(() => ({ sid: undefined })),
  ),
  mutation(
    'token-43',
    'a session that is not',
    claims(() => ({ sid: uuidv7() })),
  ),
  mutation(
    'token-44',
    '__proto__ for a session',
    claims(() => ({ sid: '__proto__' })),
  ),
  mutation(
    'token-45',
    'no device',
    claims(() => ({ dev: undefined })),
  ),
  mutation(
    'token-46',
    "the owner's device",
    claims((_, { boss }) => ({ dev: boss.enrolled.device })),
  ),
  mutation(
    'token-47',
    'a device that is a list',
    claims(({ dev }) => ({ dev: [dev, dev] })),
  ),
  mutation(
    'token-48',
    'no person',
    claims(() => ({ sub: undefined })),
  ),
  mutation(
    'token-49',
    'the owner for a person',
    claims((_, { boss }) => ({ sub: boss.enrolled.user.id })),
  ),
  mutation(
    'token-50',
    'nothing changed, of a revoked device',
    ({ revoked }) => revoked.token,
    'revoked',
  ),
  mutation(
    'token-51',
    "a revoked device's session",
    claims((_, { revoked }) => {
      const [, payload = ''] = revoked.token.split('.')
      const { sid } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { sid: string }
      return { sid }
    }),
  ),
]

const twoTokens: Attack = {
  ...{ id: 'token-60', by: 'same branch', answer: /^4401 other-device/ },
  what: "another device's token on the same socket",
  async act(arena) {
    const visitor = await arena.enter(arena.keeper, `heads/${arena.organization}/${arena.branch}`)
    visitor.authenticate(`heads/${arena.organization}/all`, arena.boss.token)
    return visitor.ended()
  },
}

export const attacksWithTokens: readonly Attack[] = [...forms, ...signedBySecret, twoTokens]
