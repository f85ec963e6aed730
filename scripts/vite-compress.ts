/** Vite plugin: writes a .br and a .gz beside each text file of the build, for the server to send as they are. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin, ResolvedConfig } from 'vite'

const compressible = /\.(?:js|css|html|svg|json|webmanifest|wasm|txt)$/
const bytesMin = 1024

export function compress(): Plugin {
  let config: ResolvedConfig
  return {
    name: 'liancang-compress',
    apply: 'build',
    configResolved(resolved) {
      config = resolved
    },
    closeBundle: {
      sequential: true,
      order: 'post',
      handler() {
        const folder = join(config.root, config.build.outDir)
        if (existsSync(folder)) compressFolder(folder)
      },
    },
  }
}

export function compressFolder(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !compressible.test(entry.name)) continue
    if (entry.parentPath.endsWith('.vite')) continue
    const file = join(entry.parentPath, entry.name)
    const bytes = readFileSync(file)
    if (bytes.length < bytesMin) continue
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9 }
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }))
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
  }
}
