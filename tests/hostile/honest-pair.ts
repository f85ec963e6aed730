/** Watches the honest process: what it wrote, what it read and after how long, and whether it was cut off. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** What the honest process says. Hashes are those of stored values. */
export type HonestWord =
  | { readonly said: 'ready'; readonly journal: string; readonly devices: readonly string[] }
  | { readonly said: 'written'; readonly seq: number; readonly hash: string }
  | { readonly said: 'read'; readonly seq: number; readonly hash: string; readonly ms?: number }
  | { readonly said: 'lost'; readonly why: string }
  | { readonly said: 'done' }

export interface HonestPair {
  readonly journal: string
  readonly devices: readonly string[]
  /** Hashes by number, as written. */
  readonly written: ReadonlyMap<number, string>
  /** Hashes by number, as the other device read them. */
  readonly read: ReadonlyMap<number, string>
  /** Write-to-read times in ms, in the order in which they were read. */
  readonly latencies: readonly number[]
  /**
   * Reasons for which the server cut one of the two off. (Whoever shows no presence and says nothing for
   * a minute is closed by the library, 4408, and comes again.)
   */
  readonly cutOff: readonly string[]
  /** Resolves when a record that was written from now on was read. */
  nextRead(): Promise<void>
  /** Stops writing and waits until everything was read and is covered by heads. */
  finish(): Promise<void>
  kill(): void
}

export interface HonestWish {
  readonly url: string
  readonly login: string
  readonly password: string
  readonly branch: string
  readonly everyMs: number
}

const limitWaitMs = 60_000

export async function startHonestPair(wish: HonestWish): Promise<HonestPair> {
  const { url, login, password, branch, everyMs } = wish
  const words = [url, login, password, branch, String(everyMs)]
  const child = fork(join(import.meta.dirname, 'honest.ts'), words, { execArgv: [] })
  const written = new Map<number, string>()
  const read = new Map<number, string>()
  const latencies: number[] = []
  const cutOff: string[] = []
  child.on('message', (word: HonestWord) => {
    if (word.said === 'written') written.set(word.seq, word.hash)
    if (word.said === 'lost' && /^(4(?!408)|1009)/.test(word.why)) cutOff.push(word.why)
    if (word.said !== 'read') return
    read.set(word.seq, word.hash)
    if (word.ms !== undefined) latencies.push(word.ms)
  })
  const heard = async (said: HonestWord['said']) => {
    const signal = AbortSignal.timeout(limitWaitMs)
    for (;;) {
      const [word] = (await once(child, 'message', { signal })) as [HonestWord]
      if (word.said === said) return word
    }
  }
  const ready = await heard('ready')
  if (ready.said !== 'ready') throw new Error('the honest devices did not start')
  return {
    ...{ journal: ready.journal, devices: ready.devices, written, read, latencies, cutOff },
    async nextRead() {
      const wanted = Math.max(0, ...written.keys()) + 1
      while (!read.has(wanted)) await heard('read')
    },
    async finish() {
      const done = heard('done')
      child.send('stop')
      await done
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
