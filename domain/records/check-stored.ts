/**
 * Whether a stored value is a record that may be kept, read off its packed bytes: the same answer as
 * `decodeRecord` and `checkRecord` give together, without making an object of it. Server and devices
 * can pass on, chain and keep a record without knowing more of it than this.
 */

import { assert } from '#domain/values/assert.ts'
import { fail, done, type Result } from '#domain/values/result.ts'
import type { JournalName } from './journal-name.ts'
import { checkRecord, hasGoodBody } from './kinds.ts'
import { packedCheck } from './packed-shape.ts'
import { PackedTape } from './packed-tape.ts'
import { numberOfWord } from './packed-words.ts'
import { envelopeShape, type RecordProblem } from './record.ts'
import { decodeRecord, type HashOf, splitStored } from './record-bytes.ts'

/** What is known of a record that was checked. */
export interface CheckedRecord {
  readonly kind: string
  /** Of a kind that this build knows: its body was checked too. */
  readonly isKnown: boolean
  /** What the record says about where it is kept. */
  readonly journal: JournalName
  readonly id: string
  readonly seq: number
  readonly prev: string
  readonly hlc: number
  /** 64 hex digits: SHA-256 of the packed bytes. */
  readonly hash: string
  /** 64 bytes of `bytes`, over `hash`; on the last record of a commit. */
  readonly signature?: Uint8Array
  /** The stored value. */
  readonly bytes: Uint8Array
}

/** Written over by each record. */
const tape = new PackedTape()
const isEnvelope = packedCheck(envelopeShape)

/** [REC15] Refuses exactly what `decodeRecord` and, of a kind that is known, `checkRecord` refuse. */
export function checkStored(
  bytes: Uint8Array,
  hashOf: HashOf,
): Result<CheckedRecord, RecordProblem> {
  const split = splitStored(bytes)
  if (!split.ok) return split
  const { packed, signature } = split.value
  const isRecord = tape.read(packed.subarray(1)) === undefined && isEnvelope(tape, 0)
  const body = isRecord ? hasGoodBody(tape) : false
  if (body === false) return fail(problemOf(bytes, hashOf))
  const record = { ...readEnvelope(), isKnown: body === true, hash: hashOf(packed), bytes }
  return done(signature === undefined ? record : { ...record, signature })
}

const word = {
  ...{ kind: numberOfWord('kind'), id: numberOfWord('id'), seq: numberOfWord('seq') },
  ...{ prev: numberOfWord('prev'), hlc: numberOfWord('hlc'), org: numberOfWord('org') },
  ...{ branch: numberOfWord('branch'), audience: numberOfWord('audience') },
  ...{ shard: numberOfWord('shard'), device: numberOfWord('device') },
}

function readEnvelope() {
  const journal = {
    org: textUnder(word.org),
    branch: textUnder(word.branch),
    audience: textUnder(word.audience),
    shard: textUnder(word.shard),
    device: textUnder(word.device),
  } as JournalName
  return {
    journal,
    kind: textUnder(word.kind),
    id: textUnder(word.id),
    seq: integerUnder(word.seq),
    prev: textUnder(word.prev),
    hlc: integerUnder(word.hlc),
  }
}

function textUnder(name: number): string {
  return tape.texts.textOf(tape.textUnder(0, name))
}

function integerUnder(name: number): number {
  return tape.values[tape.valueUnder(0, name)] ?? 0
}

/** What is wrong, from whom can say it; nobody waits for whoever sends such a thing. */
function problemOf(bytes: Uint8Array, hashOf: HashOf): RecordProblem {
  const decoded = decodeRecord(bytes, hashOf)
  if (!decoded.ok) return decoded.problem
  const checked = checkRecord(decoded.value.record)
  assert(!checked.ok, 'bytes and values are judged alike')
  return checked.problem
}
