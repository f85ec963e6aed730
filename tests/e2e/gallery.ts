/** The component gallery on a development server of its own: pages for the ui-*.spec.ts tests. */
import { type Locator, type Page, test as base } from '@playwright/test'
import { createServer } from 'vite'

interface GalleryWorld {
  /** Address of the development server. */
  readonly galleryAddress: string
}

interface GalleryPage {
  /** The gallery, open, in the light and the keyboard density. */
  readonly gallery: Page
}

export const test = base.extend<GalleryPage, GalleryWorld>({
  galleryAddress: [
    async ({ browserName }, use) => {
      const server = await createServer({
        configFile: 'vite.config.ts',
        cacheDir: `.cache/vite-gallery-${browserName}`,
        logLevel: 'error',
        server: { port: 0, host: '127.0.0.1', hmr: false },
      })
      await server.listen()
      const address = server.httpServer?.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      await use(`http://127.0.0.1:${port}`)
      await server.close()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  gallery: async ({ page, galleryAddress }, use) => {
    await page.addInitScript(() => {
      localStorage.setItem('liancang.theme', 'light')
      localStorage.setItem('liancang.density', 'desk')
    })
    await page.goto(`${galleryAddress}/dev/gallery`)
    await page.getByRole('heading', { name: '组件样张' }).waitFor()
    await use(page)
  },
})

export { expect } from '@playwright/test'

/** Slower than any scanner, so that typed figures are not taken for a scan. */
export const byHand = { delay: 40 }

/** The first suggestion of an open list (not the options of native choices). */
export function offered(page: Page): Locator {
  return page.getByRole('listbox').getByRole('option').first()
}

/** What a scanner does: keys within a millisecond of each other, then Enter, into whatever has the focus. */
export async function scan(page: Page, code: string): Promise<void> {
  await page.evaluate((text) => {
    const press = (key: string) => {
      const target = document.activeElement ?? document.body
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
      if (!target.dispatchEvent(event) || key.length > 1) return
      if (target instanceof HTMLInputElement) {
        target.setRangeText(key, target.selectionStart ?? 0, target.selectionEnd ?? 0, 'end')
        target.dispatchEvent(new InputEvent('input', { bubbles: true, data: key }))
      }
    }
    for (const key of [...text, 'Enter']) press(key)
  }, code)
}
