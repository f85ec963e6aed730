/**
 * [S6] What a device that was shut out needs before it may forget everything: the server's signed word for
 * how far it has each of the device's journals on disk, in the figures or set aside for somebody to look at.
 */
import { canonicalText } from '#domain/values/canonical-text.ts'
import { sha256Bytes } from '#domain/values/digest.ts'

/** The last record of a journal that the server keeps. */
export interface JournalEnd {
  readonly journal: string
  readonly seq: number
  /** Hash of that record. */
  readonly hash: string
}

/** The 32 bytes that the server signs. No head reads like it, so neither stands for the other. */
export function wipeOrderDigest(device: string, ends: readonly JournalEnd[]): Uint8Array {
  const said = ends.map(({ journal, seq, hash }) => ({ journal, seq, hash }))
  return sha256Bytes(canonicalText({ wipe: device, ends: said }))
}

/**
 * [WIP1] Whether the server keeps exactly these journals, down to the hash of the last record. Where it has
 * more under a name, it is another history of the same device: that does not stand for this one.
 */
export function coversAll(ends: readonly JournalEnd[], own: readonly JournalEnd[]): boolean {
  const byJournal = new Map(ends.map((end) => [end.journal, end]))
  return own.every(({ journal, seq, hash }) => {
    const end = byJournal.get(journal)
    return end?.seq === seq && end.hash === hash
  })
}
