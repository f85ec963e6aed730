/** What everybody does who starts the real server as a process: find a port, wait until it answers, end it. */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'

/** The program of the sync server. */
export const serverMain = join(import.meta.dirname, '..', '..', 'sync-server', 'main.ts')

const patienceMs = 60_000
const pauseMs = 5

/** A port of the loopback that nobody listens on now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

export function isAlive({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null
}

/** Resolves with true when the server answers, with false when it has ended before it could. */
export async function isAnswering(url: string, child: ChildProcess): Promise<boolean> {
  const deadline = performance.now() + patienceMs
  while (isAlive(child)) {
    if (await isHealthy(url)) return true
    if (performance.now() > deadline) throw new Error('the server does not answer')
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  return false
}

/** `SIGKILL` gives it no chance to tidy up. Resolves when it is gone. */
export async function end(
  child: ChildProcess | undefined,
  signal: 'SIGTERM' | 'SIGKILL',
): Promise<void> {
  if (child === undefined || !isAlive(child)) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

function isHealthy(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  )
}
