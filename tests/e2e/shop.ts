/**
 * A shop to test in: the built app on a real server with a data folder of its own, and devices that are real
 * browser contexts. Page objects are named as the screens; they wait for states, never for time.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Browser,
  type BrowserContext,
  expect,
  type Page,
  test as base,
} from '@playwright/test'
import { end, freePort, isAnswering, serverMain } from '#tests/builders/spawned-server.ts'

export const password = 'a long enough password'

/** The server under test, as a process that can be stopped and started again over the same data. */
export class Server {
  readonly #folder = mkdtempSync(join(tmpdir(), 'liancang-e2e-'))
  readonly port: number
  #process: ChildProcess | undefined

  constructor(port: number) {
    this.port = port
  }

  get url(): string {
    return `http://localhost:${this.port}`
  }

  /** The built app that this server serves; its own copy, so that a test may release a new version. */
  get app(): string {
    return join(this.#folder, 'app')
  }

  async start(): Promise<void> {
    const flags = [
      '--port',
      String(this.port),
      '--data',
      join(this.#folder, 'data'),
      '--app',
      this.app,
    ]
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

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** A browser with its own storage: one device of the shop. */
export class Device {
  readonly context: BrowserContext
  readonly server: Server
  page: Page

  private constructor(context: BrowserContext, page: Page, server: Server) {
    this.context = context
    this.page = page
    this.server = server
  }

  static async open(browser: Browser, server: Server): Promise<Device> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 } })
    return new Device(context, await context.newPage(), server)
  }

  /** A browser that somebody else has started. */
  static of(context: BrowserContext, page: Page, server: Server): Device {
    return new Device(context, page, server)
  }

  /** First start of an empty server, filled in by hand; ends on the home screen. */
  async setUp(): Promise<void> {
    const { page } = this
    await page.goto(this.server.url)
    await page.getByLabel('公司名称').fill('测试商贸')
    await page.getByLabel('门店名称').fill('总店')
    await page.getByLabel('姓名').fill('老板')
    await page.getByLabel('登录名').fill('owner')
    await page.getByLabel('密码').fill(password)
    await page.getByRole('button', { name: '开始使用' }).click()
    await this.isReady()
  }

  async signIn(login: string): Promise<void> {
    const { page } = this
    await page.goto(this.server.url)
    await page.getByLabel('登录名').fill(login)
    await page.getByLabel('密码').fill(password)
    await page.getByRole('button', { name: '登录' }).click()
    await this.isReady()
  }

  async isReady(): Promise<void> {
    await expect(this.page.getByRole('heading', { name: '首页' })).toBeVisible({ timeout: 30_000 })
  }

  /** The service worker holds the app: from here on the device starts without a network. */
  async isInstalled(): Promise<void> {
    await this.page.evaluate(async () => {
      await navigator.serviceWorker.ready
    })
    await expect
      .poll(() => this.page.evaluate(() => caches.keys().then((keys) => keys.length)))
      .toBeGreaterThan(0)
  }

  async isSynced(): Promise<void> {
    await expect(this.page.getByRole('button', { name: '已同步', exact: true })).toBeVisible({
      timeout: 30_000,
    })
  }

  async go(path: string): Promise<void> {
    await this.page.goto(`${this.server.url}${path}`)
  }

  async addUser(name: string, login: string, role: string): Promise<void> {
    const { page } = this
    await this.go('/devices')
    await page.getByRole('button', { name: '添加人员' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('姓名').fill(name)
    await dialog.getByLabel('登录名').fill(login)
    await dialog.getByLabel('密码').fill(password)
    await dialog.getByLabel('岗位').selectOption({ label: role })
    await dialog.getByRole('button', { name: '添加', exact: true }).click()
    await expect(dialog).toBeHidden()
    await expect(page.getByText(login, { exact: true })).toBeVisible()
  }

  async addSupplier(name: string): Promise<void> {
    const { page } = this
    await this.go('/masters/supplier/new')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('名称').fill(name)
    await dialog.getByRole('button', { name: '保存' }).click()
    await expect(page.getByRole('row').filter({ hasText: name })).toBeVisible()
  }

  /** Drops a file on the import screen and takes all of it. */
  async importFile(name: string, bytes: Buffer): Promise<void> {
    const { page } = this
    await this.go('/import')
    await page.getByLabel('选择文件').setInputFiles({ name, mimeType: 'text/csv', buffer: bytes })
    await page.getByRole('button', { name: /^导入 \d+ 行$/ }).click()
    await expect(page.getByText(/导入完成/)).toBeVisible({ timeout: 30_000 })
  }

  /** Stock of a product over all its warehouses, as the stock screen shows it; '' while there is none. */
  async expectOnHand(product: string, text: string): Promise<void> {
    await this.go('/stock')
    const row = this.page.getByRole('row').filter({ hasText: product })
    await expect(row).toContainText(text, { timeout: 20_000 })
  }

  async close(): Promise<void> {
    await this.context.close()
  }
}

interface Shop {
  readonly server: Server
  /** Opens one more device; all are closed with the test. */
  readonly openDevice: () => Promise<Device>
}

export const test = base.extend<Shop>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads the fixture's needs from this pattern
  server: async ({}, use) => {
    const server = new Server(await freePort())
    server.copyApp()
    await server.start()
    await use(server)
    await server.stop()
    server.remove()
  },
  openDevice: async ({ browser, server }, use) => {
    const devices: Device[] = []
    await use(async () => {
      const device = await Device.open(browser, server)
      devices.push(device)
      return device
    })
    for (const device of devices) await device.close()
  },
})

export { expect } from '@playwright/test'

/** Slower than any scanner, so that typed figures are not taken for a scan. */
export const byHand = { delay: 40 }

/** A product file as another system exports it: note block first, starred required columns. */
export const productFile = [
  '1、带*的列必填,,,,,,,,',
  '名称*,规格,类别,基本单位*,副单位,基本条码*,副条码,比例,采购价,零售价,状态*',
  '饮用水,550ml,饮料,瓶,箱,2000000000015,2000000000022,24,0.92,2.00,1',
  '薯片,70g,零食,袋,箱,2000000000039,2000000000046,22,3.30,6.50,1',
  '电池 5号,4粒,家居,卡,,2000000000053,,,6.00,12.00,1',
].join('\r\n')
