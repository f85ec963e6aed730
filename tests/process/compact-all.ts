/** A process that compacts every document of a data folder and ends: `node compact-all.ts <folder>`. */
import { join } from 'node:path'
import { openSqliteStore } from '#server/storage/sqlite.ts'

const [, , folder = ''] = process.argv
const store = await openSqliteStore(join(folder, 'liancang.sqlite'), () => process.exit(1))
for (const { journal } of (await store.readState()).tails) await store.compact(journal)
await store.close()
