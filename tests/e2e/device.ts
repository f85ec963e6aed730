/** A device of the shop as a page object: named as the screens are, waits for states, never for time. */
import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test'
import type { Server } from './server.ts'

export const password = 'a long enough password'

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
