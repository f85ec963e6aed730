/**
 * Makes Chromium begin a new log for its databases. All databases of an origin share one LevelDB, whose log is
 * continued at the next start. Where its last entry is torn (the disk was full, the power went), what is written
 * after it cannot be read: the start after that finds "checksum mismatch" and throws every database of the origin
 * away. More bytes than LevelDB keeps before it writes a table make it begin a new log; the torn one goes.
 */
import { completionOf } from './completion-of.ts'

const databaseName = 'liancang-renewal'
const table = 'filling'
/** LevelDB writes a table at 4 MiB at most, here with room to spare. */
const fillingBytes = 4_718_592
/** Below the size from which a value is kept in a file of its own, beside the log. */
const rowBytes = 61_440
/** Few at once and each under a new key: what is written over is written twice. */
const rowsAtOnce = 8

/** Rejects where the room is missing: then the log is as torn as before. */
export async function renewLog(factory: IDBFactory, randomBytes: FillRandom): Promise<void> {
  // One that a run before this one did not finish.
  await answered(factory.deleteDatabase(databaseName))
  const opening = factory.open(databaseName, 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore(table)
  const database = await answered(opening)
  try {
    for (let rows = 0; rows * rowBytes < fillingBytes; rows += rowsAtOnce) {
      const transaction = database.transaction(table, 'readwrite', { durability: 'strict' })
      const completed = completionOf(transaction)
      for (let row = rows; row < rows + rowsAtOnce; row += 1) {
        transaction.objectStore(table).put(randomBytes(new Uint8Array(rowBytes)), row)
      }
      await completed
    }
  } finally {
    database.close()
  }
  await answered(factory.deleteDatabase(databaseName))
}

/** What cannot be packed smaller. */
type FillRandom = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array

function answered<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
