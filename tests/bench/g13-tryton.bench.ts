/**
 * G13: the same documents, posted one after another, by Tryton's ORM in its own process (Debian's packages over
 * PostgreSQL, without HTTP; tryton.py) and by an engine until the sync server has confirmed that they are durable.
 * And the stock of 100,000 movements, as Tryton's ORM answers it and as the ledger sums it from its columns. Tryton
 * keeps quantities of moves; ours are signed, checked, costed and merged besides.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { uuidv7 } from 'uuidv7'
import { type Device, openDevice } from '#client/headless/device.ts'
import { sumBalances } from '#domain/ledgers/stock/balance.ts'
import { owner, setUpCompany, type TestServer } from '#server/testing/test-server.ts'
import { freePort, isAlive } from '#tests/builders/spawned-server.ts'
import { benchLedger } from './bench-ledger.ts'
import type { BenchRow } from './bench-row.ts'
import { median } from './median.ts'
import { openRealServer } from './real-server.ts'

const python = '/usr/bin/python3'
const program = '/usr/bin/trytond-admin'
const products = 500
const linesPerDocument = 5
const warmUp = 10
const rounds = 100
const movements = 100_000
const balanceRounds = 15

export async function besideTryton(): Promise<BenchRow[]> {
  if (!existsSync(program)) return []
  const tryton = await openTryton()
  try {
    return [...(await posting(tryton)), await balances(tryton)]
  } finally {
    await tryton.close()
  }
}

async function posting(tryton: Tryton): Promise<BenchRow[]> {
  const real = await openRealServer()
  try {
    const server = { ...{ url: real.url, folder: real.folder }, nowMs: () => Date.now() }
    await setUpCompany(server as TestServer)
    const shop = await openShop(real.url)
    const theirs: number[] = []
    const ours: number[] = []
    const whole: number[] = []
    for (let round = 0; round < warmUp + rounds; round++) {
      theirs.push(Number((await tryton.ask(`post ${linesPerDocument}`))['ms']))
      ours.push(await shop.post(round))
      whole.push(await shop.postWhole(round))
    }
    await shop.device.close()
    const rowOfPosts = (what: string, posts: readonly number[], target: string) =>
      rowOf(what, { theirs: theirs.slice(warmUp), ours: posts.slice(warmUp), target })
    return [
      rowOfPosts('post a document of 5 lines until it is durable', ours, '≥ 10'),
      rowOfPosts('the same without a shared draft before it, as an import posts', whole, '–'),
    ]
  } finally {
    await real.remove()
  }
}

async function balances(tryton: Tryton): Promise<BenchRow> {
  const { moves } = await tryton.ask(`fill ${movements}`)
  const ledger = benchLedger({ movements, branches: 1, skus: products })
  const theirs: number[] = []
  const ours: number[] = []
  for (let round = 0; round < balanceRounds; round++) {
    theirs.push(Number((await tryton.ask('balances'))['ms']))
    const begun = performance.now()
    sumBalances(ledger)
    ours.push(performance.now() - begun)
  }
  const what = `stock of ${products} products from ${movements} movements (theirs ${String(moves)}), ours in memory`
  return rowOf(what, { theirs, ours, target: '≥ 20' })
}

/** How many times faster ours is. */
function rowOf(
  what: string,
  figures: {
    readonly theirs: readonly number[]
    readonly ours: readonly number[]
    readonly target: string
  },
): BenchRow {
  const [floor, ours] = [median(figures.theirs), median(figures.ours)]
  const said = `${what}: Tryton's ORM over PostgreSQL, and ours, times faster`
  return {
    goal: 'G13',
    what: said,
    floor,
    ours,
    unit: 'ms',
    ratio: floor / ours,
    target: figures.target,
  }
}

/** A device of a new company with goods in stock. */
async function openShop(url: string) {
  const { login, password } = owner
  const opened = await openDevice({ url, login, password, deviceName: 'bench' })
  if (!opened.ok) throw new Error(`no engine: ${JSON.stringify(opened.problem)}`)
  const device = opened.value
  const warehouseId = uuidv7()
  const skus = Array.from({ length: products }, () => uuidv7())
  const { branchId } = await device.session()
  await mustAct(device, 'changeMasters', {
    changes: [
      { entity: 'warehouse', id: warehouseId, fields: { name: '仓库', branchId: branchId ?? '' } },
    ],
  })
  for (let from = 0; from < products; from += 100) {
    const part = skus.slice(from, from + 100)
    await mustAct(device, 'changeMasters', { changes: part.flatMap(goodsOf) })
    await post(device, 'opening-stock', warehouseId, part, 1_000_000)
  }
  const chosenIn = (round: number) =>
    Array.from({ length: linesPerDocument }, (_, line) => {
      return skus[(round * linesPerDocument + line) % products] as string
    })
  const passedMs = async (act: () => Promise<void>) => {
    const begun = performance.now()
    await act()
    return performance.now() - begun
  }
  return {
    device,
    /** Milliseconds until the server has it. */
    post: (round: number) =>
      passedMs(() => post(device, 'write-off', warehouseId, chosenIn(round), 1)),
    /** The same of a document that comes whole with the act. */
    postWhole: (round: number) =>
      passedMs(async () => {
        const lines = chosenIn(round).map((skuId) => {
          return { lineId: uuidv7(), skuId, quantity: 10_000 }
        })
        const header = { warehouseId, reason: 'damaged' }
        await mustAct(device, 'postDraft', { docId: uuidv7(), type: 'write-off', header, lines })
        await allDurable(device)
      }),
  }
}

function goodsOf(sku: string, index: number) {
  const product = uuidv7()
  const code = `P${index}-${sku.slice(-6)}`
  return [
    { entity: 'product' as const, id: product, fields: { name: `商品 ${code}`, code } },
    {
      entity: 'sku' as const,
      id: sku,
      fields: { productId: product, code, baseUnit: '件', retailPrice: 3_500_000 },
    },
  ]
}

async function post(
  device: Device,
  type: 'opening-stock' | 'write-off',
  warehouseId: string,
  skus: readonly string[],
  units: number,
): Promise<void> {
  const docId = uuidv7()
  const isOpening = type === 'opening-stock'
  const header = { warehouseId, ...(isOpening ? {} : { reason: 'damaged' }) }
  const lines = skus.map((skuId) => ({
    lineId: uuidv7(),
    fields: { skuId, quantity: units * 10_000, ...(isOpening ? { price: 2_000_000 } : {}) },
  }))
  await mustAct(device, 'editDraft', { docId, type, header, lines })
  await mustAct(device, 'post', { docId })
  await allDurable(device)
}

async function allDurable(device: Device): Promise<void> {
  for (;;) {
    const { documentsWaiting, recordsWaiting } = await device.engine.read('status', {})
    if (documentsWaiting === 0 && recordsWaiting === 0) return
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

async function mustAct<Name extends Parameters<Device['act']>[0]>(
  device: Device,
  name: Name,
  args: Parameters<Device['act']>[1],
): Promise<void> {
  const done = await device.act(name, args as never)
  if (!(done as { readonly ok: boolean }).ok) throw new Error(JSON.stringify(done))
}

interface Tryton {
  ask(order: string): Promise<Readonly<Record<string, unknown>>>
  close(): Promise<void>
}

async function openTryton(): Promise<Tryton> {
  const folder = await mkdtemp(join(tmpdir(), 'liancang-tryton-'))
  const script = join(import.meta.dirname, 'tryton.py')
  const child = spawn(python, ['-W', 'ignore', script, folder, String(await freePort())], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  async function next(): Promise<Readonly<Record<string, unknown>>> {
    const { value, done } = await answers.next()
    if (done === true) throw new Error('Tryton ended')
    return JSON.parse(value)
  }
  await next()
  return {
    ask(order) {
      child.stdin.write(`${order}\n`)
      return next()
    },
    async close() {
      // It stops its database before it goes.
      child.stdin.end('end\n')
      if (isAlive(child)) await once(child, 'exit')
      await rm(folder, { recursive: true, force: true })
    },
  }
}
