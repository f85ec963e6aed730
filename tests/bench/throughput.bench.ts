/**
 * G9: what the server takes from ten writers and hands to a reader, each in journals of their own,
 * beside two peers that keep and check nothing: Hocuspocus as it comes, and the server of y-websocket.
 * The same bytes go over bare sockets to all three, turn by turn. A round of ours ends when every
 * frame is acknowledged, the signed heads cover every record, and the reader has them; one of
 * Hocuspocus when frames are acknowledged and the reader has them; y-websocket acknowledges nothing.
 * Then our server is killed in the middle of a burst, and what was acknowledged is looked for.
 */
import * as Y from 'yjs'
import { createJournalDoc, journalTail } from '#domain/replica/journal.ts'
import { enrolDevice, headSeq, type TestDevice } from '#server/testing/test-device.ts'
import { setUpCompany, type TestServer } from '#server/testing/test-server.ts'
import { openBareServer } from './bare-server.ts'
import type { BenchRow } from './bench-row.ts'
import { median } from './median.ts'
import { processTimeMs } from './process-time.ts'
import { openRealServer, type RealServer } from './real-server.ts'
import { type SealedLoad, sealedLoad } from './sealed-load.ts'
import {
  clockAfter,
  type LineListener,
  openHocuspocusLine,
  openYWebsocketLine,
  type SyncLine,
} from './sync-line.ts'

const writerCount = 10
const recordsPerWriter = 200
const recordsPerRound = writerCount * recordsPerWriter
/** The first rounds of each shape warm the servers up. */
const roundsToWarm = 4
const rounds = 12
const limitWaitMs = 30_000

/** How a writer's records are cut into frames. */
const shapes = [
  { what: '10 records per frame, as posts of a tick', records: 10 },
  { what: 'a frame for each record', records: 1 },
  { what: 'a backlog in one frame', records: recordsPerWriter },
] as const

export async function durableThroughput(): Promise<BenchRow[]> {
  const real = await openRealServer()
  const [bare, peer] = await Promise.all([
    openBareServer('bare-hocuspocus.ts'),
    openBareServer('bare-y-websocket.ts'),
  ])
  try {
    const { devices, loads, reader } = await prepare(real)
    const journals = loads.map(({ journal }) => journal)
    const contestants = [
      await openOurs(real, devices, reader, journals),
      await openBare('hocuspocus', bare, journals, (listener) =>
        openHocuspocusLine(bare.url, 'none', listener),
      ),
      await openBare('y-websocket', peer, journals, (listener) =>
        Promise.resolve(openYWebsocketLine(peer.url, listener)),
      ),
    ]
    const rows: BenchRow[] = []
    for (const shape of shapes) rows.push(...(await measureShape(shape, loads, contestants)))
    for (const contestant of contestants) contestant.leave()
    rows.push(await survival(real, devices, loads))
    return rows
  } finally {
    await Promise.all([bare.kill(), peer.kill()])
    await real.remove()
  }
}

async function prepare({ url, folder }: RealServer) {
  const server = { url, folder, nowMs: () => Date.now() } as TestServer
  await setUpCompany(server)
  const devices: TestDevice[] = []
  for (let i = 0; i < writerCount; i++) devices.push(await enrolDevice(server))
  const reader = await enrolDevice(server)
  return { devices, reader, loads: devices.map((device, i) => sealedLoad(device, i + 1)) }
}

/** One server with its clients. */
interface Contestant {
  readonly name: string
  readonly pid: number
  /** Resolves when all is as the head of this file says. */
  send(framesByJournal: ReadonlyMap<string, Frames>): Promise<void>
  /** Between rounds, so that nobody is taken for gone. */
  stir(): void
  leave(): void
}

interface Frames {
  readonly updates: readonly Uint8Array[]
  readonly lastSeq: number
}

interface Measured {
  readonly perSecond: number[]
  cpuMs: number
}

async function measureShape(
  { what, records }: (typeof shapes)[number],
  loads: readonly SealedLoad[],
  contestants: readonly Contestant[],
): Promise<BenchRow[]> {
  const measured = new Map<Contestant, Measured>()
  for (const contestant of contestants) measured.set(contestant, { perSecond: [], cpuMs: 0 })
  for (let round = 0; round < rounds; round++) {
    const frames = await framesOf(loads, records)
    for (const contestant of contestants) contestant.stir()
    for (const [contestant, figures] of measured) {
      const cpuMs = processTimeMs(contestant.pid)
      const begun = performance.now()
      await contestant.send(frames)
      if (round < roundsToWarm) continue
      figures.perSecond.push(recordsPerRound / ((performance.now() - begun) / 1_000))
      figures.cpuMs += processTimeMs(contestant.pid) - cpuMs
    }
  }
  return rowsOf(what, [...measured.values()])
}

function rowsOf(what: string, measured: readonly Measured[]): BenchRow[] {
  const [ours, hocuspocus, yWebsocket] = measured.map(({ perSecond, cpuMs }) => ({
    perSecond: median(perSecond),
    cpuUs: (cpuMs * 1_000) / (recordsPerRound * (rounds - roundsToWarm)),
  }))
  if (ours === undefined || hocuspocus === undefined || yWebsocket === undefined) return []
  const rate = (beside: string, floor: number, target: string): BenchRow => ({
    ...{ goal: 'G9', what: `durable, guarded: ${what}; beside ${beside}`, unit: 'records/s' },
    ...{ floor, ours: ours.perSecond, ratio: ours.perSecond / floor, target },
  })
  return [
    rate('Hocuspocus', hocuspocus.perSecond, '≥ 0.8'),
    rate("y-websocket's server", yWebsocket.perSecond, '≥ 1'),
    {
      ...{ goal: 'G9', what: `server's processor time: ${what}; beside Hocuspocus`, target: '–' },
      ...{ unit: 'µs/record', floor: hocuspocus.cpuUs, ours: ours.cpuUs },
      ratio: ours.cpuUs / hocuspocus.cpuUs,
    },
  ]
}

async function framesOf(
  loads: readonly SealedLoad[],
  records: number,
): Promise<ReadonlyMap<string, Frames>> {
  const framesByJournal = new Map<string, Frames>()
  for (const load of loads) {
    const updates: Uint8Array[] = []
    for (let sent = 0; sent < recordsPerWriter; sent += records) {
      updates.push(await load.next(records))
    }
    framesByJournal.set(load.journal, { updates, lastSeq: load.lastSeq })
  }
  return framesByJournal
}

/** Counts what is still missing of a round. */
class Round {
  #resolve: () => void = () => undefined
  #acks = 0
  readonly #missing = new Map<string, number>()

  begin(framesByJournal: ReadonlyMap<string, Frames>, acksPerFrame: number): Promise<void> {
    for (const [journal, { updates, lastSeq }] of framesByJournal) {
      this.#acks += updates.length * acksPerFrame
      this.#missing.set(`read ${journal}`, lastSeq + 1)
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(this.#story())), limitWaitMs)
      this.#resolve = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** The round is over only when `what` has reached `clock`. */
  expect(what: string, clock: number): void {
    this.#missing.set(what, clock)
  }

  heardAck(): void {
    this.#acks -= 1
    this.#check()
  }

  heard(what: string, clock: number): void {
    const awaited = this.#missing.get(what)
    if (awaited === undefined || clock < awaited) return
    this.#missing.delete(what)
    this.#check()
  }

  #check(): void {
    if (this.#acks === 0 && this.#missing.size === 0) this.#resolve()
  }

  #story(): string {
    return `missing after ${limitWaitMs} ms: ${this.#acks} acks, ${[...this.#missing.keys()].join()}`
  }
}

async function openOurs(
  { url, pid }: RealServer,
  devices: readonly TestDevice[],
  reader: TestDevice,
  journals: readonly string[],
): Promise<Contestant> {
  const round = new Round()
  const address = `${url.replace('http', 'ws')}/sync`
  const heads = new Y.Doc()
  const headsName = reader.headsName()
  const writers = new Map<string, SyncLine>()
  for (const [i, journal] of journals.entries()) {
    const onAck = () => round.heardAck()
    const line = await openHocuspocusLine(address, devices[i]?.token ?? '', writerListener(onAck))
    // Each device watches what is durable.
    await Promise.all([line.follow(journal), line.follow(headsName)])
    writers.set(journal, line)
  }
  const readerLine = await openHocuspocusLine(address, reader.token, {
    ...writerListener(() => undefined),
    onUpdate(document, update) {
      if (document !== headsName) return round.heard(`read ${document}`, clockAfter(update))
      Y.applyUpdate(heads, update)
      for (const journal of journals) round.heard(`head ${journal}`, headSeq(heads, journal) + 1)
    },
  })
  await Promise.all([headsName, ...journals].map((document) => readerLine.follow(document)))
  return {
    ...{ name: 'ours', pid },
    send(framesByJournal) {
      const ended = round.begin(framesByJournal, 1)
      for (const [journal, { lastSeq }] of framesByJournal) {
        round.expect(`head ${journal}`, lastSeq + 1)
      }
      sendAll(writers, framesByJournal)
      return ended
    },
    stir: () => stirAll(journals, readerLine, writers),
    leave() {
      for (const line of [...writers.values(), readerLine]) line.leave()
    },
  }
}

async function openBare(
  name: 'hocuspocus' | 'y-websocket',
  { pid }: { readonly pid: number },
  journals: readonly string[],
  openLine: (listener: LineListener) => Promise<SyncLine>,
): Promise<Contestant> {
  const round = new Round()
  const writers = new Map<string, SyncLine>()
  for (const journal of journals) {
    const line = await openLine(writerListener(() => round.heardAck()))
    await line.follow(journal)
    writers.set(journal, line)
  }
  const readerLine = await openLine({
    ...writerListener(() => undefined),
    onUpdate: (document, update) => round.heard(`read ${document}`, clockAfter(update)),
  })
  await Promise.all(journals.map((journal) => readerLine.follow(journal)))
  return {
    ...{ name, pid },
    send(framesByJournal) {
      const ended = round.begin(framesByJournal, name === 'hocuspocus' ? 1 : 0)
      sendAll(writers, framesByJournal)
      return ended
    },
    stir: () => stirAll(journals, readerLine, writers),
    leave() {
      for (const line of [...writers.values(), readerLine]) line.leave()
    },
  }
}

function stirAll(
  journals: readonly string[],
  reader: SyncLine,
  writers: ReadonlyMap<string, SyncLine>,
): void {
  reader.stir(journals[0] ?? '')
  for (const [journal, line] of writers) line.stir(journal)
}

function writerListener(onAck: () => void): LineListener {
  return {
    onAck,
    onUpdate: () => undefined,
    onEnd(reason) {
      throw new Error(`a server ended a line: ${reason}`)
    },
  }
}

function sendAll(
  writers: ReadonlyMap<string, SyncLine>,
  framesByJournal: ReadonlyMap<string, Frames>,
): void {
  for (const [journal, line] of writers) {
    for (const update of framesByJournal.get(journal)?.updates ?? []) {
      line.send(journal, line.frameOf(journal, update))
    }
  }
}

/** Kills the server when half of a burst is acknowledged; what was must come from its disk. */
async function survival(
  real: RealServer,
  devices: readonly TestDevice[],
  loads: readonly SealedLoad[],
): Promise<BenchRow> {
  const { records } = shapes[0]
  const frames = await framesOf(loads, records)
  const ackedFrames = new Map<string, number>()
  let acks = 0
  let killing: Promise<void> | undefined
  const lines: [string, SyncLine][] = []
  for (const [i, { journal }] of loads.entries()) {
    const line = await openHocuspocusLine(
      `${real.url.replace('http', 'ws')}/sync`,
      devices[i]?.token ?? '',
      {
        onAck() {
          ackedFrames.set(journal, (ackedFrames.get(journal) ?? 0) + 1)
          acks += 1
          if (acks >= recordsPerRound / records / 2) killing ??= real.kill()
        },
        onUpdate: () => undefined,
        onEnd: () => undefined,
      },
    )
    await line.follow(journal)
    lines.push([journal, line])
  }
  sendAll(new Map(lines), frames)
  const deadline = performance.now() + limitWaitMs
  while (killing === undefined && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await killing
  for (const [, line] of lines) line.leave()
  await real.start()
  let [acked, survived] = [0, 0]
  for (const [i, { journal }] of loads.entries()) {
    const before = (frames.get(journal)?.lastSeq ?? 0) + 1 - recordsPerWriter
    const ofJournal = before + (ackedFrames.get(journal) ?? 0) * records
    acked += ofJournal
    survived += Math.min(ofJournal, await recordsLeft(devices[i], journal))
  }
  return {
    ...{ goal: 'G9', what: 'acknowledged records found after kill -9 in a burst, and restart' },
    ...{ floor: acked, ours: survived, unit: 'records', ratio: survived / acked, target: '≥ 1' },
  }
}

/** What a reader finds who has nothing of his own. */
async function recordsLeft(device: TestDevice | undefined, journal: string): Promise<number> {
  if (device === undefined) return 0
  const copy = device.open(journal, createJournalDoc())
  await copy.synced
  device.leave()
  return (journalTail(copy.doc)?.lastSeq ?? -1) + 1
}
