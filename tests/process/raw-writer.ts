/**
 * A device without an engine that writes as fast as heads allow, and tells the book of every record
 * it made and every word of the server it heard. It survives the server: it leaves and joins again.
 */
import { watchHeads } from '#domain/replica/heads.ts'
import type { Audience } from '#domain/records/audience.ts'
import { categoryBody, enrolDevice, type TestDevice } from '#server/testing/test-device.ts'
import type { TestServer } from '#server/testing/test-server.ts'
import type { AckBook } from './ack-book.ts'

/** Records beyond the last head, as an engine's window would hold them. */
const limitAhead = 20

export class RawWriter {
  readonly device: TestDevice
  readonly #book: AckBook
  readonly #audience: Audience
  #isRunning = false
  #running: Promise<void> = Promise.resolve()
  #moved = () => {}
  #journal = ''
  #tailSeq = -1
  #count = 0

  private constructor(device: TestDevice, book: AckBook, audience: Audience) {
    this.device = device
    this.#book = book
    this.#audience = audience
  }

  static async enrol(server: TestServer, book: AckBook, audience: Audience): Promise<RawWriter> {
    return new RawWriter(await enrolDevice(server), book, audience)
  }

  /** Opens its journal and the heads, and writes until `leave`. */
  join(): void {
    this.#isRunning = true
    this.#running = this.#run()
  }

  /** Everything it had open is dropped; nothing of what it holds can come back by itself. */
  async leave(): Promise<void> {
    this.#isRunning = false
    this.#moved()
    await this.#running
    this.device.leave()
  }

  /** Resolves when heads have shown everything that it wrote. */
  async confirmed(): Promise<void> {
    while (this.#book.shownSeq(this.#journal) < this.#tailSeq) await this.#nextHead()
  }

  stopWriting(): void {
    this.#isRunning = false
    this.#moved()
  }

  async #run(): Promise<void> {
    const { device } = this
    for (const branch of [device.branch, 'all']) {
      const { doc } = device.open(device.headsName(branch))
      watchHeads(doc, (heads) => {
        this.#book.took(heads)
        this.#moved()
      })
    }
    if (this.#journal === '') await this.#write()
    // Only heads are believed: the provider's count of unsynced changes begins anew with each line and
    // comes to nothing at the first acknowledgement of what had waited before.
    device.open(this.#journal)
    while (this.#isRunning) {
      if (this.#tailSeq < this.#book.shownSeq(this.#journal) + limitAhead) await this.#write()
      else await this.#nextHead()
    }
  }

  /** One commit of one to three records. */
  async #write(): Promise<void> {
    this.#count += 1
    const names = Array.from({ length: (this.#count % 3) + 1 }, (_, i) => `${this.#count}.${i}`)
    const sealed = await this.device.seal(this.#audience, names.map(categoryBody))
    this.#book.wrote(sealed.journal, sealed.entries)
    this.#journal = sealed.journal
    this.device.append(sealed)
    this.#tailSeq = sealed.tail.seq
  }

  #nextHead(): Promise<void> {
    return new Promise((resolve) => {
      this.#moved = resolve
    })
  }
}
