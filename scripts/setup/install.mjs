/**
 * Are the packages of package-lock.json there? npm writes down what it installed in
 * node_modules/.package-lock.json as its last act, so comparing the two needs no stamp of our own
 * and also trusts an `npm ci` run by hand.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, say, stop } from './project.mjs'

/** @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockedPackage */

/** Installs with `npm ci` when something is missing or other than the lockfile says. */
export function ensureInstalled() {
  if (missingPackages(root).length === 0) return
  say(
    '正在安装依赖包（仅首次，约 1 分钟）…',
    'Installing packages (first time only, about a minute) …',
  )
  const npm = process.env['npm_execpath']
  const isWindows = process.platform === 'win32'
  const done = npm
    ? spawnSync(process.execPath, [npm, 'ci', '--loglevel=error'], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', ['ci', '--loglevel=error'], {
        cwd: root,
        stdio: 'inherit',
        shell: isWindows,
      })
  if (done.status !== 0) {
    stop(
      '安装依赖包失败：请检查网络能否访问 npm 仓库，然后重试。',
      'Installing packages failed: check that the npm registry can be reached, then try again.',
    )
  }
}

/**
 * Names of packages that the lockfile wants and node_modules lacks. Packages for other platforms
 * are optional and may be absent.
 * @param {string} folder
 * @returns {string[]}
 */
export function missingPackages(folder) {
  const wanted = readLock(join(folder, 'package-lock.json'))
  const there = readLock(join(folder, 'node_modules', '.package-lock.json'))
  return Object.entries(wanted)
    .filter(([name]) => name !== '')
    .filter(([name, entry]) => {
      const found = there[name]
      return found === undefined ? entry.optional !== true : found.integrity !== entry.integrity
    })
    .map(([name]) => name)
}

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage>}
 */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {}
  } catch {
    return {}
  }
}
