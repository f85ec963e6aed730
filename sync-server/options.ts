/**
 * What the server is started with: flags before environment before defaults. Reads neither by
 * itself.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'

/** Certificate and key, PEM. */
export interface Tls {
  readonly cert: Buffer
  readonly key: Buffer
}

export interface ServerOptions {
  /** 0 takes any free one. */
  readonly port: number
  readonly host: string
  /** Folder of the database and keys. */
  readonly data: string
  /** Folder of the built app. */
  readonly app: string
  readonly tls: Tls | undefined
  readonly logLevel: string
  /** Written into the server's own records. */
  readonly build: string
  /** The data folder was put back from a backup: a new epoch begins [S7]. */
  readonly isRestored: boolean
  /** Origins besides the server's own that may open the sync socket. */
  readonly origins: readonly string[]
}

const port = v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.transform(Number), v.maxValue(65_535))

const schema = v.object({
  port,
  host: v.pipe(v.string(), v.nonEmpty()),
  data: v.pipe(v.string(), v.nonEmpty()),
  app: v.pipe(v.string(), v.nonEmpty()),
  'log-level': v.picklist(['debug', 'info', 'warn', 'error', 'silent']),
  'tls-cert': v.optional(v.string()),
  'tls-key': v.optional(v.string()),
  origin: v.array(v.string()),
  restored: v.boolean(),
})

type Environment = Readonly<Record<string, string | undefined>>

/** Throws with the name of the option that is wrong. */
export function readOptions(
  args: readonly string[],
  env: Environment,
  root: string,
): ServerOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: env['PORT'] ?? '8080' },
      host: { type: 'string', default: env['HOST'] ?? '127.0.0.1' },
      data: { type: 'string', default: env['LIANCANG_DATA'] ?? 'data' },
      app: { type: 'string', default: 'dist' },
      'log-level': { type: 'string', default: env['LOG_LEVEL'] ?? 'warn' },
      'tls-cert': { type: 'string' },
      'tls-key': { type: 'string' },
      origin: { type: 'string', multiple: true, default: [] },
      restored: { type: 'boolean', default: false },
    },
  })
  const options = v.parse(schema, values)
  return {
    ...{ port: options.port, host: options.host, origins: options.origin },
    isRestored: options.restored,
    data: resolve(root, options.data),
    app: resolve(root, options.app),
    tls: readTls(options['tls-cert'], options['tls-key']),
    logLevel: options['log-level'],
    build: env['LIANCANG_BUILD'] ?? 'server',
  }
}

function readTls(cert: string | undefined, key: string | undefined): Tls | undefined {
  if ((cert === undefined) !== (key === undefined)) {
    throw new Error('--tls-cert and --tls-key go together')
  }
  if (cert === undefined || key === undefined) return undefined
  return { cert: readFileSync(cert), key: readFileSync(key) }
}
