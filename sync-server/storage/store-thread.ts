/** Questions to the store's worker thread and its answers, in order. */
import { Worker } from 'node:worker_threads'
import type { StoreAnswer, StoreRequest } from './sqlite-worker.ts'

export type StoreQuestion = StoreRequest extends infer Request
  ? Request extends { readonly id: number }
    ? Omit<Request, 'id'>
    : never
  : never

interface Asked {
  resolve(value: unknown): void
  reject(error: unknown): void
}

export class StoreThread {
  readonly #worker: Worker
  readonly #asked = new Map<number, Asked>()
  readonly #onLost: (error: Error) => void
  #lastId = 0
  /** Whether losing the worker is news: it has answered, and was not told to close. */
  #isServing = false
  #ended: Error | undefined

  constructor(file: string, onLost: (error: Error) => void) {
    this.#onLost = onLost
    this.#worker = new Worker(new URL('./sqlite-worker.ts', import.meta.url), { workerData: file })
    this.#worker.on('message', (answer: StoreAnswer) => this.#take(answer))
    this.#worker.on('error', (error) => {
      this.#end(error instanceof Error ? error : new Error(String(error)))
    })
    this.#worker.on('exit', () => this.#end(new Error('store-closed')))
  }

  ask(question: StoreQuestion): Promise<unknown> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended)
    this.#lastId += 1
    const id = this.#lastId
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject })
      this.#worker.postMessage({ ...question, id })
    })
  }

  async close(): Promise<void> {
    await this.ask({ ask: 'close' }).catch(() => undefined)
    this.#isServing = false
    await this.#worker.terminate()
  }

  #take(answer: StoreAnswer): void {
    this.#isServing = true
    const asked = this.#asked.get(answer.id)
    this.#asked.delete(answer.id)
    if (answer.ok) asked?.resolve(answer.value)
    else asked?.reject(new Error(answer.problem))
  }

  #end(error: Error): void {
    if (this.#ended !== undefined) return
    this.#ended = error
    for (const asked of this.#asked.values()) asked.reject(error)
    this.#asked.clear()
    if (this.#isServing) this.#onLost(error)
  }
}
