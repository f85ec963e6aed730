/**
 * G7: from the `post` command on one device to the data, and to the painted row, on another, each a browser of
 * its own with a profile on disk; beside a bare WebSocket relay between the same two pages. The promises
 * cost their share: the post is on disk before it leaves, the server has it on disk before it goes on.
 * That floor stands in a row of its own: the relay after one strict IndexedDB put.
 */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright'
import { WebSocketServer } from 'ws'
import type { BenchRow } from './bench-row.ts'
import { type BrowserShop, openBrowser, openBrowserShop } from './browser-shop.ts'
import { median } from './median.ts'

const posts = 60
const warmUp = 10
const bytesOfPost = 1_500
const frameMs = 1_000 / 60

/** Moments by the pages' own wall clocks, ms; the two differ a little. */
interface Sample {
  readonly number: string
  readonly docId: string
  readonly relaySentMs: number
  readonly relayEchoedMs: number
  readonly putMs: number
  readonly postedMs: number
  /** Until A said 已存本机. */
  readonly savedMs: number
}

interface Seen {
  readonly relayMs: number
  readonly dataMs: number
  readonly paintedMs: number
}

declare global {
  interface Window {
    benchRelay: WebSocket
    benchEchoes: Map<number, number>
    benchDataMs: Map<string, number>
    benchPaintedMs: Map<string, number>
  }
}

export async function secondDevice(): Promise<BenchRow[]> {
  const shop = await openBrowserShop()
  const relay = await openRelay()
  try {
    const [a, b] = [await openDevice(shop), await openDevice(shop)]
    await a.goto(`${shop.url}/import`)
    await b.goto(`${shop.url}/documents/retail-sale`)
    for (const page of [a, b]) await page.evaluate(joinRelay, relay.url)
    await b.evaluate(noteArrivals)
    const samples: Sample[] = []
    const seen: Seen[] = []
    for (let index = 0; index < warmUp + posts; index++) {
      const sample = await a.evaluate(postOnce, { index, bytesOfPost })
      const arrived = await b.evaluate(whenSeen, { index, ...sample })
      if (index < warmUp) continue
      samples.push(sample)
      seen.push(arrived)
    }
    for (const page of [a, b]) await page.context().close()
    return rowsOf(samples, seen)
  } finally {
    relay.close()
    await shop.remove()
  }
}

function rowsOf(samples: readonly Sample[], seen: readonly Seen[]): BenchRow[] {
  const each = (of: (sample: Sample, seen: Seen) => number) =>
    median(samples.map((sample, index) => of(sample, seen[index] as Seen)))
  const relay = each(({ relaySentMs, relayEchoedMs }) => (relayEchoedMs - relaySentMs) / 2)
  // The clock of B is ahead of A's by so much: an echo comes back as fast as it went.
  const ahead = each(
    ({ relaySentMs, relayEchoedMs }, { relayMs }) => relayMs - (relaySentMs + relayEchoedMs) / 2,
  )
  const put = each(({ putMs }) => putMs)
  const saved = each(({ savedMs }) => savedMs)
  const data = each(({ postedMs }, { dataMs }) => dataMs - postedMs) - ahead
  const painted = each(({ postedMs }, { paintedMs }) => paintedMs - postedMs) - ahead
  const row = (what: string, floor: number, ours: number, target: string): BenchRow => {
    return { goal: 'G7', what, floor, ours, unit: 'ms', ratio: ours / floor, target }
  }
  const where = `${saved.toFixed(1)} ms of it until saved on A`
  return [
    row(`post on A to data on B, two browsers; floor: bare relay; ${where}`, relay, data, '≤ 1.5'),
    row('the same beside the relay after one strict put', relay + put, data, '–'),
    row('post on A to painted on B, beside relay and one frame', relay + frameMs, painted, '≤ 1'),
  ]
}

async function openRelay(): Promise<{ url: string; close(): void }> {
  const server = new WebSocketServer({ port: 0, host: 'localhost' })
  await once(server, 'listening')
  server.on('connection', (socket) => {
    socket.on('message', (data) => {
      for (const other of server.clients) if (other !== socket) other.send(data)
    })
  })
  const { port } = server.address() as AddressInfo
  return { url: `ws://localhost:${port}`, close: () => server.close() }
}

async function openDevice(shop: BrowserShop): Promise<Page> {
  const context = await openBrowser(await shop.profile(), { bypassCSP: true })
  const page = context.pages()[0] ?? (await context.newPage())
  await shop.enrol(page)
  return page
}

/** Runs in the pages: B sends back at once what A sends, after it has noted the moment. */
async function joinRelay(url: string): Promise<void> {
  const socket = new WebSocket(url)
  socket.binaryType = 'arraybuffer'
  window.benchRelay = socket
  window.benchEchoes = new Map()
  socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
    const nowMs = performance.timeOrigin + performance.now()
    const view = new DataView(data)
    window.benchEchoes.set(view.getUint32(0), nowMs)
    if (view.getUint8(4) === 1) return
    view.setUint8(4, 1)
    socket.send(data)
  }
  await new Promise((resolve) => {
    socket.onopen = resolve
  })
}

/** Runs in B: the moments at which its engine told of a document, and at which a number was painted. */
function noteArrivals(): void {
  window.benchDataMs = new Map()
  window.benchPaintedMs = new Map()
  window.benchWorker.addEventListener('message', ({ data }) => {
    if (data.kind !== 'topics') return
    const nowMs = performance.timeOrigin + performance.now()
    for (const topic of data.topics as string[]) {
      if (topic.startsWith('document:') && !window.benchDataMs.has(topic.slice(9))) {
        window.benchDataMs.set(topic.slice(9), nowMs)
      }
    }
  })
  new MutationObserver(() => {
    const found = document.body.innerText.match(/[A-Z]{2,6}\d{6}-\w{3}-\w{2}-\d+/g) ?? []
    const fresh = found.filter((number) => !window.benchPaintedMs.has(number))
    if (fresh.length === 0) return
    for (const number of fresh) window.benchPaintedMs.set(number, Number.NaN)
    requestAnimationFrame(() =>
      setTimeout(() => {
        const nowMs = performance.timeOrigin + performance.now()
        for (const number of fresh) window.benchPaintedMs.set(number, nowMs)
      }),
    )
  }).observe(document.body, { childList: true, subtree: true, characterData: true })
}

/** Runs in A. */
async function postOnce(given: { index: number; bytesOfPost: number }): Promise<Sample> {
  const ask = window.benchAsk
  const now = () => performance.timeOrigin + performance.now()
  const pause = () => new Promise((resolve) => setTimeout(resolve, 150))
  const session = (await ask('read', 'session', {})) as { branchId: string }
  const stock = (await ask('read', 'stock', { offset: 0, limit: 200, only: 'in-stock' })) as {
    rows: readonly { skuId: string; warehouseId: string; branchId: string }[]
  }
  const row = stock.rows.find(({ branchId }) => branchId === session.branchId)
  const docId = crypto.randomUUID()
  await pause()

  const bytes = new Uint8Array(given.bytesOfPost)
  new DataView(bytes.buffer).setUint32(0, given.index)
  const relaySentMs = now()
  window.benchRelay.send(bytes)
  while (!window.benchEchoes.has(given.index)) {
    await new Promise((resolve) => {
      window.benchRelay.addEventListener('message', resolve, { once: true })
    })
  }
  const relayEchoedMs = window.benchEchoes.get(given.index) ?? Number.NaN
  const putMs = await timedPut(bytes)

  await pause()
  const postedMs = now()
  const answer = (await ask('command', 'postDraft', {
    ...{ docId, type: 'retail-sale', header: { warehouseId: row?.warehouseId } },
    lines: [{ lineId: crypto.randomUUID(), skuId: row?.skuId, quantity: 10_000, price: 3_500_000 }],
  })) as { ok: boolean; value: { number: string } }
  if (!answer.ok) throw new Error(JSON.stringify(answer))
  const savedMs = now() - postedMs
  const { number } = answer.value
  return { number, docId, relaySentMs, relayEchoedMs, putMs, postedMs, savedMs }

  async function timedPut(value: Uint8Array): Promise<number> {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('bare', 1)
      request.onupgradeneeded = () => request.result.createObjectStore('bare')
      request.onsuccess = () => resolve(request.result)
    })
    const begun = now()
    await new Promise<void>((resolve) => {
      const transaction = database.transaction('bare', 'readwrite', { durability: 'strict' })
      transaction.objectStore('bare').put(value, 1)
      transaction.oncomplete = () => resolve()
    })
    const ms = now() - begun
    database.close()
    return ms
  }
}

/** Runs in B: waits until a post has arrived and is painted. */
async function whenSeen(given: { index: number; docId: string; number: string }): Promise<Seen> {
  for (let tries = 0; tries < 400; tries++) {
    const paintedMs = window.benchPaintedMs.get(given.number) ?? Number.NaN
    const dataMs = window.benchDataMs.get(given.docId)
    const relayMs = window.benchEchoes.get(given.index)
    if (!Number.isNaN(paintedMs) && dataMs !== undefined && relayMs !== undefined) {
      return { relayMs, dataMs, paintedMs }
    }
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`${given.number} did not arrive`)
}
