/** The sync server under test: the built app on a data folder of its own, stopped and started as a test wishes. */
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { end, isAnswering, serverMain } from '#tests/builders/spawned-server.ts'

/** The server under test, as a process that can be stopped and started again over the same data. */
export class Server {
  readonly #folder = mkdtempSync(join(tmpdir(), 'liancang-e2e-'))
  readonly port: number
  /** What it keeps; one of its own that is not there before its first start, unless one is given. */
  readonly data: string
  #process: ChildProcess | undefined

  constructor(port: number, data?: string) {
    this.port = port
    this.data = data ?? join(this.#folder, 'data')
  }

  get url(): string {
    return `http://localhost:${this.port}`
  }

  /** The built app that this server serves; its own copy, so that a test may release a new version. */
  get app(): string {
    return join(this.#folder, 'app')
  }

  async start(): Promise<void> {
    const flags = ['--port', String(this.port), '--data', this.data, '--app', this.app]
    this.#process = spawn(process.execPath, [serverMain, ...flags], { stdio: 'inherit' })
    if (!(await isAnswering(this.url, this.#process))) throw new Error('the server ended')
  }

  /** `SIGKILL` gives it no chance to tidy up. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const running = this.#process
    this.#process = undefined
    await end(running, signal)
  }

  copyApp(): void {
    cpSync('dist', this.app, { recursive: true })
  }

  /** A data folder that was given stays. */
  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
