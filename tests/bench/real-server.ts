/** The real server in a process and a temporary folder of its own, for measurements. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { end, freePort, isAnswering, serverMain } from '#tests/builders/spawned-server.ts'

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
  const port = await freePort()
  const url = `http://localhost:${port}`
  let running: ChildProcess | undefined
  const kill = () => end(running, 'SIGKILL')
  async function start(): Promise<void> {
    const flags = ['--host', 'localhost', '--port', String(port), '--data', folder]
    if (app !== undefined) flags.push('--app', app)
    running = spawn(process.execPath, [serverMain, ...flags], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    if (!(await isAnswering(url, running))) throw new Error('the server ended')
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
