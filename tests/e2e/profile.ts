/** The real Chromium over a profile folder that outlives it, with one empty tab. */
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import config from '../../playwright.config.ts'

const { launchOptions, locale, timezoneId } = config.use ?? {}
const desktop = { width: 1280, height: 860 }

/** Closing the context ends the browser. */
export async function openProfile(
  folder: string,
  viewport = desktop,
): Promise<{ readonly context: BrowserContext; readonly page: Page }> {
  const context = await chromium.launchPersistentContext(folder, {
    ...launchOptions,
    ...(locale === undefined ? {} : { locale }),
    ...(timezoneId === undefined ? {} : { timezoneId }),
    viewport,
  })
  context.setDefaultTimeout(30_000)
  return { context, page: context.pages()[0] ?? (await context.newPage()) }
}
