/** What all readers of the server together have not taken yet: bytes held in memory for them. */
import { limitAllOutboxBytes, limitSmallOutboxBytes } from '../limits.ts'

export class Outboxes {
  #bytes = 0

  /**
   * Whether a reader who has `ownBytes` lying here may be sent more. When all have left too much, those
   * give way who have left more than a little.
   */
  hasRoom(bytes: number, ownBytes: number): boolean {
    return ownBytes <= limitSmallOutboxBytes || this.#bytes + bytes <= limitAllOutboxBytes
  }

  put(bytes: number): void {
    this.#bytes += bytes
  }

  taken(bytes: number): void {
    this.#bytes -= bytes
  }
}
