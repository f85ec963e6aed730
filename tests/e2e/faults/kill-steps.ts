/**
 * The named steps of a posting inside the engine's worker, and a stop at any of them: what the platform is asked
 * for is wrapped from outside, in the worker of the built app, and the thread stands still at the step until the
 * browser is killed. The app itself knows nothing of it.
 */
import { expect, type Page, type Worker } from '@playwright/test'

/** In the order in which a posting passes them. */
export const killSteps = [
  'planned, before the signature',
  'signed',
  'transaction opened',
  'row asked for',
  'row taken, not complete',
  'complete, not answered',
  'before the answer leaves the worker',
  'before the update is sent',
  'after the update was sent',
  'head heard, not kept',
  'head kept',
  'settling',
  'settled',
] as const

export type KillStep = (typeof killSteps)[number]

/** The engine's worker of a tab stops at the step when it next comes there; resolves when it stands. */
export async function armStop(page: Page, step: KillStep): Promise<{ stands(): Promise<void> }> {
  const mark = `stands: ${step}`
  const [worker] = page.workers()
  expect(worker, 'the tab has a worker').toBeDefined()
  const standing = page.waitForEvent('console', {
    predicate: (message) => message.text() === mark,
    timeout: 60_000,
  })
  // Judged by whoever asks `stands`.
  standing.catch(() => undefined)
  await (worker as Worker).evaluate(stopAt, { step, mark })
  return {
    stands: async () => {
      await standing
    },
  }
}

/** Runs in the worker. */
function stopAt({ step, mark }: { readonly step: KillStep; readonly mark: string }): void {
  let hasStood = false
  const at = (name: KillStep): void => {
    if (name !== step || hasStood) return
    hasStood = true
    console.log(mark)
    const untilMs = performance.now() + 30_000
    while (performance.now() < untilMs) {
      // The thread stands here until the browser is killed.
    }
  }

  const sign = crypto.subtle.sign.bind(crypto.subtle)
  crypto.subtle.sign = async (...args: Parameters<typeof sign>) => {
    at('planned, before the signature')
    const signature = await sign(...args)
    at('signed')
    return signature
  }

  let isCommitted = false
  const { add, put, clear } = IDBObjectStore.prototype
  const remove = IDBObjectStore.prototype.delete
  IDBObjectStore.prototype.add = function (...args) {
    if (this.name !== 'log') return add.apply(this, args)
    at('transaction opened')
    const asked = add.apply(this, args)
    at('row asked for')
    asked.addEventListener('success', () => at('row taken, not complete'))
    this.transaction.addEventListener('complete', () => {
      isCommitted = true
      at('complete, not answered')
    })
    return asked
  }
  IDBObjectStore.prototype.put = function (...args) {
    if (this.name === 'heads' && isCommitted) {
      at('head heard, not kept')
      this.transaction.addEventListener('complete', () => at('head kept'))
    }
    return put.apply(this, args)
  }
  const settling = (store: IDBObjectStore) => {
    if (store.name !== 'log' || !isCommitted) return
    at('settling')
    store.transaction.addEventListener('complete', () => at('settled'))
  }
  IDBObjectStore.prototype.clear = function (...args) {
    settling(this)
    return clear.apply(this, args)
  }
  IDBObjectStore.prototype.delete = function (...args) {
    settling(this)
    return remove.apply(this, args)
  }

  const send = WebSocket.prototype.send
  WebSocket.prototype.send = function (...args) {
    if (!isCommitted) return send.apply(this, args)
    at('before the update is sent')
    send.apply(this, args)
    at('after the update was sent')
  }

  const scope = self as unknown as { postMessage(message: unknown): void }
  const postMessage = scope.postMessage.bind(scope)
  scope.postMessage = (message) => {
    const { kind, value } = message as { kind?: string; value?: { value?: { number?: string } } }
    if (kind === 'answer' && value?.value?.number !== undefined) {
      at('before the answer leaves the worker')
    }
    postMessage(message)
  }
}
