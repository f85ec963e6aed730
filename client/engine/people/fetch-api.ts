/** The server's JSON interface over fetch. Never rejects: what goes wrong is an answer with a code. */
import { done, fail } from '#domain/values/result.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import type { Api, ApiProblem } from '../ports.ts'

const limitMs = 20_000
/** A folded state of a large shop over a slow line. */
const limitFileMs = 600_000
/** Longer than any list that the server gives; more is nobody's honest answer. */
const limitBytes = 16_777_216

export function fetchApi(baseUrl: string, fetcher: typeof fetch): Api {
  return {
    async call(method, path, body, token) {
      try {
        const response = await fetcher(`${baseUrl}${path}`, {
          method,
          credentials: 'same-origin',
          headers: {
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          },
          signal: AbortSignal.timeout(limitMs),
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
        const answer: unknown = await jsonOf(response).catch(() => undefined)
        // The server speaks JSON alone: a page is the word of somebody in between, whatever its status.
        if (answer === undefined) {
          return fail({ code: 'server-unreachable', facts: { status: response.status } })
        }
        if (response.ok) return done(answer)
        return fail(problemOf(answer, response.status))
      } catch {
        return fail({ code: 'server-unreachable' })
      }
    },

    async file(path, length, token) {
      try {
        const response = await fetcher(`${baseUrl}${path}`, {
          credentials: 'same-origin',
          headers: { authorization: `Bearer ${token}` },
          signal: AbortSignal.timeout(limitFileMs),
        })
        if (!response.ok) {
          return fail(problemOf(await jsonOf(response).catch(() => undefined), response.status))
        }
        const bytes = await bytesOf(response, length)
        return bytes === undefined ? fail({ code: 'server-unreachable' }) : done(bytes)
      } catch {
        return fail({ code: 'server-unreachable' })
      }
    },
  }
}

/** Undefined where there are fewer or more. */
async function bytesOf({ body }: Response, length: number): Promise<Uint8Array | undefined> {
  const reader = body?.getReader()
  if (reader === undefined) return undefined
  const bytes = new Uint8Array(length)
  let filled = 0
  for (;;) {
    const { done: isOver, value } = await reader.read()
    if (isOver) return filled === length ? bytes : undefined
    if (filled + value.length > length) {
      await reader.cancel()
      return undefined
    }
    bytes.set(value, filled)
    filled += value.length
  }
}

/** Undefined where it is no JSON, or has no end. */
async function jsonOf({ body }: Response): Promise<unknown> {
  const reader = body?.getReader()
  if (reader === undefined) return undefined
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (;;) {
    const { done: isOver, value } = await reader.read()
    if (isOver) return JSON.parse(text + decoder.decode())
    bytes += value.length
    if (bytes > limitBytes) {
      await reader.cancel()
      return undefined
    }
    text += decoder.decode(value, { stream: true })
  }
}

/** `{code, …facts}`; a proxy's own answer has no code and means that the server was not reached. */
function problemOf(answer: unknown, status: number): ApiProblem {
  if (typeof answer !== 'object' || answer === null || !('code' in answer)) {
    return status >= 500 || status === 404
      ? { code: 'server-unreachable', facts: { status } }
      : { code: 'request-refused', facts: { status } }
  }
  const { code, ...facts } = answer
  if (typeof code !== 'string') return { code: 'request-refused', facts: { status } }
  return { code, facts: plainFacts(facts) }
}

function plainFacts(facts: object): Record<string, Json> {
  const plain = Object.entries(facts).filter(
    ([, value]) => typeof value === 'string' || Number.isSafeInteger(value),
  )
  return Object.fromEntries(plain)
}
