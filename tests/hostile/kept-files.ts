/** What the server has kept, read from its files by hand when it has stopped. */
import { join } from 'node:path'
import * as Y from 'yjs'
import { parseJournalName } from '#domain/records/journal-name.ts'
import { createJournalDoc, readEntries } from '#domain/replica/journal.ts'
import { sha256Hex } from '#domain/values/digest.ts'
import { openSqliteStore } from '#server/storage/sqlite.ts'

export interface KeptFiles {
  /** By journal of a device: hashes of the stored values by number. */
  readonly journals: ReadonlyMap<string, ReadonlyMap<number, string>>
  /** Keys of the desk. */
  readonly deskKeys: readonly string[]
}

/** Journals of devices (not the server's own) that have a tail, and one desk. */
export async function readKeptFiles(folder: string, desk: string): Promise<KeptFiles> {
  const store = await openSqliteStore(join(folder, 'liancang.sqlite'), () => undefined)
  const journals = new Map<string, ReadonlyMap<number, string>>()
  const { tails } = await store.readState()
  for (const { journal, seq } of tails) {
    const name = parseJournalName(journal)
    if (name.ok && name.value.device.startsWith('server-')) continue
    const entries = readEntries(await docOf(journal), 0)
    if (entries.at(-1)?.seq !== seq) throw new Error(`${journal} does not end where its tail says`)
    journals.set(journal, new Map(entries.map((entry) => [entry.seq, sha256Hex(entry.bytes)])))
  }
  const deskKeys = [...(await docOf(desk)).getMap('d').keys()]
  await store.close()
  return { journals, deskKeys }

  async function docOf(document: string): Promise<Y.Doc> {
    const doc = createJournalDoc()
    for (const part of await store.loadDocument(document)) Y.applyUpdate(doc, part)
    return doc
  }
}
