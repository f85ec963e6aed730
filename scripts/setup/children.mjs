/**
 * Child processes that end with us, and we with them. They share our process group, so that
 * whoever ends the group (Ctrl+C, a supervisor) ends all of it.
 */
import { spawn } from 'node:child_process'
import { root } from './project.mjs'

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/** @type {Set<ChildProcess>} */
const running = new Set()
let isEnding = false

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, ipc?: boolean }} [options]
 */
export function startChild(command, args, options = {}) {
  const child = spawn(command, args, {
    cwd: root,
    env: options.env ?? process.env,
    stdio: ['ignore', 'inherit', 'inherit', ...(options.ipc ? [/** @type {const} */ ('ipc')] : [])],
  })
  running.add(child)
  child.on('exit', (code, signal) => {
    running.delete(child)
    const wasWanted = isEnding && (signal !== null || code === 130 || code === 143)
    if (!wasWanted) process.exitCode ||= code ?? 1
    endAll()
  })
  child.on('error', (error) => {
    console.error(String(error))
    process.exitCode = 1
    endAll()
  })
  return child
}

/** From now on what ends us ends the children first. */
export function endWithSignals() {
  // Ctrl+C reaches the whole group by itself; only a lone SIGINT to us needs help.
  process.on('SIGINT', () => setTimeout(endAll, 1000).unref())
  process.on('SIGTERM', endAll)
  process.on('SIGHUP', endAll)
  if (process.env['npm_lifecycle_event'] !== undefined) endWithParent()
}

/** `kill` on npm takes its shell along but not us: notice that the parent is another one now. */
function endWithParent() {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) endAll()
  }, 500).unref()
}

function endAll() {
  if (isEnding) return
  isEnding = true
  for (const child of running) child.kill('SIGTERM')
}

export function isShuttingDown() {
  return isEnding
}
