/**
 * The SQLite side of the store: schema and statements, synchronous. Runs inside the store's worker
 * thread only.
 */
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import * as Y from 'yjs'
import type {
  JournalTail,
  OpenReceipt,
  OpenRelay,
  RegistryRow,
  StoreChange,
  StoredState,
} from './store.ts'

export interface Database {
  /**
   * One transaction for all units; answers, per unit, why it alone was left out. Throws when the
   * transaction fails.
   */
  commit(units: readonly (readonly StoreChange[])[]): (string | undefined)[]
  readState(): StoredState
  loadDocument(name: string): Uint8Array[]
  openRelays(limit: number): OpenRelay[]
  openReceipts(limit: number): OpenReceipt[]
  compact(name: string): void
  close(): void
}

const schemaVersion = 1

const schema = `
  CREATE TABLE documents (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, snapshot BLOB) STRICT;
  CREATE TABLE updates (
    id INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL, bytes BLOB NOT NULL
  ) STRICT;
  CREATE INDEX updates_by_document ON updates (document, id);
  CREATE TABLE journals (
    name TEXT PRIMARY KEY, seq INTEGER NOT NULL, hash TEXT NOT NULL, hlc INTEGER NOT NULL,
    received_at INTEGER NOT NULL, receipted_seq INTEGER NOT NULL DEFAULT -1
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE relays (
    id INTEGER PRIMARY KEY AUTOINCREMENT, record TEXT NOT NULL UNIQUE, journal TEXT NOT NULL, bytes BLOB
  ) STRICT;
  CREATE INDEX relays_open ON relays (id) WHERE bytes IS NOT NULL;
  CREATE TABLE registry (
    kind TEXT NOT NULL, id TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (kind, id)
  ) STRICT, WITHOUT ROWID;
`

/**
 * Opens or creates the file; throws `data-in-use` when another process holds it, `data-too-new`
 * after a downgrade.
 */
export function openDatabase(file: string): Database {
  const db = new DatabaseSync(file)
  prepareFile(db)
  const statements = prepareStatements(db)

  function transaction<Value>(work: () => Value): Value {
    // What a rollback that failed has left open would stand in the way of every later transaction.
    if (db.isTransaction) db.exec('ROLLBACK')
    db.exec('BEGIN IMMEDIATE')
    try {
      const value = work()
      db.exec('COMMIT')
      return value
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
  }

  /**
   * A unit that breaks a constraint falls alone: a bug in one caller must not fail the others of
   * its batch.
   */
  function applyUnit(unit: readonly StoreChange[]): string | undefined {
    db.exec('SAVEPOINT unit')
    try {
      for (const change of unit) applyChange(statements, change)
      db.exec('RELEASE unit')
      return undefined
    } catch (error) {
      // A full or broken disk ends the whole transaction by itself; then nothing of the batch is
      // kept.
      if (!db.isTransaction) throw error
      db.exec('ROLLBACK TO unit')
      db.exec('RELEASE unit')
      if (isDiskFault(error)) throw error
      return String(error)
    }
  }

  return {
    commit: (units) => transaction(() => units.map(applyUnit)),
    readState: () => transaction(() => readState(statements)),
    loadDocument: (name) => transaction(() => loadDocument(statements, name)),
    openRelays: (limit) =>
      statements.relays.all(limit).map((row) => ({
        recordId: text(row['record']),
        journal: text(row['journal']),
        bytes: blob(row['bytes']),
      })),
    openReceipts: (limit) =>
      statements.receipts.all(limit).map((row) => ({
        journal: text(row['name']),
        seq: integer(row['seq']),
        receivedAt: integer(row['received_at']),
      })),
    compact: (name) => transaction(() => compact(statements, name)),
    close: () => db.close(),
  }
}

function prepareFile(db: DatabaseSync): void {
  try {
    // Exclusive locking makes a second server on the same folder fail at once instead of forking
    // the journals.
    db.exec(
      'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;',
    )
    db.exec('BEGIN IMMEDIATE; COMMIT')
  } catch (error) {
    db.close()
    throw new Error(/locked|busy/i.test(String(error)) ? 'data-in-use' : String(error))
  }
  const found = integer(db.prepare('PRAGMA user_version').get()?.['user_version'])
  if (found === 0) db.exec(`BEGIN; ${schema} PRAGMA user_version = ${schemaVersion}; COMMIT`)
  if (found > schemaVersion) throw new Error('data-too-new')
}

type Statements = ReturnType<typeof prepareStatements>

function prepareStatements(db: DatabaseSync) {
  const prepare = (sql: string): StatementSync => db.prepare(sql)
  return {
    addDocument: prepare('INSERT INTO documents (name) VALUES (?) ON CONFLICT (name) DO NOTHING'),
    documentByName: prepare('SELECT id, snapshot FROM documents WHERE name = ?'),
    addUpdate: prepare(
      'INSERT INTO updates (document, bytes) SELECT id, ? FROM documents WHERE name = ?',
    ),
    updatesOf: prepare('SELECT bytes FROM updates WHERE document = ? ORDER BY id'),
    dropUpdates: prepare('DELETE FROM updates WHERE document = ?'),
    putSnapshot: prepare('UPDATE documents SET snapshot = ? WHERE id = ?'),
    putTail:
      prepare(`INSERT INTO journals (name, seq, hash, hlc, received_at) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (name) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, hlc = excluded.hlc,
      received_at = excluded.received_at`),
    tails: prepare('SELECT name, seq, hash, hlc, received_at FROM journals'),
    putReceipted: prepare('UPDATE journals SET receipted_seq = ? WHERE name = ?'),
    receipts: prepare(`SELECT name, seq, received_at FROM journals
      WHERE receipted_seq < seq ORDER BY received_at, name LIMIT ?`),
    addRelay: prepare(
      'INSERT INTO relays (record, journal, bytes) VALUES (?, ?, ?) ON CONFLICT (record) DO NOTHING',
    ),
    endRelay: prepare('UPDATE relays SET bytes = NULL WHERE record = ?'),
    relays: prepare(
      'SELECT record, journal, bytes FROM relays WHERE bytes IS NOT NULL ORDER BY id LIMIT ?',
    ),
    putRow: prepare('INSERT OR REPLACE INTO registry (kind, id, value) VALUES (?, ?, ?)'),
    dropRow: prepare('DELETE FROM registry WHERE kind = ? AND id = ?'),
    rows: prepare('SELECT kind, id, value FROM registry'),
  }
}

function applyChange(statements: Statements, change: StoreChange): void {
  switch (change.put) {
    case 'update':
      statements.addDocument.run(change.document)
      statements.addUpdate.run(change.bytes, change.document)
      return
    case 'tail': {
      const { journal, seq, hash, hlc, receivedAt } = change.tail
      statements.putTail.run(journal, seq, hash, hlc, receivedAt)
      return
    }
    case 'row':
      putRow(statements, change.row)
      return
    case 'relay':
      statements.addRelay.run(change.relay.recordId, change.relay.journal, change.relay.bytes)
      return
    case 'relayed':
      statements.endRelay.run(change.recordId)
      return
    case 'receipted':
      statements.putReceipted.run(change.seq, change.journal)
      return
  }
}

function putRow(statements: Statements, row: RegistryRow): void {
  if (row.value === undefined) statements.dropRow.run(row.kind, row.id)
  else statements.putRow.run(row.kind, row.id, row.value)
}

function readState(statements: Statements): StoredState {
  return {
    rows: statements.rows.all().map((row) => ({
      kind: text(row['kind']),
      id: text(row['id']),
      value: text(row['value']),
    })),
    tails: statements.tails.all().map(
      (row): JournalTail => ({
        journal: text(row['name']),
        seq: integer(row['seq']),
        hash: text(row['hash']),
        hlc: integer(row['hlc']),
        receivedAt: integer(row['received_at']),
      }),
    ),
  }
}

function loadDocument(statements: Statements, name: string): Uint8Array[] {
  const found = statements.documentByName.get(name)
  if (found === undefined) return []
  const updates = statements.updatesOf.all(integer(found['id'])).map((row) => blob(row['bytes']))
  return found['snapshot'] === null ? updates : [blob(found['snapshot']), ...updates]
}

/**
 * Re-encodes through a document, never through `Y.mergeUpdates`, whose cost is quadratic.
 * INVARIANT: what is read, encoded and swapped is one transaction, so no update can fall between.
 */
function compact(statements: Statements, name: string): void {
  const parts = loadDocument(statements, name)
  if (parts.length < 2) return
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const part of parts) Y.applyUpdate(doc, part)
  })
  const id = integer(statements.documentByName.get(name)?.['id'])
  statements.putSnapshot.run(Y.encodeStateAsUpdate(doc), id)
  statements.dropUpdates.run(id)
  doc.destroy()
}

/**
 * SQLite result codes of a disk that is full, broken, read-only or gone: 10, 11, 13, 8, 14
 * (extended ones end in them).
 */
function isDiskFault(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0
  return [8, 10, 11, 13, 14].includes(code)
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('a text column holds something else')
  return value
}

function integer(value: unknown): number {
  if (typeof value !== 'number') throw new TypeError('an integer column holds something else')
  return value
}

function blob(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new TypeError('a blob column holds something else')
  return value
}
