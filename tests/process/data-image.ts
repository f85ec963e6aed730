/**
 * What lies in a server's data folder, read by hand from a copy of its files: an outside look that
 * starts no server and heals nothing. Every number counts once, every chain holds, and the small
 * tables say what the journals say; anything else is a sentence in `problems`.
 */
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as Y from 'yjs'
import { bytesOfBase64 } from '#domain/records/base64.ts'
import { checkChain } from '#domain/records/chain.ts'
import { isServerDevice, parseJournalName } from '#domain/records/journal-name.ts'
import { decodeRecord, type StoredRecord } from '#domain/records/record-bytes.ts'

export interface DataImage {
  /** By journal, the stored values by number. */
  readonly journals: ReadonlyMap<string, ReadonlyMap<number, Uint8Array>>
  /** By journal and number, the hash. */
  hashAt(journal: string, seq: number): string | undefined
  readonly recordCount: number
  /** Half commits, doubles, broken chains, tables that disagree. */
  readonly problems: readonly string[]
}

const fileName = 'liancang.sqlite'

/** Call it while no server runs on the folder. */
export async function readDataImage(folder: string): Promise<DataImage> {
  const copy = await mkdtemp(join(tmpdir(), 'liancang-image-'))
  try {
    for (const suffix of ['', '-wal']) {
      const from = join(folder, fileName + suffix)
      if (existsSync(from)) await copyFile(from, join(copy, fileName + suffix))
    }
    const db = new DatabaseSync(join(copy, fileName))
    try {
      return readImage(db)
    } finally {
      db.close()
    }
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}

interface Shard {
  readonly journal: string
  readonly entries: Map<number, Uint8Array>
  readonly records: readonly StoredRecord[]
  readonly hashes: ReadonlyMap<number, string>
}

function readImage(db: DatabaseSync): DataImage {
  const problems: string[] = []
  const intact = db.prepare('PRAGMA integrity_check').get()?.['integrity_check']
  if (intact !== 'ok') problems.push(`the database is not intact: ${intact}`)
  const shards = new Map<string, Shard>()
  for (const row of db.prepare('SELECT id, name, snapshot FROM documents').all()) {
    const name = String(row['name'])
    if (!parseJournalName(name).ok) continue
    shards.set(name, readShard(db, name, Number(row['id']), row['snapshot'], problems))
  }
  checkChains(shards, problems)
  checkTails(db, shards, problems)
  checkRelays(db, shards, problems)
  let recordCount = 0
  for (const { entries } of shards.values()) recordCount += entries.size
  return {
    journals: new Map([...shards].map(([name, { entries }]) => [name, entries])),
    hashAt: (journal, seq) => shards.get(journal)?.hashes.get(seq),
    recordCount,
    problems,
  }
}

/** Every struct of every stored update is counted, so that what Yjs would swallow shows. */
function readShard(
  db: DatabaseSync,
  journal: string,
  id: number,
  snapshot: unknown,
  problems: string[],
): Shard {
  const rows = db.prepare('SELECT bytes FROM updates WHERE document = ? ORDER BY id').all(id)
  const parts = [snapshot, ...rows.map((row) => row['bytes'])].filter(
    (part) => part instanceof Uint8Array,
  )
  const entries = new Map<number, Uint8Array>()
  for (const part of parts) {
    const { structs, ds } = Y.decodeUpdate(part)
    if (ds.clients.size > 0) problems.push(`${journal} holds deletes`)
    for (const struct of structs) {
      const seq = struct instanceof Y.Item ? Number(struct.parentSub) : Number.NaN
      const bytes = struct instanceof Y.Item ? contentOf(struct) : undefined
      if (bytes === undefined || !Number.isSafeInteger(seq)) {
        problems.push(`${journal} holds something that is no entry`)
      } else if (entries.has(seq)) problems.push(`${journal} holds ${seq} twice`)
      else entries.set(seq, bytes)
    }
  }
  const records: StoredRecord[] = []
  for (const seq of [...entries.keys()].sort((one, other) => one - other)) {
    const decoded = decodeRecord(entries.get(seq) ?? new Uint8Array())
    if (decoded.ok) records.push(decoded.value)
    else problems.push(`${journal} ${seq} is ${decoded.problem.code}`)
  }
  const hashes = new Map(records.map(({ record, hash }) => [record.seq, hash]))
  return { journal, entries, records, hashes }
}

function contentOf(item: Y.Item): Uint8Array | undefined {
  return item.content instanceof Y.ContentBinary ? item.content.content : undefined
}

function checkChains(shards: ReadonlyMap<string, Shard>, problems: string[]): void {
  const chains = new Map<string, Shard[]>()
  for (const shard of shards.values()) {
    const chain = shard.journal.replace(/\/\d{4}-\d{2}\//, '/*/')
    chains.set(chain, [...(chains.get(chain) ?? []), shard])
  }
  for (const [chain, parts] of chains) {
    parts.sort((one, other) => (one.journal < other.journal ? -1 : 1))
    const checked = checkChain(
      undefined,
      parts.flatMap(({ records }) => records),
    )
    if (!checked.ok)
      problems.push(`${chain} breaks at ${checked.problem.seq}: ${checked.problem.code}`)
  }
}

function checkTails(
  db: DatabaseSync,
  shards: ReadonlyMap<string, Shard>,
  problems: string[],
): void {
  const tails = new Map(
    db
      .prepare('SELECT name, seq, hash FROM journals')
      .all()
      .map((row) => [String(row['name']), { seq: row['seq'], hash: row['hash'] }]),
  )
  for (const name of new Set([...tails.keys(), ...shards.keys()])) {
    const last = shards.get(name)?.records.at(-1)
    const tail = tails.get(name)
    if (tail?.seq === last?.record.seq && tail?.hash === last?.hash) continue
    problems.push(`half a commit: ${name} ends at ${last?.record.seq}, its tail at ${tail?.seq}`)
  }
}

/** Masters of a branch and what the company journal says of them: each relayed once, or still open. */
function checkRelays(
  db: DatabaseSync,
  shards: ReadonlyMap<string, Shard>,
  problems: string[],
): void {
  const masters = new Set<string>()
  const relayed = new Set<string>()
  for (const { records } of shards.values()) {
    for (const { record } of records) {
      if (record.kind === 'masters-changed.v1' && !isServerDevice(record.device))
        masters.add(record.id)
      if (record.kind !== 'relayed.v1') continue
      const inner = decodeRecord(bytesOfBase64(String((record.body as { record: string }).record)))
      const id = inner.ok ? inner.value.record.id : ''
      if (relayed.has(id)) problems.push(`relayed twice: ${id}`)
      relayed.add(id)
    }
  }
  const rows = db.prepare('SELECT record, bytes IS NULL AS is_done FROM relays').all()
  const done = new Map(rows.map((row) => [String(row['record']), row['is_done'] === 1]))
  for (const id of masters) if (!done.has(id)) problems.push(`half a commit: ${id} opens no relay`)
  for (const [id, isDone] of done) {
    if (!masters.has(id)) problems.push(`half a commit: a relay of ${id}, which is not kept`)
    if (isDone !== relayed.has(id)) problems.push(`half a commit: the relay of ${id}`)
  }
}
