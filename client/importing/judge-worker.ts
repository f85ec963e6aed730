/** The worker that judges one file and is thrown away: what a hostile file does, it does to this alone. */
import { type JudgedFile, judgeFile } from './judge-file.ts'

const scope = self as unknown as DedicatedWorkerGlobalScope

scope.onmessage = async ({ data }: MessageEvent<JudgedFile>) => {
  scope.postMessage(await judgeFile(data))
}
