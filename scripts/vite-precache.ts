/**
 * Vite plugin: builds the service worker as one classic script after the app is written, with the
 * list of files an offline start needs (file, revision, hash) in place of `self.__WB_MANIFEST`.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { build, type Plugin, type ResolvedConfig } from 'vite'

interface PrecacheEntry {
  url: string
  /** Content hash; null where the file name carries one already. */
  revision: string | null
  /** What the file must be, so that a proxy's page or half a release is never kept in its place. */
  integrity: string
}

export function precache(options: { source: string; file: string }): Plugin {
  let config: ResolvedConfig
  let isWritten = false
  return {
    name: 'liancang-precache',
    apply: 'build',
    configResolved(resolved) {
      config = resolved
    },
    writeBundle() {
      isWritten = true
    },
    closeBundle: {
      sequential: true,
      async handler() {
        if (!isWritten) return // A failed build closes too; its own error is the one to see.
        const folder = join(config.root, config.build.outDir)
        await build({
          configFile: false,
          root: config.root,
          publicDir: false,
          logLevel: 'warn',
          define: {
            'self.__WB_MANIFEST': JSON.stringify(precacheEntries(folder)),
            'process.env.NODE_ENV': '"production"',
          },
          build: {
            outDir: folder,
            emptyOutDir: false,
            target: config.build.target,
            rolldownOptions: {
              input: join(config.root, options.source),
              output: { format: 'iife', entryFileNames: options.file },
            },
          },
        })
      },
    },
  }
}

/** Every file of the build except maps, compressed twins and hidden files. */
export function precacheEntries(folder: string): PrecacheEntry[] {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
    )
    .filter((name) => !/(^|\/)\.|\.(?:map|br|gz)$|^sw\.js$/.test(name))
    .sort()
  return names.map((name) => ({
    url: `/${name}`,
    ...fingerprintOf(join(folder, name), name.startsWith('assets/')),
  }))
}

function fingerprintOf(
  file: string,
  isNamed: boolean,
): Pick<PrecacheEntry, 'revision' | 'integrity'> {
  const digest = createHash('sha256').update(readFileSync(file)).digest()
  return {
    revision: isNamed ? null : digest.toString('hex').slice(0, 16),
    integrity: `sha256-${digest.toString('base64')}`,
  }
}
