/** Judges a file in a worker of its own, for a limited time: no file stops the work of the device. */
import { fail } from '#domain/values/result.ts'
import type { JudgedFile, Judgement } from './judge-file.ts'

/** Far beyond what the largest honest file takes on a slow tablet. */
const limitMs = 120_000

/** `file-too-heavy` when the worker ran out of time or memory. The bytes are gone afterwards. */
export function judgeApart(file: JudgedFile): Promise<Judgement> {
  const worker = new Worker(new URL('./judge-worker.ts', import.meta.url), { type: 'module' })
  return new Promise<Judgement>((resolve) => {
    const giveUp = () => resolve(fail({ code: 'file-too-heavy' }))
    const timer = setTimeout(giveUp, limitMs)
    worker.onmessage = ({ data }: MessageEvent<Judgement>) => {
      clearTimeout(timer)
      resolve(data)
    }
    worker.onerror = (event) => {
      event.preventDefault()
      giveUp()
    }
    worker.onmessageerror = giveUp
    worker.postMessage(file, [file.bytes.buffer])
  }).finally(() => worker.terminate())
}
