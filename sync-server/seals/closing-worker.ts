/** Entry of the thread in which a closing is folded: one question, one answer, then it ends. */
import { parentPort } from 'node:worker_threads'
import { type ClosingQuestion, closingOf } from './closing-fold.ts'

const port = parentPort
if (port === null) throw new Error('the closing worker needs a parent')
port.once('message', (question: ClosingQuestion) => {
  port.postMessage(closingOf(question))
})
