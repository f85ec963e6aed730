/**
 * A new device: from its enrolment to the right figures of 100,000 records, through the real server and the
 * engine with a store in memory, beside y-websocket bringing the same bytes into Yjs documents and nothing
 * more. Ours checks the chain and the hash of every record, keeps it, folds it and answers.
 */
import * as Y from 'yjs'
import { openFold } from '#domain/fold/fold.ts'
import { decodeRecord } from '#domain/records/record-bytes.ts'
import { createJournalDoc, readEntries } from '#domain/replica/journal.ts'
import { openDevice } from '#client/headless/device.ts'
import { enrolDevice, type TestDevice } from '#server/testing/test-device.ts'
import { owner, setUpCompany, type TestServer } from '#server/testing/test-server.ts'
import { openBareServer } from './bare-server.ts'
import type { BenchRow } from './bench-row.ts'
import { median } from './median.ts'
import { openRealServer, type RealServer } from './real-server.ts'
import { type SealedLoad, sealedLoad } from './sealed-load.ts'
import { openHocuspocusLine, openYWebsocketLine, type SyncLine } from './sync-line.ts'

const records = Number(process.env['BENCH_RECORDS'] ?? 100_000)
const writerCount = 20
const recordsPerUpdate = 50
/** Updates on the way to the server at once. */
const limitUnderway = 20
const rounds = 3

interface Writer {
  readonly device: TestDevice
  readonly load: SealedLoad
  readonly updates: Uint8Array[]
}

export async function newDevice(): Promise<BenchRow[]> {
  const real = await openRealServer()
  const peer = await openBareServer('bare-y-websocket.ts')
  try {
    const writers = await prepare(real)
    const expected = agreementOf(writers)
    for (const writer of writers) await sendTo(real, writer)
    await fillPeer(peer.url, writers)
    const [ours, theirs, cpus] = [[] as number[], [] as number[], [] as number[]]
    for (let round = 0; round < rounds; round++) {
      theirs.push(await timed(() => copyFromPeer(peer.url, writers)))
      const before = process.cpuUsage()
      ours.push(await timed(() => firstSync(real, expected)))
      cpus.push((process.cpuUsage(before).user + process.cpuUsage(before).system) / 1_000)
    }
    const [floor, own] = [median(theirs), median(ours)]
    const cpu = `${((median(cpus) * 1_000) / records).toFixed(0)} µs of processor time per record`
    const what = `new device: ${records} records to checked, kept, folded and answered, ${cpu}; beside y-websocket's copy`
    return [{ goal: 'G10', what, floor, ours: own, unit: 'ms', ratio: own / floor, target: '≤ 2' }]
  } finally {
    await peer.kill()
    await real.remove()
  }
}

async function timed(act: () => Promise<void>): Promise<number> {
  globalThis.gc?.()
  const begun = performance.now()
  await act()
  return performance.now() - begun
}

async function prepare({ url, folder }: RealServer): Promise<Writer[]> {
  const server = { url, folder, nowMs: () => Date.now() } as TestServer
  await setUpCompany(server)
  const writers: Writer[] = []
  for (let i = 0; i < writerCount; i++) {
    const device = await enrolDevice(server)
    const load = sealedLoad(device, i + 1)
    const updates: Uint8Array[] = []
    while (updates.length * recordsPerUpdate < records / writerCount) {
      updates.push(await load.next(recordsPerUpdate))
    }
    writers.push({ device, load, updates })
  }
  return writers
}

/** What the fold makes of the records themselves. */
function agreementOf(writers: readonly Writer[]): string {
  const fold = openFold()
  for (const { load, updates } of writers) {
    const doc = copyOf(updates)
    const entries = readEntries(doc, 0).map(({ bytes }) => {
      const decoded = decodeRecord(bytes)
      if (!decoded.ok) throw new Error(decoded.problem.code)
      return { journal: load.journal, ...decoded.value }
    })
    fold.apply(entries)
  }
  return fold.agreementCode('goods', writers[0]?.device.branch ?? '')
}

function copyOf(updates: readonly Uint8Array[]): Y.Doc {
  const doc = createJournalDoc()
  Y.transact(doc, () => {
    for (const update of updates) Y.applyUpdate(doc, update)
  })
  return doc
}

async function sendTo({ url }: RealServer, { device, load, updates }: Writer): Promise<void> {
  let underway = 0
  let goOn = () => {}
  const line = await openHocuspocusLine(`${url.replace('http', 'ws')}/sync`, device.token, {
    onAck: () => {
      underway -= 1
      goOn()
    },
    onUpdate: () => {},
    onEnd: (reason) => {
      throw new Error(reason)
    },
  })
  await line.follow(load.journal)
  underway = 0
  const until = (limit: number) =>
    new Promise<void>((resolve) => {
      goOn = () => {
        if (underway <= limit) resolve()
      }
      goOn()
    })
  for (const update of updates) {
    underway += 1
    line.send(load.journal, line.frameOf(load.journal, update))
    await until(limitUnderway)
  }
  await until(0)
  line.leave()
}

async function fillPeer(url: string, writers: readonly Writer[]): Promise<void> {
  for (const { load, updates } of writers) {
    const line = openYWebsocketLine(url, quiet())
    await line.follow(load.journal)
    line.send(load.journal, line.frameOf(load.journal, Y.encodeStateAsUpdate(copyOf(updates))))
    await arrived(url, load)
    line.leave()
  }
}

async function arrived(url: string, load: SealedLoad): Promise<void> {
  for (;;) {
    const [doc] = await copies(url, [load])
    if (doc !== undefined && readEntries(doc, 0).length > load.lastSeq) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function copyFromPeer(url: string, writers: readonly Writer[]): Promise<void> {
  const docs = await copies(
    url,
    writers.map(({ load }) => load),
  )
  const found = docs.reduce((sum, doc) => sum + readEntries(doc, 0).length, 0)
  if (found < records) throw new Error(`${found} records came from the peer`)
}

/** As a client of y-websocket does: a socket for each document, what comes is applied. */
async function copies(url: string, loads: readonly SealedLoad[]): Promise<Y.Doc[]> {
  const docByName = new Map(loads.map(({ journal }) => [journal, createJournalDoc()]))
  const line: SyncLine = openYWebsocketLine(url, {
    ...quiet(),
    onUpdate: (name, update) => {
      const doc = docByName.get(name)
      if (doc !== undefined) Y.applyUpdate(doc, update)
    },
  })
  await Promise.all(loads.map(({ journal }) => line.follow(journal)))
  line.leave()
  return [...docByName.values()]
}

async function firstSync({ url }: RealServer, expected: string): Promise<void> {
  const { login, password } = owner
  const opened = await openDevice({ url, login, password, deviceName: 'New' })
  if (!opened.ok) throw new Error(JSON.stringify(opened.problem))
  const { engine, close } = opened.value
  const code = await engine.read('agreement', {})
  await close()
  if (code !== expected) throw new Error(`agreement code ${code}, not ${expected}`)
}

function quiet() {
  return { onAck: () => {}, onUpdate: () => {}, onEnd: () => {} }
}
