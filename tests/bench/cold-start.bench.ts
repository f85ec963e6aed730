/**
 * G5: from the start of a navigation to painted stock rows on a device that holds the demonstration
 * company, beside the sign-in page of the same bundle on a device that holds nothing. The browser is
 * started anew each time; both profiles have been there before, so the service worker serves the app.
 */
import { type BrowserShop, openBrowser, openBrowserShop } from './browser-shop.ts'
import type { BenchRow } from './bench-row.ts'
import { median } from './median.ts'

const rounds = 5

/** What counts as painted. */
const shown = {
  signIn: 'input[type=password]',
  stock: '[role=grid] [role=gridcell]',
} as const

export async function coldStart(): Promise<BenchRow[]> {
  const shop = await openBrowserShop()
  try {
    const [empty, full] = [await shop.profile(), await shop.profile()]
    const rows = await enrolDevice(shop, full)
    await install(shop, empty)
    const ms = { signIn: [] as number[], stock: [] as number[] }
    for (let round = 0; round < rounds; round++) {
      ms.signIn.push(await startMs(shop, empty, shown.signIn))
      ms.stock.push(await startMs(shop, full, shown.stock))
    }
    const [floor, ours] = [median(ms.signIn), median(ms.stock)]
    const what = `cold start to stock rows, demonstration company (${rows} rows); floor: sign-in page`
    return [{ goal: 'G5', what, floor, ours, unit: 'ms', ratio: ours / floor, target: '≤ 1.5' }]
  } finally {
    await shop.remove()
  }
}

/** The number of stock rows of the new device. */
async function enrolDevice(shop: BrowserShop, profile: string): Promise<number> {
  const context = await openBrowser(profile)
  const page = context.pages()[0] ?? (await context.newPage())
  await shop.enrol(page)
  await page.goto(`${shop.url}/stock`)
  await page.locator(shown.stock).first().waitFor()
  await isInstalled(page)
  await page.waitForFunction(hasCheckpoint, undefined, { polling: 500, timeout: 90_000 })
  const stock = await page.evaluate(() => window.benchAsk('read', 'stock', { offset: 0, limit: 1 }))
  await context.close()
  return (stock as { total: number }).total
}

/** Runs in the page: the engine has kept its fold for the next start, as it does when it is quiet. */
function hasCheckpoint(): Promise<boolean> {
  return new Promise((resolve) => {
    const request = indexedDB.open('liancang')
    request.onsuccess = () => {
      const count = request.result.transaction('blobs').objectStore('blobs').count()
      count.onsuccess = () => {
        request.result.close()
        resolve(count.result > 0)
      }
    }
  })
}

async function install(shop: BrowserShop, profile: string): Promise<void> {
  const context = await openBrowser(profile)
  const page = context.pages()[0] ?? (await context.newPage())
  await page.goto(shop.url)
  await page.locator(shown.signIn).waitFor()
  await isInstalled(page)
  await context.close()
}

/** The service worker holds every file. */
async function isInstalled(page: { evaluate(act: () => Promise<unknown>): Promise<unknown> }) {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
}

/** One start of the browser, one navigation; ms of the page's own clock. */
async function startMs(shop: BrowserShop, profile: string, selector: string): Promise<number> {
  const context = await openBrowser(profile)
  await context.addInitScript(notePainted, selector)
  const page = context.pages()[0] ?? (await context.newPage())
  await page.goto(`${shop.url}/stock`)
  const painted = await page.waitForFunction(() => window.benchPaintedMs)
  const ms = await painted.jsonValue()
  await context.close()
  return ms ?? Number.NaN
}

declare global {
  interface Window {
    /** When what is waited for had been painted, ms since the navigation began. */
    benchPaintedMs: number | undefined
  }
}

/** Runs in the page: the task after the frame in which the selector first finds something. */
function notePainted(selector: string): void {
  function look(): void {
    if (document.querySelector(selector) === null) requestAnimationFrame(look)
    else
      setTimeout(() => {
        window.benchPaintedMs = performance.now()
      })
  }
  requestAnimationFrame(look)
}
