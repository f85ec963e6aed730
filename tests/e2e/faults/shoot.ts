/** Keeps a screen for people to look at, at both sizes, where `FAULT_SCREENS=folder` asks for it. */
import type { Page } from '@playwright/test'

const sizes = { desktop: { width: 1280, height: 860 }, phone: { width: 390, height: 844 } }

export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['FAULT_SCREENS']
  if (folder === undefined) return
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport)
    await page.screenshot({ path: `${folder}/${name}-${size}.png` })
  }
  await page.setViewportSize(sizes.desktop)
}
