/**
 * Import this before anything that imports Yjs. Yjs draws client ids from the platform; from here on it
 * draws them from the seed of the world that runs, so that a seed repeats to the byte.
 */
import { webcrypto } from 'node:crypto'
import type { Random } from '#domain/demonstration/random.ts'

let source: Random | undefined
const platform = webcrypto.getRandomValues.bind(webcrypto)

Object.assign(webcrypto, {
  getRandomValues<Array extends Parameters<typeof platform>[0]>(array: Array): Array {
    if (source === undefined || array === null || !ArrayBuffer.isView(array)) return platform(array)
    const words = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
    for (let i = 0; i < words.length; i += 1) words[i] = source.integer(0, 255)
    return array
  },
})

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
