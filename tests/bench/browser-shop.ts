/**
 * The built app on a real server with the demonstration company, and browsers with profiles on disk
 * (those of a test context live in memory, where nothing is durable and nothing costs).
 */
import { spawnSync } from 'node:child_process'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright'
import config from '../../playwright.config.ts'
import { openRealServer } from './real-server.ts'

const root = join(import.meta.dirname, '..', '..')
const login = { login: 'owner', password: 'liancang' } as const

export interface BrowserShop {
  readonly url: string
  /** Gives a file to the pages of the shop, at the address that is answered. */
  serve(name: string, bytes: Uint8Array): Promise<string>
  /** Folder of a fresh browser profile. */
  profile(): Promise<string>
  /** Enrols the browser of a page as a device of the owner and waits until it has everything. */
  enrol(page: Page): Promise<void>
  remove(): Promise<void>
}

/** What `hook` puts on the page: a way to ask the engine as the screens do. */
declare global {
  interface Window {
    benchWorker: Worker
    benchAsk(kind: 'read' | 'command', name: string, args: unknown): Promise<unknown>
  }
}

export async function openBrowserShop(): Promise<BrowserShop> {
  const built = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root })
  if (built.status !== 0) throw new Error(built.stderr.toString())
  const folder = await mkdtemp(join(tmpdir(), 'liancang-bench-'))
  const app = join(folder, 'app')
  await cp(join(root, 'dist'), app, { recursive: true })
  const server = await openRealServer(app)
  const answer = await fetch(`${server.url}/api/setup/demonstration`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  if (answer.status !== 201) throw new Error(`set-up answered ${answer.status}`)
  return {
    url: server.url,
    async serve(name, bytes) {
      await writeFile(join(app, 'assets', name), bytes)
      return `${server.url}/assets/${name}`
    },
    profile: () => mkdtemp(join(folder, 'profile-')),
    async enrol(page) {
      await page.goto(server.url)
      await page.evaluate(async (who) => {
        const ask = window.benchAsk
        const device = { deviceName: 'Bench', kind: 'pc' }
        const enrolled = (await ask('command', 'enrol', { ...who, ...device })) as { ok: boolean }
        if (!enrolled.ok) throw new Error(JSON.stringify(enrolled))
        for (;;) {
          const status = (await ask('read', 'status', {})) as Record<string, unknown>
          const stock = (await ask('read', 'stock', { offset: 0, limit: 1 })) as { total: number }
          const isBehind = status['journalsBehind'] !== 0 || status['connection'] !== 'online'
          if (!isBehind && stock.total > 0) return
          await new Promise((resolve) => setTimeout(resolve, 100))
        }
      }, login)
    },
    async remove() {
      await server.remove()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A browser start on a profile; its pages know `benchAsk`. */
export async function openBrowser(
  profile: string,
  options: { readonly bypassCSP?: boolean } = {},
): Promise<BrowserContext> {
  const { launchOptions = {}, locale = 'zh-CN', timezoneId = 'Asia/Shanghai' } = config.use ?? {}
  const context = await chromium.launchPersistentContext(profile, {
    ...launchOptions,
    ...options,
    ...{ locale, timezoneId, viewport: { width: 1280, height: 860 } },
  })
  await context.addInitScript(hook)
  return context
}

/** Keeps the app's worker at hand. Runs in the page before the app does. */
function hook(): void {
  const Original = window.Worker
  window.Worker = class extends Original {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options)
      window.benchWorker = this
    }
  }
  window.benchAsk = (kind, name, args) =>
    new Promise((resolve, reject) => {
      const worker = window.benchWorker
      const id = crypto.randomUUID()
      const hear = ({ data }: MessageEvent) => {
        if (data.id !== id) return
        worker.removeEventListener('message', hear)
        if (data.kind === 'answer') resolve(data.value)
        else reject(new Error(data.message))
      }
      worker.addEventListener('message', hear)
      const request = { kind, id, name, args, commandId: crypto.randomUUID() }
      worker.postMessage({ kind: 'request', request })
    })
}
