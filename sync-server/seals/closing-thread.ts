/**
 * [MCL8] Folds closings in a thread of its own, which ends with the answer: seconds at a million movements, during
 * which devices are answered as ever. One at a time, because each holds a branch's history in memory.
 */
import { Worker } from 'node:worker_threads'
import { openLanes } from '../journals/lanes.ts'
import type { AskClosing, ClosingAnswer, ClosingQuestion } from './closing-fold.ts'

export function closingThread(): AskClosing {
  const lanes = openLanes()
  return (question) => lanes.run('closing', () => askOnce(question))
}

function askOnce(question: ClosingQuestion): Promise<ClosingAnswer> {
  const worker = new Worker(new URL('./closing-worker.ts', import.meta.url))
  return new Promise<ClosingAnswer>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the closing thread ended without an answer')))
    worker.postMessage(question)
  }).finally(() => void worker.terminate())
}
