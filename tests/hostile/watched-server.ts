/** The real server in a process of its own, watched from outside: its memory, its log, its end. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serverEnvironment, serverFlags } from '../../scripts/setup/server-environment.mjs'
import { end, freePort, isAlive, isAnswering, serverMain } from '#tests/builders/spawned-server.ts'

/** One line of the server's log, as pino writes it. */
export interface LogLine {
  readonly msg?: string
  readonly code?: string
  readonly device?: string
  readonly where?: string
  readonly error?: string
}

export interface WatchedServer {
  readonly url: string
  readonly port: number
  readonly folder: string
  readonly pid: number
  /** Everything it logged. */
  readonly log: readonly LogLine[]
  isRunning(): boolean
  /** The most memory it has held since `forgetPeak`, in MB (Linux; 0 elsewhere). */
  peakMb(): Promise<number>
  forgetPeak(): Promise<void>
  /** Asks it to stop and waits until it has. */
  stop(): Promise<void>
  /** Ends it and removes its folder. */
  remove(): Promise<void>
}

/** Starts a server with a folder and a built app (one page and a secret beside it) of its own. */
export async function openWatchedServer(): Promise<WatchedServer> {
  const folder = await mkdtemp(join(tmpdir(), 'liancang-hostile-'))
  const app = join(folder, 'app')
  await mkdir(join(app, 'assets'), { recursive: true })
  await writeFile(join(app, 'index.html'), '<!doctype html><title>app</title>')
  await writeFile(join(folder, 'secret.txt'), 'secret')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const log: LogLine[] = []
  // Once to fill the cache of compiled sources, which a shop's server has from its second start on.
  await end(await start({ port, folder, app, log }), 'SIGTERM')
  const running = await start({ port, folder, app, log })
  const { pid = 0 } = running
  return {
    ...{ url, port, folder, pid, log },
    isRunning: () => isAlive(running),
    peakMb: () => peakMbOf(pid),
    forgetPeak: () => writeFile(`/proc/${pid}/clear_refs`, '5').catch(() => undefined),
    stop: () => end(running, 'SIGTERM'),
    async remove() {
      await end(running, 'SIGKILL')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

interface Start {
  readonly port: number
  readonly folder: string
  readonly app: string
  readonly log: LogLine[]
}

/** Resolves when it answers. */
async function start({ port, folder, app, log }: Start): Promise<ChildProcess> {
  const flags = ['--host', '127.0.0.1', '--port', String(port), '--data', folder, '--app', app]
  const running = spawn(process.execPath, [...serverFlags, serverMain, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...serverEnvironment },
  })
  readLog(running, log)
  const isUp = await isAnswering(`http://127.0.0.1:${port}`, running)
  if (!isUp) throw new Error(`the server ended: ${JSON.stringify(log)}`)
  return running
}

async function peakMbOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024)
}

/** Lines of JSON, and whatever else it says (a crash) as messages. */
function readLog({ stdout, stderr }: ChildProcess, log: LogLine[]): void {
  for (const stream of [stdout, stderr]) {
    let rest = ''
    stream?.on('data', (bytes: Buffer) => {
      const lines = `${rest}${bytes}`.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) log.push(lineOf(line))
    })
  }
}

function lineOf(text: string): LogLine {
  try {
    return JSON.parse(text) as LogLine
  } catch {
    return { msg: text }
  }
}
