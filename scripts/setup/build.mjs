/** Builds the client into dist/ when its sources changed since the last build, and not otherwise. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { findNode24 } from './node24.mjs'
import { root, say, stop } from './project.mjs'

const sources = [
  'client',
  'domain',
  'public',
  'scripts/vite-precache.ts',
  'scripts/vite-compress.ts',
  'vite.config.ts',
  'package-lock.json',
  'tsconfig.json',
]

/** @returns {{ stamp: string, isNew: boolean }} what the build was made from, and whether just now */
export function buildWhenChanged() {
  const stampFile = join(root, 'dist', '.sources')
  const stamp = hashOfSources(root)
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp)
    return { stamp, isNew: false }
  say('正在构建应用…', 'Building the app …')
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const built = spawnSync(findNode24(), [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
  })
  if (built.status !== 0) stop('构建失败，原因见上。', 'The build failed; the reason is above.')
  writeFileSync(stampFile, stamp)
  return { stamp, isNew: true }
}

/**
 * SHA-256 over names and contents of everything the client build reads; tests are left out.
 * @param {string} folder
 */
export function hashOfSources(folder) {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((source) => filesUnder(join(folder, source))).sort()) {
    const bytes = readFileSync(file)
    hash.update(`${relative(folder, file).split(sep).join('/')}\n${bytes.length}\n`)
    hash.update(bytes)
  }
  return hash.digest('hex')
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesUnder(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return /\.test\.tsx?$|\.md$/.test(path) ? [] : [path]
  return readdirSync(path).flatMap((entry) => filesUnder(join(path, entry)))
}
