/**
 * G10 and the first sync: how fast much that is missing gets from one device through the server to
 * another, beside y-websocket's server with the same bytes in the same run. Offline posts go up in
 * pieces as the outbox sends them, and are checked and durable when the round ends; y-websocket's
 * client sends its whole difference at once, to a server that keeps nothing.
 */
import * as Y from 'yjs'
import { openDevice } from '#client/headless/device.ts'
import { createJournalDoc, journalPieces, journalTail } from '#domain/replica/journal.ts'
import { enrolDevice, headSeq, type TestDevice } from '#server/testing/test-device.ts'
import { owner, setUpCompany, type TestServer } from '#server/testing/test-server.ts'
import { type BareServer, openBareServer } from './bare-server.ts'
import type { BenchRow } from './bench-row.ts'
import { median } from './median.ts'
import { openRealServer } from './real-server.ts'
import { sealedLoad } from './sealed-load.ts'
import {
  type LineListener,
  openHocuspocusLine,
  openYWebsocketLine,
  type SyncLine,
} from './sync-line.ts'

const offlineDocuments = 2_000
const offlineRounds = 5
const feedingDevices = 20
const recordsPerFeeder = 5_000
const firstSyncRounds = 3
/** As much as the outbox lets go before the heads confirm it. */
const limitPiece = 262_144

const silent: LineListener = {
  onAck: () => undefined,
  onUpdate: () => undefined,
  onEnd: () => undefined,
}

export async function reconnectWithOfflinePosts(): Promise<BenchRow[]> {
  return withServers(async (server, peer) => {
    const [author, reader] = [await enrolDevice(server), await enrolDevice(server)]
    const load = sealedLoad(author, 1)
    const { journal } = load
    const doc = createJournalDoc()
    const ours: number[] = []
    const theirs: number[] = []
    for (let round = 0; round < offlineRounds; round++) {
      const before = Y.encodeStateVector(doc)
      const fromSeq = load.lastSeq + 1
      for (let post = 0; post < offlineDocuments; post++) {
        Y.applyUpdate(doc, await load.next(1))
      }
      const sent = { doc, journal, before, fromSeq, lastSeq: load.lastSeq }
      theirs.push(await theirReconnect(peer, sent))
      ours.push(await ourReconnect(server, author, reader, sent))
    }
    const what = `reconnect: ${offlineDocuments} offline documents (${offlineDocuments * 5} movements) until another device has them; ours checked, durable and in heads; beside y-websocket`
    return [rowOf('G10', what, { theirs: theirs.slice(1), ours: ours.slice(1), target: '≤ 1' })]
  })
}

export async function firstSync(): Promise<BenchRow[]> {
  return withServers(async (server, peer) => {
    const journals = await feed(server, peer)
    const reader = await enrolDevice(server)
    const ours: number[] = []
    const theirs: number[] = []
    for (let round = 0; round < firstSyncRounds; round++) {
      theirs.push(await theirFirstSync(peer, journals))
      ours.push(await ourFirstSync(server, reader, journals))
    }
    const records = feedingDevices * recordsPerFeeder
    const what = `new device: ${records} records in ${feedingDevices} journals`
    const bytes = { theirs, ours, target: '≤ 2' }
    const wire = rowOf('new', `${what}, all bytes in documents; beside y-websocket`, bytes)
    const engineMs = await engineSync(server)
    const stock = rowOf(
      'new',
      `${what}, an engine without a screen enrolled and its stock folded; beside y-websocket`,
      {
        ...{ theirs, ours: [engineMs], target: '≤ 2' },
      },
    )
    return [wire, stock]
  })
}

async function withServers(
  measure: (server: TestServer, peer: BareServer) => Promise<BenchRow[]>,
): Promise<BenchRow[]> {
  const real = await openRealServer()
  const peer = await openBareServer('bare-y-websocket.ts')
  try {
    const { url, folder } = real
    const server = { url, folder, nowMs: () => Date.now() } as TestServer
    await setUpCompany(server)
    return await measure(server, peer)
  } finally {
    await peer.kill()
    await real.remove()
  }
}

/** What a device wrote while it was away. */
interface Offline {
  readonly doc: Y.Doc
  readonly journal: string
  /** State vector of what the servers have already. */
  readonly before: Uint8Array
  readonly fromSeq: number
  readonly lastSeq: number
}

async function ourReconnect(
  server: TestServer,
  author: TestDevice,
  reader: TestDevice,
  { doc, journal, fromSeq, lastSeq }: Offline,
): Promise<number> {
  const heads = new Y.Doc()
  const readers = await openReader(server, reader, [journal, reader.headsName()], heads)
  const begun = performance.now()
  const line = await openHocuspocusLine(syncUrl(server), author.token, silent)
  await line.follow(journal)
  for (const piece of journalPieces(doc, fromSeq, limitPiece)) {
    line.send(journal, line.frameOf(journal, piece))
  }
  await readers.until(() => {
    const isRead = journalTail(readers.docOf(journal))?.lastSeq === lastSeq
    return isRead && headSeq(heads, journal) === lastSeq
  })
  const spent = performance.now() - begun
  line.leave()
  readers.leave()
  return spent
}

async function theirReconnect(
  peer: BareServer,
  { doc, journal, before, lastSeq }: Offline,
): Promise<number> {
  const readers = openDocs((listener) => Promise.resolve(openYWebsocketLine(peer.url, listener)))
  await (await readers.line).follow(journal)
  const begun = performance.now()
  const line = openYWebsocketLine(peer.url, silent)
  await line.follow(journal)
  line.send(journal, line.frameOf(journal, Y.encodeStateAsUpdate(doc, before)))
  await readers.until(() => journalTail(readers.docOf(journal))?.lastSeq === lastSeq)
  const spent = performance.now() - begun
  line.leave()
  readers.leave()
  return spent
}

/** Both servers get the same journals; those of ours pass the guard. */
async function feed(server: TestServer, peer: BareServer): Promise<readonly string[]> {
  const journals: string[] = []
  for (let feeder = 0; feeder < feedingDevices; feeder++) {
    const device = await enrolDevice(server)
    const load = sealedLoad(device, feeder + 1)
    let acks = 0
    let heard: () => void = () => undefined
    const line = await openHocuspocusLine(syncUrl(server), device.token, {
      ...silent,
      onAck() {
        acks += 1
        heard()
      },
    })
    const twin = openYWebsocketLine(peer.url, silent)
    await Promise.all([line.follow(load.journal), twin.follow(load.journal)])
    const commits = recordsPerFeeder / 100
    for (let commit = 0; commit < commits; commit++) {
      const update = await load.next(100)
      line.send(load.journal, line.frameOf(load.journal, update))
      twin.send(load.journal, twin.frameOf(load.journal, update))
    }
    while (acks < commits) await new Promise<void>((resolve) => void (heard = resolve))
    line.leave()
    twin.leave()
    journals.push(load.journal)
  }
  return journals
}

async function ourFirstSync(
  server: TestServer,
  reader: TestDevice,
  journals: readonly string[],
): Promise<number> {
  const begun = performance.now()
  const readers = await openReader(server, reader, journals, new Y.Doc())
  const spent = performance.now() - begun
  expectAll(readers, journals)
  readers.leave()
  return spent
}

async function theirFirstSync(peer: BareServer, journals: readonly string[]): Promise<number> {
  const begun = performance.now()
  const readers = openDocs((listener) => Promise.resolve(openYWebsocketLine(peer.url, listener)))
  const line = await readers.line
  await Promise.all(journals.map((journal) => line.follow(journal)))
  const spent = performance.now() - begun
  expectAll(readers, journals)
  readers.leave()
  return spent
}

/** From nothing to stock that agrees with everything the server has. */
async function engineSync(server: TestServer): Promise<number> {
  const begun = performance.now()
  const wish = { url: server.url, login: owner.login, password: owner.password }
  const opened = await openDevice({ ...wish, deviceName: 'bench' })
  if (!opened.ok) throw new Error(`no engine: ${JSON.stringify(opened.problem)}`)
  const spent = performance.now() - begun
  await opened.value.close()
  return spent
}

interface Readers {
  readonly line: Promise<SyncLine>
  docOf(document: string): Y.Doc
  /** Resolves when it holds after some update. */
  until(holds: () => boolean): Promise<void>
  leave(): void
}

/** Documents that take whatever comes. */
function openDocs(openLine: (listener: LineListener) => Promise<SyncLine>): Readers {
  const docs = new Map<string, Y.Doc>()
  let check: () => void = () => undefined
  const docOf = (document: string): Y.Doc => {
    const doc = docs.get(document) ?? createJournalDoc()
    docs.set(document, doc)
    return doc
  }
  const line = openLine({
    ...silent,
    onUpdate(document, update) {
      Y.applyUpdate(docOf(document), update)
      check()
    },
  })
  return {
    line,
    docOf,
    until: (holds) =>
      new Promise((resolve) => {
        check = () => {
          if (holds()) resolve()
        }
        check()
      }),
    leave: () => void line.then((opened) => opened.leave()),
  }
}

async function openReader(
  server: TestServer,
  reader: TestDevice,
  documents: readonly string[],
  heads: Y.Doc,
): Promise<Readers> {
  const headsName = reader.headsName()
  const readers = openDocs((listener) =>
    openHocuspocusLine(syncUrl(server), reader.token, {
      ...listener,
      onUpdate(document, update) {
        if (document === headsName) Y.applyUpdate(heads, update)
        listener.onUpdate(document, document === headsName ? nothing : update)
      },
    }),
  )
  const line = await readers.line
  await Promise.all(documents.map((document) => line.follow(document)))
  return readers
}

/** An update without content. */
const nothing = new Uint8Array([0, 0])

function expectAll(readers: Readers, journals: readonly string[]): void {
  for (const journal of journals) {
    const lastSeq = journalTail(readers.docOf(journal))?.lastSeq
    if (lastSeq !== recordsPerFeeder - 1) throw new Error(`${journal} ends at ${lastSeq}`)
  }
}

function syncUrl({ url }: TestServer): string {
  return `${url.replace('http', 'ws')}/sync`
}

function rowOf(
  goal: string,
  what: string,
  { theirs, ours, target }: Record<'theirs' | 'ours', readonly number[]> & { target: string },
): BenchRow {
  const [floor, own] = [median(theirs), median(ours)]
  return { goal, what, floor, ours: own, unit: 'ms', ratio: own / floor, target }
}
