/**
 * G8, burst: 20,000 records until each is durable and answered, beside y-indexeddb settling as many Yjs
 * updates of the same size, in one page of a browser with a profile on disk.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'vite'
import type { BenchRow } from './bench-row.ts'
import { openBrowser, openBrowserShop } from './browser-shop.ts'

const count = Number(process.env['BENCH_BURST'] ?? 20_000)
const limitShare = 20

export async function burst(): Promise<BenchRow[]> {
  const shop = await openBrowserShop()
  try {
    const address = await shop.serve('bench-burst.js', await builtPage())
    const context = await openBrowser(await shop.profile())
    const page = context.pages()[0] ?? (await context.newPage())
    await page.goto(shop.url)
    await page.addScriptTag({ url: address, type: 'module' })
    await page.waitForFunction(() => window.benchBurst !== undefined)
    const ours = await page.evaluate((records) => window.benchBurst.ours(records), count)
    const given = { count, bytesEach: ours.bytesEach }
    const theirs = await page.evaluate(
      ({ count: updates, bytesEach }) => window.benchBurst.theirs(updates, bytesEach),
      given,
    )
    await context.close()
    const what = `burst of ${count} records of ${ours.bytesEach} bytes until durable; beside it y-indexeddb`
    const row = { goal: 'G8', unit: 'ms', floor: theirs }
    const share = `a ${limitShare}th of its time; rows in their tables after ${Math.round(ours.settledMs)} ms`
    return [
      {
        ...{ ...row, what: `${what}: the goal is ${share}` },
        ...{ ours: ours.durableMs, ratio: ours.durableMs / theirs, target: `≤ ${1 / limitShare}` },
      },
    ]
  } finally {
    await shop.remove()
  }
}

async function builtPage(): Promise<Uint8Array> {
  const root = join(import.meta.dirname, '..', '..')
  const outDir = join(root, 'node_modules', '.cache', 'bench-burst')
  await build({
    ...{ configFile: false, root, logLevel: 'warn', publicDir: false },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      ...{ outDir, emptyOutDir: true, minify: true },
      rolldownOptions: {
        input: join(import.meta.dirname, 'burst-page.ts'),
        output: { entryFileNames: 'burst.js', format: 'es' },
      },
    },
  })
  return readFile(join(outDir, 'burst.js'))
}
