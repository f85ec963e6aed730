/**
 * G9: how many records the server takes durably in a burst, checked, committed to disk and covered by
 * heads, beside a bare Hocuspocus that keeps nothing, given the same bytes through the same providers;
 * and what is left of the acknowledged ones after the server was killed.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import * as Y from 'yjs'
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { makeStaging } from '#client/engine/staging.ts'
import { exampleMs, examplePosting, exampleUuid } from '#domain/records/record.examples.ts'
import {
  type RecordDraft,
  type SealedJournal,
  type ShardTail,
  sealCommit,
} from '#domain/records/seal-commit.ts'
import { createJournalDoc, journalTail } from '#domain/replica/journal.ts'
import { hlc } from '#domain/values/hybrid-clock.ts'
import { asId, type RecordId } from '#domain/values/ids.ts'
import { instant } from '#domain/values/instant.ts'
import { enrolDevice, type TestDevice } from '#server/testing/test-device.ts'
import { setUpCompany, type TestServer } from '#server/testing/test-server.ts'
import type { BenchRow } from './bench-row.ts'
import { median } from './median.ts'
import { killed, openRealServer, type RealServer } from './real-server.ts'

const deviceCount = 10
const updatesPerBurst = 20
const recordsPerUpdate = 10
const linesPerRecord = 5
const rounds = 5
const recordsPerBurst = deviceCount * updatesPerBurst * recordsPerUpdate
const limitWaitMs = 60_000

/** What one device sends in one burst: updates as its engine would make them. */
interface Burst {
  readonly updates: readonly Uint8Array[]
  readonly lastSeq: number
}

interface Sender {
  /** Sends a burst, a frame for each update or one for all; resolves when all of it is acked. */
  send(burst: Burst, isOneFrame: boolean): Promise<void>
  leave(): void
}

export async function durableThroughput(): Promise<BenchRow[]> {
  const real = await openRealServer()
  const bare = await openBareServer()
  try {
    const { devices, bursts } = await prepare(real)
    const ours = await Promise.all(
      devices.map(({ device, journal }) => realSender(device, journal)),
    )
    const theirs = await Promise.all(devices.map(({ journal }) => bareSender(bare.url, journal)))
    const frames = { ours: [] as number[], theirs: [] as number[] }
    const backlog = { ours: [] as number[], theirs: [] as number[] }
    for (const [round, ofDevices] of bursts.entries()) {
      const { ours: own, theirs: others } = round % 2 === 0 ? frames : backlog
      others.push(await recordsPerSecond(theirs, ofDevices, round % 2 === 1))
      own.push(await recordsPerSecond(ours, ofDevices, round % 2 === 1))
    }
    await real.kill()
    for (const sender of [...ours, ...theirs]) sender.leave()
    await real.start()
    const survived = await recordsLeft(devices)
    const sent = bursts.length * recordsPerBurst
    return [
      throughputRow(`burst of ${recordsPerUpdate} records per update, 10 devices`, frames),
      throughputRow('the same records as one backlog per device', backlog),
      {
        goal: 'G9',
        what: 'acknowledged records found after kill -9 and restart',
        floor: sent,
        ours: survived,
        unit: 'records',
        ratio: survived / sent,
        target: '≥ 1',
      },
    ]
  } finally {
    await bare.kill()
    await real.remove()
  }
}

function throughputRow(what: string, rates: { ours: number[]; theirs: number[] }): BenchRow {
  // The first burst of each warms both servers up.
  const [floor, ours] = [median(rates.theirs.slice(1)), median(rates.ours.slice(1))]
  const row = { goal: 'G9', unit: 'records/s', target: '≥ 0.8' }
  return { ...row, what: `durable, guarded: ${what}`, floor, ours, ratio: ours / floor }
}

async function recordsPerSecond(
  senders: readonly Sender[],
  bursts: readonly Burst[],
  isOneFrame: boolean,
): Promise<number> {
  globalThis.gc?.()
  const begun = performance.now()
  await Promise.all(
    senders.map((sender, i) => sender.send(bursts[i] ?? { updates: [], lastSeq: -1 }, isOneFrame)),
  )
  return recordsPerBurst / ((performance.now() - begun) / 1_000)
}

interface Prepared {
  readonly device: TestDevice
  readonly journal: string
}

/** Enrols devices and seals everything they will send: signing is no part of the measurement. */
async function prepare({ url, folder }: RealServer) {
  const server = { url, folder, nowMs: () => Date.now() } as TestServer
  await setUpCompany(server)
  const devices: Prepared[] = []
  const bursts: Burst[][] = Array.from({ length: rounds * 2 }, () => [])
  for (let i = 0; i < deviceCount; i++) {
    const device = await enrolDevice(server)
    const staging = makeStaging({ uuid: () => '', bits: () => 1_000 + i })
    const next = commitsOf(device, i * 100_000)
    let journal = ''
    for (const burst of bursts) {
      const updates: Uint8Array[] = []
      let lastSeq = -1
      for (let update = 0; update < updatesPerBurst; update++) {
        const sealed = await next()
        journal = sealed.journal
        lastSeq = sealed.tail.seq
        updates.push(staging.append(journal, sealed.entries))
      }
      burst.push({ updates, lastSeq })
    }
    devices.push({ device, journal })
  }
  return { devices, bursts }
}

/** Real commits of a device: shipments, chained, the last record of each signed. */
function commitsOf(device: TestDevice, firstNumber: number): () => Promise<SealedJournal> {
  const { organizationId: org, device: id, user } = device.enrolled
  let tail: ShardTail | undefined
  let number = firstNumber
  const draft = (): RecordDraft => {
    number += 1
    return {
      id: asId<RecordId>(exampleUuid(number)),
      kind: 'posted.v1',
      branch: device.branch,
      audience: 'goods',
      by: user.id,
      hlc: hlc(exampleMs + number, 0),
      at: instant(exampleMs + number),
      offset: { ms: 0, ageMs: 0 },
      body: examplePosting('goods', linesPerRecord, number),
    }
  }
  return async () => {
    const drafts = Array.from({ length: recordsPerUpdate }, draft)
    const { signer } = device
    const build = '0.1.0'
    const sealed = await sealCommit({ org, device: id, build, drafts, signer, tailOf: () => tail })
    const [journal] = sealed.ok ? sealed.value : []
    if (journal === undefined) throw new Error('a commit could not be sealed')
    tail = journal.tail
    return journal
  }
}

/** [E3] Acknowledged is what the heads of the branch cover. */
async function realSender(device: TestDevice, journal: string): Promise<Sender> {
  const heads = device.open(device.headsName())
  const own = device.open(journal, createJournalDoc())
  await Promise.all([heads.synced, own.synced])
  return {
    async send({ updates, lastSeq }, isOneFrame) {
      const covered = until(
        () => headSeq(heads.doc, journal) >= lastSeq,
        (check) => {
          heads.doc.on('update', check)
          return () => heads.doc.off('update', check)
        },
      )
      apply(own.doc, updates, isOneFrame)
      await covered
    },
    leave: () => device.leave(),
  }
}

/** Acknowledged is what the server's sync status says. */
async function bareSender(url: string, journal: string): Promise<Sender> {
  const doc = createJournalDoc()
  const socket = new HocuspocusProviderWebsocket({ url })
  const provider = new HocuspocusProvider({
    websocketProvider: socket,
    name: journal,
    document: doc,
    sessionAwareness: true,
    awareness: null,
    token: 'none',
  })
  provider.attach()
  await until(
    () => provider.isSynced,
    (check) => {
      provider.on('synced', check)
      return () => provider.off('synced', check)
    },
  )
  return {
    async send({ updates }, isOneFrame) {
      apply(doc, updates, isOneFrame)
      await until(
        () => provider.unsyncedChanges === 0,
        (check) => {
          provider.on('unsyncedChanges', check)
          return () => provider.off('unsyncedChanges', check)
        },
      )
    },
    leave() {
      provider.destroy()
      socket.destroy()
    },
  }
}

/** As the outbox does: a transaction is a frame. */
function apply(doc: Y.Doc, updates: readonly Uint8Array[], isOneFrame: boolean): void {
  const applyAll = () => {
    for (const update of updates) Y.applyUpdate(doc, update)
  }
  if (isOneFrame) Y.transact(doc, applyAll)
  else applyAll()
}

/** Without reading the heads of all others each time, which on ten machines ten processors would do. */
function headSeq(heads: Y.Doc, journal: string): number {
  let seq = -1
  for (const [key, value] of heads.getMap<string>('h')) {
    if (key.endsWith(journal)) seq = Math.max(seq, (JSON.parse(value) as { seq: number }).seq)
  }
  return seq
}

function until(holds: () => boolean, listen: (check: () => void) => () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no acknowledgement')), limitWaitMs)
    const stop = listen(check)
    function check(): void {
      if (!holds()) return
      clearTimeout(timer)
      stop()
      resolve()
    }
    check()
  })
}

/** What a reader finds when the authors are gone. */
async function recordsLeft(devices: readonly Prepared[]): Promise<number> {
  let records = 0
  for (const { device, journal } of devices) {
    const copy = device.open(journal, createJournalDoc())
    await copy.synced
    records += (journalTail(copy.doc)?.lastSeq ?? -1) + 1
    device.leave()
  }
  return records
}

async function openBareServer() {
  const script = join(import.meta.dirname, 'bare-hocuspocus.ts')
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [port] = (await once(child.stdout, 'data')) as [Buffer]
  return { url: `ws://127.0.0.1:${port.toString().trim()}`, kill: () => killed(child) }
}
