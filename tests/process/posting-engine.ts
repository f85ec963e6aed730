/** A real engine that sells without pause, and what it was told about it. */
import type { Headless } from '#client/engine/start/headless.ts'
import { readEntries } from '#domain/replica/journal.ts'
import { sell } from '#tests/road/shop.ts'
import * as Y from 'yjs'
import type { AckBook } from './ack-book.ts'

/** Documents that may wait for the server before the next one is posted. */
const limitWaiting = 10

export class PostingEngine {
  readonly headless: Headless
  readonly #warehouse: string
  #isRunning = false
  #running: Promise<void> = Promise.resolve()
  postedCount = 0

  constructor(headless: Headless, warehouse: string) {
    this.headless = headless
    this.#warehouse = warehouse
  }

  begin(): void {
    this.#isRunning = true
    this.#running = this.#run()
  }

  async pause(): Promise<void> {
    this.#isRunning = false
    await this.#running
  }

  /** Copies into the book what this engine made durable, and which heads it believes. */
  tell(book: AckBook): void {
    const { journals, heads } = this.headless.disk().store
    for (const { journal, updates } of journals) {
      const doc = new Y.Doc()
      for (const { bytes } of updates) Y.applyUpdate(doc, bytes)
      if (heads.some((head) => head.journal === journal.journal)) {
        book.wrote(journal.journal, readEntries(doc, 0))
      }
      doc.destroy()
    }
    book.took(heads)
  }

  async #run(): Promise<void> {
    const { engine } = this.headless
    while (this.#isRunning) {
      const { documentsWaiting } = await engine.read('status', {})
      if (documentsWaiting >= limitWaiting) {
        await new Promise((resolve) => setTimeout(resolve, 20))
        continue
      }
      await sell(engine, this.#warehouse, 1)
      this.postedCount += 1
    }
  }
}
