/**
 * Starts the server from flags and environment; the only file that reads them, and that ends the
 * process.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openServerKeys } from './identity/keys.ts'
import { readOptions } from './options.ts'
import { openServer } from './server.ts'
import { openSqliteStore } from './storage/sqlite.ts'

const accessTokenMs = 10 * 60_000
const sessionMs = 30 * 24 * 3_600_000
const signInsPerMinute = 30
/** A stop that takes longer than this is cut short; what was acked is on disk already. */
const stopMs = 10_000

const options = readOptions(process.argv.slice(2), process.env, process.cwd())
await mkdir(options.data, { recursive: true, mode: 0o700 })

// The database first: its lock keeps a second server away from everything else in the folder.
const store = await openSqliteStore(join(options.data, 'liancang.sqlite'), (error) => {
  console.error(`the store is lost: ${error.message}`)
  process.exit(1)
}).catch((error: Error) => {
  console.error(`${options.data}: ${error.message}`)
  process.exit(1)
})
const keys = await openServerKeys(options.data)
const nowMs = () => Date.now()
const server = await openServer(options, {
  ...{ store, keys, nowMs, accessTokenMs, sessionMs, signInsPerMinute },
})

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    setTimeout(() => process.exit(1), stopMs).unref()
    server.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  })
}
