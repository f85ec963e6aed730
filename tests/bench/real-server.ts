/** The real server in a process and a temporary folder of its own, for measurements. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface RealServer {
  readonly url: string
  readonly folder: string
  /** Of the process that runs now. */
  readonly pid: number
  /** Starts it again over the same data. */
  start(): Promise<void>
  /** Gives it no chance to tidy up. */
  kill(): Promise<void>
  /** Ends it and removes its folder. */
  remove(): Promise<void>
}

/** `app` is the folder of a built app. */
export async function openRealServer(app?: string): Promise<RealServer> {
  const folder = await mkdtemp(join(tmpdir(), 'liancang-bench-'))
  const main = join(import.meta.dirname, '..', '..', 'sync-server', 'main.ts')
  const port = await freePort()
  const url = `http://localhost:${port}`
  let running: ChildProcess | undefined
  const kill = () => killed(running)
  async function start(): Promise<void> {
    const flags = ['--host', 'localhost', '--port', String(port), '--data', folder]
    if (app !== undefined) flags.push('--app', app)
    running = spawn(process.execPath, [main, ...flags], { stdio: ['ignore', 'ignore', 'inherit'] })
    while (!(await isHealthy(url))) {
      if (running.exitCode !== null) throw new Error('the server ended')
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }
  await start()
  return {
    url,
    folder,
    get pid() {
      return running?.pid ?? 0
    },
    start,
    kill,
    async remove() {
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export async function killed(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

function isHealthy(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  )
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, 'localhost')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return port
}
