/** A peer's server in a process of its own, for measurements beside ours. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { end } from '#tests/builders/spawned-server.ts'

export interface BareServer {
  readonly url: string
  readonly pid: number
  kill(): Promise<void>
}

/** `script` is a file of this folder that prints its port. */
export async function openBareServer(script: string): Promise<BareServer> {
  const file = join(import.meta.dirname, script)
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [port] = (await once(child.stdout, 'data')) as [Buffer]
  const url = `ws://127.0.0.1:${port.toString().trim()}`
  return { url, pid: child.pid ?? 0, kill: () => end(child, 'SIGKILL') }
}
