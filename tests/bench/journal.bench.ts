/**
 * G11: what a post costs in Yjs after many page loads of a company: append, apply in another copy of
 * the journal, watch. Each page load leaves a client id for ever, and each Yjs transaction walks all
 * ids of its document; journals of one device and month hold few of them.
 */
import * as Y from 'yjs'
import { makeStaging } from '#client/engine/own/staging.ts'
import { examplePosting, exampleRecord } from '#domain/records/record.examples.ts'
import { encodeRecord } from '#domain/records/record-bytes.ts'
import { appendUpdate } from '#domain/replica/append-update.ts'
import { checkJournalUpdate } from '#domain/replica/guard.ts'
import {
  appendEntries,
  createJournalDoc,
  entryBytes,
  journalTail,
  knownJournal,
  liveClocks,
} from '#domain/replica/journal.ts'
import { watchJournal } from '#domain/replica/watch.ts'
import type { BenchRow } from './bench-row.ts'
import { median } from './median.ts'

const devices = 60
/** A busy month of one device in one audience. */
const recordsBefore = 2_000
const loadsMany = 10_000
const loadsFew = 20
const limitClients = 2_000
/** Two page loads a day. */
const loadsPerMonth = 60
const rounds = 500
const postsPerRound = 4
const sharedPostsPerRound = 1
/** The shared documents are slow enough to show in fewer. */
const sharedRounds = 40

/** Makes the next post. */
type Post = () => void

/**
 * Medians of single posts, so that whatever else the machine does in between does not count; its own
 * clock of processor time is too coarse for a post.
 */
export async function postsAfterManyPageLoads(): Promise<BenchRow[]> {
  const idsWorst = Math.ceil(loadsMany / devices)
  const idsFew = Math.ceil(loadsFew / devices)
  const few = measured(inOwnJournal(idsFew, false), postsPerRound)
  const many = measured(inOwnJournal(loadsPerMonth, false), postsPerRound)
  const worst = measured(inOwnJournal(idsWorst, false), postsPerRound)
  const fewGuarded = measured(inOwnJournal(idsFew, true), postsPerRound)
  const manyGuarded = measured(inOwnJournal(loadsPerMonth, true), postsPerRound)
  const sharedFew = measured(inSharedDocument(loadsFew), postsPerRound)
  const sharedMany = measured(inSharedDocument(loadsMany), sharedPostsPerRound)
  for (let round = 0; round < rounds; round++) {
    for (const measure of [few, many, worst, fewGuarded, manyGuarded]) measure.run()
  }
  for (let round = 0; round < sharedRounds; round++) {
    for (const measure of [sharedFew, sharedMany]) measure.run()
  }
  const row = (what: string, before: Measured, after: Measured, target: string): BenchRow => {
    const [floor, ours] = [before.medianUs(), after.medianUs()]
    return { goal: 'G11', what, floor, ours, unit: 'µs', ratio: ours / floor, target }
  }
  const loads = 'post after 10,000 page loads of 60 devices, beside 20'
  return [
    row(`${loads}: two loads a day (${loadsPerMonth} ids against ${idsFew})`, few, many, '≤ 1.2'),
    row(`${loads}: all in one month (${idsWorst} ids against ${idsFew})`, few, worst, '≤ 1.2'),
    row(`${loads}: two loads a day, with the server's guard`, fewGuarded, manyGuarded, '≤ 1.2'),
    row('for comparison: one shared document, 10,000 ids against 20', sharedFew, sharedMany, '–'),
  ]
}

interface Measured {
  run(): void
  medianUs(): number
}

function measured(post: Post, count: number): Measured {
  const samplesMs: number[] = []
  return {
    run() {
      for (let i = 0; i < count; i++) {
        const begun = performance.now()
        post()
        samplesMs.push(performance.now() - begun)
      }
    },
    medianUs: () => median(samplesMs.slice(samplesMs.length / 4)) * 1_000,
  }
}

/** As the engine does it: made in the page load's own staging, applied in a copy with all history. */
function inOwnJournal(ids: number, isGuarded: boolean): Post {
  const copy = documentOf(recordsBefore, ids)
  const staging = makeStaging({ uuid: () => '', bits: () => 7 })
  let seq = recordsBefore
  watchOrFail(copy, () => seq)
  return () => {
    const update = staging.append('journal', [{ seq, bytes: valueBytes }])
    if (isGuarded) {
      // As the server asks.
      const judged = checkJournalUpdate(update, {
        nextSeq: (journalTail(copy)?.lastSeq ?? -1) + 1,
        clocks: liveClocks(copy),
        limitClients,
        bytesOf: (before) => entryBytes(copy, before),
      })
      if (!judged.ok) throw new Error(judged.problem.code)
    }
    Y.applyUpdate(copy, update)
    seq += 1
  }
}

/** As it would be with one document for everybody: no staging, two whole copies. */
function inSharedDocument(ids: number): Post {
  const own = documentOf(loadsMany, ids)
  const copy = documentOf(loadsMany, ids)
  own.clientID = 7
  let seq = loadsMany
  watchOrFail(copy, () => seq)
  return () => {
    Y.applyUpdate(copy, appendEntries(own, [{ seq, bytes: valueBytes }]))
    seq += 1
  }
}

/** `records` entries, written by `ids` page loads one after the other. */
function documentOf(records: number, ids: number): Y.Doc {
  const entries = Array.from({ length: records }, (_, seq) => {
    const load = Math.floor((seq * ids) / records)
    const first = Math.ceil((load * records) / ids)
    return { seq, bytes: valueBytes, client: 1_000 + load * 400_009, clock: seq - first }
  })
  const doc = createJournalDoc()
  Y.applyUpdate(doc, appendUpdate(entries))
  if (knownJournal(doc, 0, 1).clocks.size !== ids) throw new Error('ids are missing')
  return doc
}

function watchOrFail(doc: Y.Doc, expectedSeq: () => number): void {
  watchJournal(doc, ([entry]) => {
    if (entry?.seq !== expectedSeq()) process.exit(1)
  })
}

const valueBytes = encodeRecord(
  exampleRecord({ body: examplePosting('goods', 5, 10) }),
  new Uint8Array(64),
)
