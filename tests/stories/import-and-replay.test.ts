/**
 * The two command lines against a real server: a slice of a real history with figures worked out here in
 * plain maps, and files with good and bad rows. `REPLAY_FULL=1` replays all of it.
 */
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type Device, openDevice } from '#client/headless/device.ts'
import type { NamedFile } from '#client/headless/import-file.ts'
import { differencesFrom, readKnownTotals } from '#client/headless/known-totals.ts'
import { type Replayed, replay } from '#client/headless/replay.ts'
import { type StockRunRow, stockRun, stockRunDigest } from '#client/headless/stock-run.ts'
import { owner, type TestServer } from '#server/testing/test-server.ts'
import { openWorld } from '#server/testing/world.ts'
import { eventually } from '#tests/builders/eventually.ts'
import { type KnownHistory, knownHistory } from '#tests/builders/known-history.ts'
import { sharedData } from '#tests/builders/shared-data.ts'

const world = openWorld()
const slice = 2_000
const root = join(import.meta.dirname, '../..')
const history = sharedData('uci_online_retail/online_retail.csv.gz')
const openingStock = sharedData('uci_online_retail/opening_stock.csv')
const answers = sharedData('uci_online_retail/expected.json')

async function device(server: TestServer): Promise<Device> {
  const { login, password } = owner
  const opened = await openDevice({ url: server.url, login, password, deviceName: 'Test' })
  if (!opened.ok) throw new Error(JSON.stringify(opened.problem))
  world.later(() => opened.value.close())
  return opened.value
}

function fileOf(name: string, text: string): NamedFile {
  return { name, bytes: new TextEncoder().encode(text) }
}

async function replayed(on: Device, history: NamedFile, opening: NamedFile): Promise<Replayed> {
  const result = await replay(on, { history, opening })
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  expect([result.value.unreadable, result.value.openingLeftOut]).toEqual([[], []])
  return result.value
}

/** The first lines of the real history where it is there; of an invented one elsewhere. */
async function sliceOfHistory(): Promise<KnownHistory> {
  if (history === undefined) return knownHistory(undefined, slice)
  return knownHistory(gunzipSync(await readFile(history)).toString('utf8'), slice)
}

describe('replay', () => {
  it('[HDL1] [HDL3] [HDL4] [HDL5] a slice of history gives the known figures on two devices', async () => {
    const server = await world.server()
    const first = await device(server)
    const { csv, opening, known } = await sliceOfHistory()
    const result = await replayed(first, fileOf('h.csv', csv), fileOf('o.csv', opening))
    const run = await stockRun(first)
    expect(differencesFrom(readKnownTotals(known), result.lines, run)).toEqual([])
    const second = await device(server)
    expect(stockRunDigest(await stockRun(second))).toBe(stockRunDigest(run))
    expect(await first.engine.read('status', {})).toMatchObject({
      documentsWaiting: 0,
      recordsWaiting: 0,
      journalsBehind: 0,
    })
    const [one, other] = await Promise.all(
      [first, second].map(({ engine }) => engine.read('agreement', {})),
    )
    expect(one).toMatch(/^[0-9A-Z]{4}$/)
    expect(other).toBe(one)
    const { rows } = await first.engine.read('documents', { offset: 0, limit: 1 })
    expect(rows.map(({ state, at }) => [state, at])).toEqual([['synced', result.lines.at(-1)?.at]])
    const less = run.map((row): StockRunRow => ({ ...row, closing: row.closing - 10_000 }))
    const found = differencesFrom(readKnownTotals(known), result.lines.slice(1), less)
    expect(found.map(({ where }) => where)).toEqual(
      expect.arrayContaining(['rows', 'stock closing', 'stock SHA-256']),
    )
  })

  it('[HDL6] stops at a document that is refused, and names it', async () => {
    const on = await device(await world.server())
    const csv = `${header}\n7,10001,Cup,1,2099-01-01 10:00:00,1.5,,UK\n`
    const result = await replay(on, { history: fileOf('future.csv', csv) })
    expect(result).toMatchObject({
      ok: false,
      problem: [{ code: 'dated-in-future', facts: { type: 'shipment', note: '7' } }],
    })
  })
})

const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country'

describe('import', () => {
  it('[HDL2] says every problem with its row, and writes nothing or the good rows', async () => {
    const server = await world.server()
    const { engine } = await device(server)
    const codes = async () =>
      (await engine.read('products', { offset: 0, limit: 10 })).rows.map((row) => row.code)
    const file = join(server.folder, 'goods.csv')
    await writeFile(file, '编码,名称,单位,零售价\nK1,可乐,瓶,3.5\nK2,雪碧,瓶,abc\n')
    const [dry, strict] = await Promise.all([
      commandLine(server, [file, '--dry-run', '--accept-good-rows']),
      commandLine(server, [file]),
    ])
    expect(dry.text).toMatch(/第 3 行［零售价］“abc”：这里要填数字/)
    expect([dry.code, strict.code, await codes()]).toEqual([1, 1, []])
    const good = await commandLine(server, [file, '--accept-good-rows'])
    expect(good.code).toBe(0)
    await eventually(async () => expect(await codes()).toEqual(['K1']))
  }, 60_000)
})

/** Runs the command itself, as a shell would. */
function commandLine(
  { url }: TestServer,
  args: readonly string[],
): Promise<{ readonly code: number; readonly text: string }> {
  const { login, password } = owner
  const all = ['scripts/import.ts', ...args, '--url', url, '--login', login, '--password', password]
  return new Promise((resolve) => {
    execFile(process.execPath, all, { cwd: root }, (error, out, err) => {
      const code = error === null ? 0 : Number(error.code)
      resolve({ code, text: `${out}${err}` })
    })
  })
}

const isWanted = process.env['REPLAY_FULL'] === '1' && history !== undefined

describe.skipIf(!isWanted)('541,909 real lines', () => {
  it('[HDL3] [HDL4] give the known closing stock on two devices', {
    timeout: 1_800_000,
  }, async () => {
    const server = await world.server()
    const first = await device(server)
    const lines = new Uint8Array(gunzipSync(await readFile(history ?? '')))
    const opening = new Uint8Array(await readFile(openingStock ?? ''))
    const result = await replayed(
      first,
      { name: 'online_retail.csv', bytes: lines },
      { name: 'opening_stock.csv', bytes: opening },
    )
    const run = await stockRun(first)
    const known = readKnownTotals(await readFile(answers ?? '', 'utf8'))
    expect(differencesFrom(known, result.lines, run)).toEqual([])
    const startMs = performance.now()
    const second = await device(server)
    const firstSyncMs = performance.now() - startMs
    expect(stockRunDigest(await stockRun(second))).toBe(known.stock_run?.sha256_of_lines)
    const { documents, postedMs, syncedMs } = result
    console.info({ documents, postedMs, syncedMs, firstSyncMs })
  })
})
