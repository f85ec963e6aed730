/**
 * Passwords: argon2id as OWASP sets it (19 MiB, two passes), a few at a time because of the memory.
 */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { done, fail, type Result } from '#domain/values/result.ts'
import { limitPasswordChecks, limitPasswordQueue } from '../limits.ts'

const derive = promisify(argon2)
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const
const saltBytes = 16

export interface BusyProblem {
  readonly code: 'busy'
}

/** `argon2id$salt$hash`, both in base64url. */
export async function hashPassword(password: string): Promise<Result<string, BusyProblem>> {
  const salt = randomBytes(saltBytes)
  const hash = await deriveInTurn(password, salt)
  if (!hash.ok) return hash
  return done(`argon2id$${salt.toString('base64url')}$${hash.value.toString('base64url')}`)
}

/**
 * Whether `password` is the one behind `kept`. Takes the same time for a login that nobody has
 * (`kept` undefined).
 */
export async function verifyPassword(
  password: string,
  kept: string | undefined,
): Promise<Result<boolean, BusyProblem>> {
  const [, salt = '', hash = ''] = (kept ?? '').split('$')
  const derived = await deriveInTurn(password, Buffer.from(salt.padEnd(16, 'A'), 'base64url'))
  if (!derived.ok) return derived
  const expected = Buffer.from(hash, 'base64url')
  const isEqual =
    expected.length === derived.value.length && timingSafeEqual(expected, derived.value)
  return done(kept !== undefined && isEqual)
}

let running = 0
const queue: (() => void)[] = []

async function deriveInTurn(password: string, salt: Buffer): Promise<Result<Buffer, BusyProblem>> {
  if (running >= limitPasswordChecks) {
    if (queue.length >= limitPasswordQueue) return fail({ code: 'busy' })
    await new Promise<void>((resolve) => queue.push(resolve))
  } else {
    running += 1
  }
  try {
    const message = password.normalize('NFKC')
    return done(await derive('argon2id', { message, nonce: salt, ...cost }))
  } finally {
    // A finished check hands its place to the next in the queue.
    const next = queue.shift()
    if (next === undefined) running -= 1
    else next()
  }
}
