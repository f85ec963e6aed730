/**
 * G8: from the `post` command of a page to its answer, which says 已存本机 (saved), beside one bare
 * strict IndexedDB put of as many bytes in the same page; and what signing has of it. The page shows
 * the import, which reads nothing; then the home screen, whose figures follow each post.
 */
import { openBrowser, openBrowserShop } from './browser-shop.ts'
import type { BenchRow } from './bench-row.ts'
import { median } from './median.ts'

const posts = 80
const warmUp = 20
const postsAtHome = 60
const warmUpAtHome = 10

interface Samples {
  readonly post: readonly number[]
  readonly put: readonly number[]
  readonly sign: readonly number[]
  readonly roundTrip: readonly number[]
  readonly bytes: number
}

export async function singlePosts(): Promise<BenchRow[]> {
  const shop = await openBrowserShop()
  try {
    const context = await openBrowser(await shop.profile())
    const page = context.pages()[0] ?? (await context.newPage())
    await shop.enrol(page)
    await page.goto(`${shop.url}/import`)
    const samples = await page.evaluate(measure, { posts, warmUp })
    await page.goto(shop.url)
    const atHome = await page.evaluate(measure, { posts: postsAtHome, warmUp: warmUpAtHome })
    await context.close()
    const [floor, ours] = [median(samples.put), median(samples.post)]
    const [sign, roundTrip] = [median(samples.sign), median(samples.roundTrip)]
    const row = { goal: 'G8', unit: 'ms', floor }
    const inPost = `of the ${ours.toFixed(1)} ms beside the put`
    return [
      {
        ...{ ...row, what: `post to saved; floor: strict put of its ${samples.bytes} bytes` },
        ...{ ours, ratio: ours / floor, target: '≤ 1.3' },
      },
      {
        ...{ ...row, what: 'the same while the home screen redraws its figures' },
        floor: median(atHome.put),
        ours: median(atHome.post),
        ratio: median(atHome.post) / median(atHome.put),
        target: '≤ 1.3',
      },
      {
        ...{ ...row, what: `signing two parts, ${inPost}` },
        ...{ ours: sign, ratio: sign / floor, target: '–' },
      },
      {
        ...{ ...row, what: `a question to the worker and back, ${inPost}` },
        ...{ ours: roundTrip, ratio: roundTrip / floor, target: '–' },
      },
    ]
  } finally {
    await shop.remove()
  }
}

/** Runs in the page. */
async function measure({ posts, warmUp }: { posts: number; warmUp: number }): Promise<Samples> {
  interface Row {
    readonly skuId: string
    readonly warehouseId: string
    readonly branchId: string
  }
  const ask = window.benchAsk
  const session = (await ask('read', 'session', {})) as { branchId: string }
  const stock = (await ask('read', 'stock', { offset: 0, limit: 200, only: 'in-stock' })) as {
    rows: readonly Row[]
  }
  const row = stock.rows.find(({ branchId }) => branchId === session.branchId)
  if (row === undefined) throw new Error('nothing in stock')
  const lines = stock.rows
    .filter(({ warehouseId }) => warehouseId === row.warehouseId)
    .slice(0, 5)
    .map(({ skuId }) => ({ skuId, quantity: 10_000, price: 3_500_000 }))

  const samples = { post: [] as number[], put: [] as number[], sign: [] as number[] }
  const roundTrip: number[] = []
  const opened = await bareDatabase()
  const bytesBefore = await storedBytes()
  const key = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
  ])
  let bytes = 0
  for (let i = 0; i < posts + warmUp; i++) {
    if (i === warmUp) {
      bytes = Math.round(((await storedBytes()) - bytesBefore) / warmUp)
      samples.post.length = samples.put.length = samples.sign.length = roundTrip.length = 0
    }
    samples.post.push(await timedPost())
    samples.put.push(await timed(() => put(opened, i, new Uint8Array(bytes).fill(i))))
    samples.sign.push(await timed(() => Promise.all([sign(), sign()])))
    roundTrip.push(await timed(() => ask('read', 'status', {})))
  }
  return { ...samples, roundTrip, bytes }

  async function timed(act: () => Promise<unknown>): Promise<number> {
    const begun = performance.now()
    await act()
    return performance.now() - begun
  }

  async function timedPost(): Promise<number> {
    const docId = crypto.randomUUID()
    const drafted = (await ask('command', 'editDraft', {
      docId,
      type: 'retail-sale',
      header: { warehouseId: row?.warehouseId },
      lines: lines.map((fields) => ({ lineId: crypto.randomUUID(), fields })),
    })) as { ok: boolean }
    // The draft's own way to the disk is no part of the post.
    await new Promise((resolve) => setTimeout(resolve, 100))
    let answer: unknown
    const ms = await timed(async () => {
      answer = await ask('command', 'post', { docId })
    })
    const { ok } = answer as { ok: boolean }
    if (!drafted.ok || !ok) throw new Error(JSON.stringify([drafted, answer]))
    return ms
  }

  function sign(): Promise<ArrayBuffer> {
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
    return crypto.subtle.sign(algorithm, key.privateKey, new Uint8Array(32))
  }

  function bareDatabase(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open('bare', 1)
      request.onupgradeneeded = () => request.result.createObjectStore('bare')
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  }

  function put(database: IDBDatabase, no: number, value: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      const transaction = database.transaction('bare', 'readwrite', { durability: 'strict' })
      transaction.objectStore('bare').put(value, no)
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error)
    })
  }

  /** Bytes of updates and records of this device's own journals of the posts so far. */
  async function storedBytes(): Promise<number> {
    // The log of the store is moved into its tables when it is quiet.
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('liancang')
      request.onsuccess = () => resolve(request.result)
    })
    let sum = 0
    for (const table of ['updates', 'records']) {
      const rows = await new Promise<{ journal: string; bytes: Uint8Array }[]>((resolve) => {
        const request = database.transaction(table).objectStore(table).getAll()
        request.onsuccess = () => resolve(request.result)
      })
      const own = (session as unknown as { device?: { id: string } }).device?.id ?? ''
      for (const { journal, bytes: stored } of rows) {
        if (journal.endsWith(own) && own !== '') sum += stored.length
      }
    }
    database.close()
    return sum
  }
}
