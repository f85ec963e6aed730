/**
 * Import this before anything that imports Yjs. Yjs and the server draw client ids and secrets from the
 * platform; from here on they draw them from the seed of the world that runs, so that a seed repeats to
 * the byte.
 */
import crypto, { webcrypto } from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import type { Random } from '#domain/demonstration/random.ts'

let source: Random | undefined
const platform = webcrypto.getRandomValues.bind(webcrypto)

Object.assign(webcrypto, {
  getRandomValues<Array extends Parameters<typeof platform>[0]>(array: Array): Array {
    if (source === undefined || array === null || !ArrayBuffer.isView(array)) return platform(array)
    const bytes = new DataView(array.buffer, array.byteOffset, array.byteLength)
    for (let i = 0; i + 4 <= bytes.byteLength; i += 4) bytes.setUint32(i, word(source))
    for (let i = bytes.byteLength & ~3; i < bytes.byteLength; i += 1)
      bytes.setUint8(i, word(source) & 255)
    return array
  },
})

function word(random: Random): number {
  return random.integer(0, 0xffff_ffff)
}

const { randomInt, randomBytes } = crypto

Object.assign(crypto, {
  randomInt(...range: readonly number[]): number {
    const [low, high] = range.length === 1 ? [0, range[0]] : range
    if (source === undefined || low === undefined || high === undefined) {
      return randomInt(...(range as [number, number]))
    }
    return source.integer(low, high - 1)
  },
  randomBytes(size: number): Buffer {
    const random = source
    if (random === undefined) return randomBytes(size)
    return Buffer.from(Array.from({ length: size }, () => random.integer(0, 255)))
  },
})
syncBuiltinESMExports()

/** While `task` runs, the platform's chance is drawn from `random`. */
export async function byChanceOf<Value>(
  random: Random,
  task: () => Promise<Value>,
): Promise<Value> {
  const before = source
  source = random
  try {
    return await task()
  } finally {
    source = before
  }
}
