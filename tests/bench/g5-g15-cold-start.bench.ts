/**
 * G5: from the start of a navigation to painted stock rows on a device of a company with 1,000,000
 * movements, beside the same app with the same rows as constants and no engine at all (its worker is
 * replaced before the page starts). The browser is started anew each time; both profiles have been there
 * before, so the service worker serves the app. G15: the longest block of the page's own thread meanwhile.
 * BENCH_ROUNDS and BENCH_MOVEMENTS change the measure; the past of the company is kept in .cache.
 */
import { join } from 'node:path'
import type { Page } from 'playwright'
import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import { journalNameText } from '#domain/records/journal-name.ts'
import { journalOf } from '#domain/records/record.ts'
import { decodeRecord } from '#domain/records/record-bytes.ts'
import { hashOfSources } from '../../scripts/setup/build.mjs'
import type { BenchRow } from './bench-row.ts'
import { type BrowserShop, openBrowser, openBrowserShop } from './browser-shop.ts'
import { median } from './median.ts'
import { bigCompany } from './million-company.ts'
import { paintedMark, type StartTrace, traced } from './start-trace.ts'

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5)
const movements = Number(process.env['BENCH_MOVEMENTS'] ?? 1_000_000)
/** Documents posted after the checkpoint was made: they are folded at each start. */
const postsSince = 15
const limitBlockMs = 50
/** How long after the painting a block still counts as one of the start. */
const watchedMs = 3_000

/** The build that wrote the checkpoint, as the app names itself. */
const version = hashOfSources(join(import.meta.dirname, '..', '..')).slice(0, 12)

const rowShown = '[role=grid] [role=gridcell]'

/** What the app asked until it stood, and what it was answered. */
type Script = readonly { readonly asked: string; readonly value: unknown }[]

interface Started {
  readonly paintedMs: number
  readonly blockMs: number
}

interface Traces {
  readonly floor: StartTrace
  readonly ours: StartTrace
  readonly engine: StartTrace
}

export async function coldStart(): Promise<BenchRow[]> {
  const shop = await openBrowserShop()
  try {
    const [empty, full] = [await shop.profile(), await shop.profile()]
    const { places, megabytes } = await growDevice(shop, full)
    const script = await recordedScript(shop, full)
    await install(shop, empty)
    // As often as the other has been there: the browser keeps compiled programs.
    for (let visit = 0; visit < 2; visit++) await start(shop, empty, { script })
    const floors: Started[] = []
    const ours: Started[] = []
    const engines: Started[] = []
    for (let round = 0; round < rounds; round++) {
      floors.push(await start(shop, empty, { script }))
      ours.push(await start(shop, full, { leave: 'no-glance' }))
      engines.push(await start(shop, full, { leave: 'glance' }))
      const lasts = [floors, ours, engines].map((each) => Math.round(each.at(-1)?.paintedMs ?? 0))
      console.log(`  round ${round + 1}: constants, glance, engine ${lasts.join(', ')} ms`)
    }
    const traces: Traces = {
      floor: await tracedStart(shop, empty, { script }),
      ours: await tracedStart(shop, full, { leave: 'no-glance' }),
      engine: await tracedStart(shop, full, { leave: 'glance' }),
    }
    const about = `${places} stock rows, checkpoint of ${megabytes} MB`
    return [...rowsOf(floors, ours, about), engineRow(floors, engines), ...traceRows(traces)]
  } finally {
    await shop.remove()
  }
}

function rowsOf(floors: readonly Started[], ours: readonly Started[], about: string): BenchRow[] {
  const [floor, painted] = [floors, ours].map((each) => median(each.map((one) => one.paintedMs)))
  const [floorBlock, block] = [floors, ours].map((each) => median(each.map((one) => one.blockMs)))
  if (floor === undefined || painted === undefined) return []
  if (floorBlock === undefined || block === undefined) return []
  const what = `cold start to stock rows, 1M movements (${about}); floor: same app, constant rows`
  const longest = Math.max(...ours.map((one) => one.blockMs))
  const blocked = `longest block of the page while opening 1M, beside its limit; worst of ${rounds}: ${Math.round(longest)}; with constant rows ${Math.round(floorBlock)}`
  return [
    { goal: 'G5', what, floor, ours: painted, unit: 'ms', ratio: painted / floor, target: '≤ 1.5' },
    {
      ...{ goal: 'G15', what: blocked, floor: limitBlockMs, ours: block, unit: 'ms' },
      ...{ ratio: block / limitBlockMs, target: '≤ 1' },
    },
  ]
}

/** Where nothing was kept of the screens, as after a crash in the middle of work. */
function engineRow(floors: readonly Started[], engines: readonly Started[]): BenchRow {
  const [floor, ours] = [floors, engines].map((each) => median(each.map((one) => one.paintedMs)))
  const what = 'the same without a glance: the engine itself answers, from its checkpoint'
  const row = { goal: 'G5', what, unit: 'ms', target: '–' }
  return { ...row, floor: floor ?? 0, ours: ours ?? 0, ratio: (ours ?? 0) / (floor ?? 1) }
}

/** One start of each kind: processor time says the same on a busy machine. */
function traceRows({ floor, ours, engine }: Traces): BenchRow[] {
  for (const [name, trace] of Object.entries({ floor, ours, engine })) {
    const { wallMs, page, workers, work, blocks } = trace
    const share = ({ busyMs, processorMs }: StartTrace['page']) =>
      `${Math.round(processorMs)} of ${Math.round(busyMs)} ms on a processor`
    const all = `page ${share(page)}, workers ${share(workers)}`
    console.log(`  ${name}: painted after ${Math.round(wallMs)} ms, ${all}`)
    for (const task of work) console.log(`    worker ${share(task)}: ${task.what}`)
    for (const block of blocks) console.log(`    block ${share(block)}: ${block.what}`)
  }
  const row = (goal: string, what: string, by: (trace: StartTrace) => number): BenchRow => {
    const [base, own] = [by(floor), by(ours)]
    return { goal, what, floor: base, ours: own, unit: 'ms', ratio: own / base, target: '–' }
  }
  const longest = ({ blocks }: StartTrace) =>
    Math.max(0, ...blocks.map(({ processorMs }) => processorMs))
  return [
    row('G5', 'processor time of the page until painted', ({ page }) => page.processorMs),
    row('G15', 'processor time of the longest block of the page, one traced start', longest),
  ]
}

/** Enrols a device, and gives it the past of a company with a million movements. */
async function growDevice(shop: BrowserShop, profile: string) {
  const context = await openBrowser(profile)
  const page = context.pages()[0] ?? (await context.newPage())
  await shop.enrol(page)
  await page.goto(`${shop.url}/stock`)
  await page.locator(rowShown).first().waitFor()
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  const own = (await page.evaluate(keptRecords)).map(entryOf)
  const { checkpoint, journals, places } = bigCompany(own, movements)
  const address = await shop.serve('bench-checkpoint.bin', checkpoint)
  await page.evaluate(replaceCheckpoint, { address, journals, version })
  await context.close()
  await shop.serve('bench-checkpoint.bin', new Uint8Array(0))
  await postSince(shop, profile)
  return { places, megabytes: Math.round(checkpoint.length / 1e6) }
}

async function postSince(shop: BrowserShop, profile: string): Promise<void> {
  const context = await openBrowser(profile)
  const page = context.pages()[0] ?? (await context.newPage())
  await page.goto(`${shop.url}/stock`)
  await page.locator(rowShown).first().waitFor()
  const total = await page.evaluate(postSales, postsSince)
  if (total < 1_000) throw new Error(`the checkpoint was passed over: ${total} rows`)
  await page.evaluate(leaveGlance, 'glance' as const)
  await context.close()
}

/** Runs in the page: sells, and answers the number of rows of the stock list. */
async function postSales(count: number): Promise<number> {
  const ask = window.benchAsk
  const session = (await ask('read', 'session', {})) as { branchId: string }
  const stock = (await ask('read', 'stock', { offset: 0, limit: 100_000, only: 'in-stock' })) as {
    total: number
    rows: readonly { skuId: string; warehouseId: string; branchId: string }[]
  }
  const row = stock.rows.find(({ branchId }) => branchId === session.branchId)
  for (let i = 0; i < count; i++) {
    const answer = (await ask('command', 'postDraft', {
      docId: crypto.randomUUID(),
      type: 'retail-sale',
      header: { warehouseId: row?.warehouseId },
      lines: [{ lineId: crypto.randomUUID(), skuId: row?.skuId, quantity: 10_000, price: 350 }],
    })) as { ok: boolean }
    if (!answer.ok) throw new Error(JSON.stringify(answer))
  }
  return stock.total
}

/** Runs in the page: waits until the engine has kept what the screens show, and may throw that away. */
async function leaveGlance(leave: 'glance' | 'no-glance'): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('liancang')
    request.onsuccess = () => resolve(request.result)
  })
  const asked = (act: (values: IDBObjectStore) => IDBRequest) =>
    new Promise<unknown>((resolve) => {
      const request = act(database.transaction('values', 'readwrite').objectStore('values'))
      request.onsuccess = () => resolve(request.result)
    })
  for (let tries = 0; tries < 150; tries++) {
    if ((await asked((values) => values.get('glance'))) !== undefined) break
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  if (leave === 'no-glance') await asked((values) => values.delete('glance'))
  database.close()
}

function entryOf(base64: string): FoldEntry {
  const decoded = decodeRecord(new Uint8Array(Buffer.from(base64, 'base64')))
  if (!decoded.ok) throw new Error('a record of the device could not be read')
  const { record, hash } = decoded.value
  return { journal: journalNameText(journalOf(record)), record, hash }
}

/** Runs in the page: the records that the device holds, as base64. */
async function keptRecords(): Promise<string[]> {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('liancang')
    request.onsuccess = () => resolve(request.result)
  })
  const rows = await new Promise<readonly { readonly bytes: Uint8Array }[]>((resolve) => {
    const request = database.transaction('records').objectStore('records').getAll()
    request.onsuccess = () => resolve(request.result)
  })
  database.close()
  return rows.map(({ bytes }) => btoa(String.fromCharCode(...bytes)))
}

/** Runs in the page: another checkpoint of the same build, and the journals that it covers. */
async function replaceCheckpoint(given: {
  address: string
  journals: readonly object[]
  version: string
}): Promise<void> {
  const bytes = new Uint8Array(await (await fetch(given.address)).arrayBuffer())
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('liancang')
    request.onsuccess = () => resolve(request.result)
  })
  const transaction = database.transaction(['blobs', 'journals'], 'readwrite')
  const blob = { name: 'checkpoint', version: given.version, bytes: new Blob([bytes]) }
  transaction.objectStore('blobs').put(blob)
  for (const row of given.journals) transaction.objectStore('journals').put(row)
  await new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error)
  })
  database.close()
}

/** One start in which everything that goes between page and worker is written down. */
async function recordedScript(shop: BrowserShop, profile: string): Promise<Script> {
  const context = await openBrowser(profile)
  await context.addInitScript(recordAnswers)
  const page = context.pages()[0] ?? (await context.newPage())
  await page.goto(`${shop.url}/stock`)
  await page.locator(rowShown).first().waitFor()
  await page.evaluate(leaveGlance, 'glance' as const)
  const script = await page.evaluate(() => window.benchScript)
  await context.close()
  return script ?? []
}

async function install(shop: BrowserShop, profile: string): Promise<void> {
  const context = await openBrowser(profile)
  const page = context.pages()[0] ?? (await context.newPage())
  await page.goto(shop.url)
  await page.locator('input[type=password]').waitFor()
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.evaluate(() => localStorage.setItem('liancang.stage', 'ready'))
  await context.close()
}

interface StartKind {
  readonly script?: Script
  /** Whether the next start of the profile finds a glance. */
  readonly leave?: 'glance' | 'no-glance'
}

/** One start of the browser, one navigation; by the page's own clock. */
function start(shop: BrowserShop, profile: string, kind: StartKind): Promise<Started> {
  return startWith(profile, kind, async (page) => {
    await page.goto(`${shop.url}/stock`)
    return watched(page)
  })
}

function tracedStart(shop: BrowserShop, profile: string, kind: StartKind): Promise<StartTrace> {
  return startWith(profile, kind, (page) =>
    traced(page, async () => {
      await page.goto(`${shop.url}/stock`)
      return (await watched(page)).paintedMs
    }),
  )
}

async function startWith<Value>(
  profile: string,
  { script, leave }: StartKind,
  act: (page: Page) => Promise<Value>,
): Promise<Value> {
  const context = await openBrowser(profile)
  if (script !== undefined) await context.addInitScript(answerFromScript, script)
  await context.addInitScript(watch, { rowShown, watchedMs, paintedMark })
  const page = context.pages()[0] ?? (await context.newPage())
  const value = await act(page)
  if (leave !== undefined) await page.evaluate(leaveGlance, leave)
  await context.close()
  return value
}

async function watched(page: Page): Promise<Started> {
  const handle = await page.waitForFunction(() => window.benchStarted, undefined, {
    timeout: 60_000,
  })
  return (await handle.jsonValue()) ?? { paintedMs: Number.NaN, blockMs: Number.NaN }
}

declare global {
  interface Window {
    /** Set when the start is over. */
    benchStarted: Started | undefined
    benchScript: { asked: string; value: unknown }[] | undefined
  }
}

/**
 * Runs in the page: when the task after the frame in which the rows are first there begins, ms since the
 * navigation, and the longest task, or gap between two timers, until a while after that.
 */
function watch(given: { rowShown: string; watchedMs: number; paintedMark: string }): void {
  let blockMs = 0
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) blockMs = Math.max(blockMs, duration)
  }).observe({ type: 'longtask', buffered: true })
  function look(): void {
    if (document.querySelector(given.rowShown) === null) requestAnimationFrame(look)
    else
      setTimeout(() => {
        const paintedMs = performance.now()
        performance.mark(given.paintedMark)
        setTimeout(() => {
          window.benchStarted = { paintedMs, blockMs }
        }, given.watchedMs)
      })
  }
  requestAnimationFrame(look)
}

/** Runs in the page before the app: listens to what its worker is asked and answers. */
function recordAnswers(): void {
  const Original = window.Worker
  const asked = new Map<string, string>()
  window.benchScript = []
  window.Worker = class extends Original {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options)
      this.addEventListener('message', ({ data }) => {
        const key = asked.get(data.id)
        if (data.kind === 'answer' && key !== undefined) {
          window.benchScript?.push({ asked: key, value: data.value })
        }
      })
    }
    override postMessage(message: {
      kind: string
      request?: { id: string; name: string; args: unknown }
    }): void {
      const { request } = message
      if (request !== undefined) {
        asked.set(request.id, `${request.name}|${JSON.stringify(request.args)}`)
      }
      super.postMessage(message)
    }
  }
}

/** Runs in the page before the app: its worker is constants, answered in the next microtask. */
function answerFromScript(script: Script): void {
  const values = new Map(script.map(({ asked, value }) => [asked, value]))
  class ConstantWorker extends EventTarget {
    onmessage: ((event: { data: unknown }) => void) | null = null
    postMessage(message: { request?: { id: string; name: string; args: unknown } }): void {
      const { request } = message
      if (request === undefined) return
      const value = values.get(`${request.name}|${JSON.stringify(request.args)}`)
      queueMicrotask(() => this.onmessage?.({ data: { kind: 'answer', id: request.id, value } }))
    }
    terminate(): void {}
  }
  window.Worker = ConstantWorker as never
}
