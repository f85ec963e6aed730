/**
 * What clients were told: every head that the server signed, and every record that was written here.
 * Lives in the tests' process, so no kill of the server touches it. A head that takes back what an
 * earlier one said is a problem at once.
 */
import { bytesOfBase64 } from '#domain/records/base64.ts'
import { type PublicKeyJwk, webCryptoVerifier } from '#domain/records/signature.ts'
import { type Head, headDigest } from '#domain/replica/heads.ts'
import type { JournalEntry } from '#domain/replica/journal.ts'
import type { DataImage } from './data-image.ts'

const verifier = webCryptoVerifier(globalThis.crypto.subtle)

export class AckBook {
  /** By journal and number, every hash that a head has shown. */
  readonly #shown = new Map<string, Map<number, string>>()
  readonly #written = new Map<string, Map<number, Uint8Array>>()
  readonly problems: string[] = []
  readonly #serverKey: PublicKeyJwk
  #verifying: Promise<unknown> = Promise.resolve()

  constructor(serverKey: PublicKeyJwk) {
    this.#serverKey = serverKey
  }

  /** A record that a client made durable on its own side and offers. */
  wrote(journal: string, entries: readonly JournalEntry[]): void {
    const own = this.#written.get(journal) ?? new Map<number, Uint8Array>()
    this.#written.set(journal, own)
    for (const { seq, bytes } of entries) own.set(seq, bytes.slice())
  }

  /** Heads as a client saw them; their signatures are checked beside. */
  took(heads: readonly Head[]): void {
    for (const head of heads) {
      const ofJournal = this.#shown.get(head.journal) ?? new Map<number, string>()
      this.#shown.set(head.journal, ofJournal)
      const before = ofJournal.get(head.seq)
      if (before === head.hash) continue
      if (before !== undefined) this.problems.push(`two heads of ${head.journal} ${head.seq}`)
      ofJournal.set(head.seq, head.hash)
      const checked = verifier.verify(
        this.#serverKey,
        headDigest(head),
        bytesOfBase64(head.signature),
      )
      this.#verifying = Promise.all([this.#verifying, checked]).then(([, isGenuine]) => {
        if (!isGenuine) this.problems.push(`a head of ${head.journal} is not the server's`)
      })
    }
  }

  shownSeq(journal: string): number {
    return Math.max(-1, ...(this.#shown.get(journal)?.keys() ?? []))
  }

  /** Records that heads have confirmed. */
  get confirmedCount(): number {
    let count = 0
    for (const journal of this.#shown.keys()) count += this.shownSeq(journal) + 1
    return count
  }

  journals(): readonly string[] {
    return [...this.#shown.keys()]
  }

  /** Numbers that clients were promised and the image lacks, or holds with other bytes. */
  async missingIn(image: DataImage): Promise<string[]> {
    await this.#verifying
    const missing: string[] = []
    for (const journal of this.journals()) {
      const stored = image.journals.get(journal)
      for (let seq = 0; seq <= this.shownSeq(journal); seq++) {
        if (stored?.has(seq) !== true) missing.push(`${journal} ${seq}`)
      }
      for (const [seq, hash] of this.#shown.get(journal) ?? []) {
        if (image.hashAt(journal, seq) !== hash) missing.push(`${journal} ${seq} is another`)
      }
    }
    return missing
  }

  /** Numbers whose bytes are not those that were written here, or were never written. */
  changedIn(stored: ReadonlyMap<string, ReadonlyMap<number, Uint8Array>>): string[] {
    const changed: string[] = []
    for (const [journal, written] of this.#written) {
      for (const [seq, bytes] of stored.get(journal) ?? []) {
        const own = written.get(seq)
        if (own === undefined || !Buffer.from(own).equals(bytes)) changed.push(`${journal} ${seq}`)
      }
    }
    return changed
  }
}
