/**
 * Starts the server from flags and environment: the only file that reads them or ends the process.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { collectDefaultMetrics } from 'prom-client'
import { keyFileName, openServerKeys } from './identity/keys.ts'
import { readOptions } from './options.ts'
import { openMetrics } from './metrics.ts'
import { openCheckpointShelf } from './seals/checkpoint-shelf.ts'
import { closingThread } from './seals/closing-thread.ts'
import { openServer, type SyncServer } from './server.ts'
import { placeMark } from './storage/place-mark.ts'
import { openSqliteStore } from './storage/sqlite.ts'

const accessTokenMs = 10 * 60_000
const sessionMs = 30 * 24 * 3_600_000
const signInsPerMinute = 30
/** A stop that takes longer is cut short: what was acked is on disk already. */
const stopMs = 10_000

// What the server writes (password hashes, keys, the books) is its owner's alone.
process.umask(0o077)

start().then(serveUntilStopped, (error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})

async function start(): Promise<SyncServer> {
  const options = readOptions(process.argv.slice(2), process.env, process.cwd())
  await mkdir(options.data, { recursive: true, mode: 0o700 })
  // The database first: its lock keeps a second server away from everything else in the folder.
  const file = join(options.data, 'liancang.sqlite')
  const store = await openSqliteStore(file, (error) => {
    console.error(`the store is lost: ${error.message}`)
    process.exit(1)
  })
  const keys = await openServerKeys(options.data)
  const mark = await placeMark([file, join(options.data, keyFileName)])
  const place = { mark, isRestored: options.isRestored }
  const nowMs = () => Date.now()
  const metrics = openMetrics()
  collectDefaultMetrics({ register: metrics.registry })
  const limits = { accessTokenMs, sessionMs, signInsPerMinute }
  const shelf = openCheckpointShelf(join(options.data, 'checkpoints'))
  const askClosing = closingThread()
  return openServer(options, { store, keys, place, nowMs, metrics, shelf, askClosing, ...limits })
}

function serveUntilStopped(server: SyncServer): void {
  // The last line: what no hook and no job caught is a bug, and no reason to stop the shop.
  process.on('unhandledRejection', (reason) => {
    server.log.error({ error: String(reason) }, 'unhandled rejection')
  })
  // Hocuspocus tells the console what our hooks told the log before.
  for (const method of ['error', 'warn'] as const) {
    console[method] = (...words) => server.log.debug({ words: words.map(String) }, 'hocuspocus')
  }
  let isStopping = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    // A group that is killed may send it twice: the second must not cut the stop short.
    process.on(signal, () => {
      if (isStopping) return
      isStopping = true
      setTimeout(() => process.exit(1), stopMs).unref()
      server.close().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
  }
}
