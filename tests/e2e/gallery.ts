/** The component gallery, built as the app is and served as files: pages for the ui-*.spec.ts tests. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Locator, type Page, test as base } from '@playwright/test'
import { build, preview } from 'vite'
import solid from 'vite-plugin-solid'
import config from '../../vite.config.ts'

interface GalleryWorld {
  /** Where the built gallery is served. */
  readonly galleryAddress: string
}

interface GalleryPage {
  /** The gallery, open, in the light and the keyboard density. */
  readonly gallery: Page
}

export const test = base.extend<GalleryPage, GalleryWorld>({
  galleryAddress: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the fixture's needs from this pattern
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'liancang-gallery-'))
      await buildGallery(folder)
      const server = await preview({
        ...{ configFile: false, logLevel: 'error', build: { outDir: folder } },
        preview: { port: 0, host: '127.0.0.1' },
      })
      await use((server.resolvedUrls?.local[0] ?? '').replace(/\/$/, ''))
      await server.close()
      rmSync(folder, { recursive: true })
    },
    { scope: 'worker', timeout: 180_000 },
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

/** A page of one bundle opens in a fraction of the time that hundreds of modules take. */
async function buildGallery(outDir: string): Promise<void> {
  await build({
    ...{ ...config, configFile: false, logLevel: 'error', plugins: [solid()] },
    define: { ...config.define, 'import.meta.env.DEV': 'true' },
    build: { ...config.build, outDir, manifest: false },
  })
}

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
