/**
 * The real server in a process of its own, on a fixed port and folder, so that tests can kill it and
 * start it again over what it left. `start` resolves when it answers and says how long that took.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestServer } from '#server/testing/test-server.ts'
import { freePort, isAlive, isAnswering, serverMain } from '#tests/builders/spawned-server.ts'

export interface ServerProcess {
  /** What test devices and the calls of the API take. */
  readonly server: TestServer
  readonly folder: string
  readonly child: ChildProcess | undefined
  /** Resolves at the first healthy answer. Ends the one before without mercy. */
  start(how?: StartOptions): Promise<StartTimes>
  /** No chance to tidy up; resolves when it is gone. */
  kill(): Promise<void>
  /** Resolves when it is gone, by whatever hand. */
  exited(): Promise<void>
  /** Kills it and removes its folder. */
  remove(): Promise<void>
}

/** From the spawn to the first healthy answer. */
export interface StartTimes {
  readonly ms: number
  /** Of the processor, which a busy machine does not lengthen; 0 where there is no /proc. */
  readonly cpuMs: number
}

export interface StartOptions {
  /** Flags of Node, before the program. */
  readonly nodeFlags?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** A command that starts Node, in place of Node itself; ends with what `exec`s its arguments. */
  readonly prefix?: readonly string[]
}

export interface ServerProcessOptions {
  /** An existing folder that is not removed. */
  readonly folder?: string
  readonly program?: string
}

export async function openServerProcess(
  options: ServerProcessOptions = {},
): Promise<ServerProcess> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'liancang-process-')))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const flags = [options.program ?? serverMain, '--port', String(port), '--data', folder]
  let child: ChildProcess | undefined

  async function exited(): Promise<void> {
    if (child === undefined || !isAlive(child)) return
    await once(child, 'exit')
  }

  async function kill(): Promise<void> {
    child?.kill('SIGKILL')
    await exited()
  }

  return {
    server: { url, folder, nowMs: () => Date.now() } as TestServer,
    folder,
    get child() {
      return child
    },
    async start({ nodeFlags = [], env = {}, prefix = [] } = {}) {
      await kill()
      const [command = '', ...args] = [...prefix, process.execPath, ...nodeFlags, ...flags]
      const begun = performance.now()
      child = spawn(command, args, {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'silent', ...env },
      })
      await isAnswering(url, child)
      return { ms: performance.now() - begun, cpuMs: await cpuMsOf(child.pid) }
    },
    kill,
    exited,
    async remove() {
      await kill()
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Ticks of /proc are hundredths of a second. */
async function cpuMsOf(pid: number | undefined): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * 10
}
