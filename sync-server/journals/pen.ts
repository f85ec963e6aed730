/**
 * Writes entries of one journal as updates that follow each other, without keeping a document: all
 * that Yjs needs is a client id of its own and the number of what was written under it.
 */
import { randomInt } from 'node:crypto'
import { appendUpdate } from '#domain/replica/append-update.ts'
import type { JournalEntry } from '#domain/replica/journal.ts'
import { limitClientId } from '#domain/replica/yjs-form.ts'

export class Pen {
  /** Fresh for each pen: a client id whose clock is not known for sure is never used again [J5]. */
  readonly #client = randomInt(limitClientId)
  #clock = 0

  /** The update that appends `entries`; says nothing of whether it was kept. */
  write(entries: readonly JournalEntry[]): Uint8Array {
    const placed = entries.map(({ seq, bytes }, index) => {
      return { seq, bytes, client: this.#client, clock: this.#clock + index }
    })
    return appendUpdate(placed)
  }

  /** The last update of `count` entries was kept. One that was not takes its pen with it. */
  moveOn(count: number): void {
    this.#clock += count
  }
}
