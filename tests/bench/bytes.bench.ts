/**
 * G12: what a movement weighs on the wire, on the server's disk and on a device, beside 30 bytes of
 * fixed width, and which bytes these are. Shipments of five lines in their goods and sales parts, each
 * posting a commit of its own, each commit signed, as the app posts them.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serialize } from 'node:v8'
import { gzipSync } from 'node:zlib'
import { makeStaging } from '#client/engine/own/staging.ts'
import type { Audience } from '#domain/records/audience.ts'
import { packJson } from '#domain/records/pack-json.ts'
import { exampleMs, examplePosting, exampleUuid } from '#domain/records/record.examples.ts'
import { type RecordDraft, type ShardTail, sealCommit } from '#domain/records/seal-commit.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { hlc } from '#domain/values/hybrid-clock.ts'
import { asId, type RecordId } from '#domain/values/ids.ts'
import { instant } from '#domain/values/instant.ts'
import { openDatabase } from '#server/storage/sqlite-database.ts'
import type { BenchRow } from './bench-row.ts'

const fixedWidth = 30
const linesPerDocument = 5
const documents = 2_000
const movements = documents * linesPerDocument
const audiences: readonly Audience[] = ['goods', 'sales']

interface Post {
  readonly journal: string
  readonly seq: number
  readonly hash: string
  readonly hlc: number
  readonly docId: string
  readonly record: Json
  readonly stored: Uint8Array
  readonly update: Uint8Array
}

export async function bytesPerMovement(): Promise<BenchRow[]> {
  const posts = await sealPosts()
  const total = (bytesOf: (post: Post) => number) =>
    posts.reduce((sum, post) => sum + bytesOf(post), 0) / movements
  const goods = posts.filter(({ journal }) => journal.includes('/goods/'))
  const packed = (post: Post) => packJson(post.record).length
  const wire = total(({ update }) => update.length)
  const zipped = gzipSync(Buffer.concat(posts.map(({ stored }) => stored))).length / movements
  const disk = serverDisk(posts)
  return [
    row('wire: updates of goods and sales part', wire, '–'),
    row('wire: goods part alone', bytesOfGoods(goods), '–'),
    row('of the wire: lines, legs and amounts', total(linesBytes), '–'),
    row('of the wire: ids, number and header of the posting', total(postingBytes), '–'),
    row(
      'of the wire: hash of the record before',
      total(() => hashBytes),
      '–',
    ),
    row(
      'of the wire: rest of the envelope',
      total((post) => packed(post) - bodyBytes(post) - hashBytes),
      '–',
    ),
    row(
      'of the wire: signature, flag and form',
      total((post) => post.stored.length - packed(post)),
      '–',
    ),
    row(
      'of the wire: Yjs',
      total(({ update, stored }) => update.length - stored.length),
      '–',
    ),
    row('both parts as one file, gzip', zipped, '–'),
    row('server: SQLite file, posts as they came', disk.log, '–'),
    row('server: SQLite file in use after compaction', disk.compacted, '–'),
    row(
      'device: update and record rows, as structured clones without keys',
      total(deviceBytes),
      '–',
    ),
  ]
}

/** The tag and 32 bytes. */
const hashBytes = 33

function bytesOfGoods(goods: readonly Post[]): number {
  return goods.reduce((sum, { update }) => sum + update.length, 0) / movements
}

/** What the body adds to its record. */
function bodyBytes({ record }: Post): number {
  return packJson(record).length - packJson({ ...fieldsOf(record), body: 0 }).length
}

function linesBytes(post: Post): number {
  return packJson(post.record).length - packJson(withoutLines(post.record)).length
}

function postingBytes(post: Post): number {
  return bodyBytes(post) - linesBytes(post)
}

function withoutLines(record: Json): Json {
  const {
    lines: _lines,
    legs: _legs,
    values: _values,
    ...rest
  } = fieldsOf(fieldsOf(record)['body'] ?? {})
  return { ...fieldsOf(record), body: { ...rest, lines: [] } }
}

function fieldsOf(value: Json): { readonly [name: string]: Json } {
  return value as { readonly [name: string]: Json }
}

/** One row for the update, one for the record [E2]. */
function deviceBytes({ journal, seq, docId, stored, update }: Post): number {
  const updateRow = { journal, fromSeq: seq, toSeq: seq, bytes: update }
  return serialize(updateRow).length + serialize({ journal, seq, docId, bytes: stored }).length
}

/** Bytes per movement of the server's file before and after its logs are re-encoded. */
function serverDisk(posts: readonly Post[]): { readonly log: number; readonly compacted: number } {
  const folder = mkdtempSync(join(tmpdir(), 'liancang-bytes-'))
  const file = join(folder, 'bytes.sqlite')
  try {
    const database = openDatabase(file)
    for (const { journal, seq, hash, hlc: clock, update } of posts) {
      const tail = { journal, seq, hash, hlc: clock, receivedAt: exampleMs }
      database.commit([
        [
          { put: 'update', document: journal, bytes: update },
          { put: 'tail', tail },
        ],
      ])
    }
    database.close()
    const log = statSync(file).size / movements
    const again = openDatabase(file)
    for (const journal of new Set(posts.map((post) => post.journal))) again.compact(journal)
    again.close()
    return { log, compacted: bytesInUse(file) / movements }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Pages that hold something; free ones are used again. */
function bytesInUse(file: string): number {
  const database = new DatabaseSync(file)
  const figure = (pragma: string) =>
    Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0])
  const bytes = (figure('page_count') - figure('freelist_count')) * figure('page_size')
  database.close()
  return bytes
}

async function sealPosts(): Promise<readonly Post[]> {
  const staging = makeStaging({ uuid: () => '', bits: () => 7 })
  const tails = new Map<Audience, ShardTail>()
  // Its bytes weigh what those of a real one weigh; making real ones takes longer.
  const signer = { sign: (hash: Uint8Array) => Promise.resolve(new Uint8Array([...hash, ...hash])) }
  const posts: Post[] = []
  for (let number = 0; number < documents; number++) {
    const drafts = audiences.map((audience) => draftOf(audience, number * 10))
    const [org, device, build] = [exampleUuid(1), exampleUuid(3), '0.1.0']
    const tailOf = (_branch: string, audience: Audience) => tails.get(audience)
    const sealed = await sealCommit({ org, device, build, drafts, tailOf, signer })
    for (const { journal, entries, tail } of sealed.ok ? sealed.value : []) {
      const [entry] = entries
      if (entry === undefined) throw new Error('a commit without entries')
      tails.set(entry.record.audience, tail)
      posts.push({
        ...{ journal, seq: entry.seq, hash: entry.hash, hlc: entry.record.hlc },
        ...{ docId: exampleUuid(number * 10 + 1), record: entry.record as unknown as Json },
        ...{ stored: entry.bytes, update: staging.append(journal, entries) },
      })
    }
  }
  return posts
}

function draftOf(audience: Audience, number: number): RecordDraft {
  const at = exampleMs + number * 1_000
  return {
    id: asId<RecordId>(exampleUuid(audience === 'goods' ? number : number + 3)),
    kind: 'posted.v1',
    branch: exampleUuid(2),
    audience,
    by: exampleUuid(4),
    hlc: hlc(at, 0),
    at: instant(at),
    offset: { ms: -120, ageMs: 36_000 },
    body: examplePosting(audience, linesPerDocument, number),
  }
}

function row(what: string, ours: number, target: string): BenchRow {
  const ratio = ours / fixedWidth
  return { goal: 'G12', what, floor: fixedWidth, ours, unit: 'B/movement', ratio, target }
}
