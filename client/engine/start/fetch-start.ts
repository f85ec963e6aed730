/**
 * [STP1] The 存档点 (checkpoint) of the newest closing, as a new device starts from it: asked for, and believed only
 * where the server has signed the seal that names it, where it is what the seal says, and where it ends as the
 * seal says that the journals ended. Whether its figures follow from the records is found out later [STP6].
 */
import * as v from 'valibot'
import { type JournalMark, watermarkOfCheckpoint } from '#domain/fold/fold.ts'
import type { Audience } from '#domain/records/audience.ts'
import { bytesOfBase64 } from '#domain/records/base64.ts'
import { isServerDevice, parseJournalName } from '#domain/records/journal-name.ts'
import { checkRecord, type RecordOf } from '#domain/records/kinds.ts'
import { decodeRecord } from '#domain/records/record-bytes.ts'
import { verifySpan } from '#domain/records/signature.ts'
import { bytesToHex } from '@noble/hashes/utils.js'
import { sha256Bytes } from '#domain/values/digest.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { type KeptStart, startName } from '#client/projections/kept-fold.ts'
import type { KeptIdentity } from '../people/identity.ts'
import type { Api, Keys } from '../ports.ts'
import type { BlobRow } from '../store/store.ts'

export interface StartAsked {
  readonly api: Api
  readonly token: string
  readonly identity: KeptIdentity
  readonly keys: Pick<Keys, 'verifier' | 'digest'>
}

export interface FetchedStart {
  readonly blob: BlobRow
  readonly kept: KeptStart
}

export type StartProblem =
  /** There is none for this device, or none that this build can open. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unreachable' }
  /** What was handed out is not what the server has signed. */
  | { readonly kind: 'forged'; readonly reason: string }

type Seal = RecordOf<'sealed.v1'>
type Marks = KeptStart['marks']

const answerShape = v.object({ hash: v.string(), bytes: v.number(), record: v.string() })
const path = '/api/checkpoint'

export async function fetchStart(asked: StartAsked): Promise<Result<FetchedStart, StartProblem>> {
  const { api, token, identity } = asked
  if (api.file === undefined) return fail({ kind: 'none' })
  const answered = await api.call('GET', path, undefined, token)
  if (!answered.ok) return fail({ kind: missing(answered.problem.code) })
  const parsed = v.safeParse(answerShape, answered.value)
  if (!parsed.success) return fail({ kind: 'none' })
  const { hash, record } = parsed.output
  const seal = await readSeal(record, asked)
  if (seal === undefined) return forged('seal')
  const file = seal.body.checkpoints.find((each) => each.hash === hash)
  if (file === undefined || !isSame(file.audiences, identity.audiences)) return forged('name')
  const fetched = await api.file(`${path}/${hash}`, file.bytes, token)
  if (!fetched.ok) return fail({ kind: missing(fetched.problem.code) })
  const bytes = fetched.value
  if ((await hashOf(bytes, asked.keys)) !== hash) return forged('hash')
  // None where this build cannot open the file.
  const marks: Marks = [...watermarkOfCheckpoint(bytes)]
  if (marks.length === 0) return fail({ kind: 'none' })
  if (!isOfCompany(marks, identity) || !endsAs(marks, seal, identity)) return forged('heads')
  return done({
    blob: { name: startName, version: seal.id, bytes },
    kept: { seal: seal.id, marks },
  })
}

/** Of a hundred megabytes: the platform takes a small part of the time of our own hash. */
async function hashOf(bytes: Uint8Array, { digest }: Pick<Keys, 'digest'>): Promise<string> {
  return bytesToHex((await digest?.(bytes)) ?? sha256Bytes(bytes))
}

function forged(reason: string): Result<never, StartProblem> {
  return fail({ kind: 'forged', reason })
}

function missing(code: string): 'none' | 'unreachable' {
  return code === 'not-found' || code === 'not-allowed' ? 'none' : 'unreachable'
}

/** Undefined where the server has not signed it, or it is no seal. */
async function readSeal(text: string, { identity, keys }: StartAsked): Promise<Seal | undefined> {
  const stored = decodeRecord(bytesOfBase64(text))
  if (!stored.ok) return undefined
  const signed = await verifySpan(keys.verifier, identity.serverKey, [stored.value])
  const known = checkRecord(stored.value.record)
  if (!signed.ok || !known.ok || known.value.kind !== 'sealed.v1') return undefined
  const seal = known.value
  const isOurs = seal.org === identity.organizationId && isServerDevice(seal.device)
  return isOurs ? seal : undefined
}

function isSame(one: readonly Audience[], other: readonly Audience[]): boolean {
  return one.length === other.length && one.every((audience) => other.includes(audience))
}

function isOfCompany(marks: Marks, { organizationId, audiences }: KeptIdentity): boolean {
  return marks.every(([journal]) => {
    const name = parseJournalName(journal)
    return name.ok && name.value.org === organizationId && audiences.includes(name.value.audience)
  })
}

/** Whether the chains of the branch end where the seal says. */
function endsAs(marks: Marks, { branch, body }: Seal, { audiences }: KeptIdentity): boolean {
  const ends = new Map<string, JournalMark>()
  for (const [journal, mark] of marks) {
    const name = parseJournalName(journal)
    if (!name.ok || name.value.branch !== branch) continue
    const chain = `${name.value.device}/${name.value.audience}`
    if ((ends.get(chain)?.seq ?? -1) < mark.seq) ends.set(chain, mark)
  }
  const heads = body.heads.filter(({ audience }) => audiences.includes(audience))
  return (
    heads.length === ends.size &&
    heads.every(({ device, audience, seq, hash }) => {
      const end = ends.get(`${device}/${audience}`)
      return end?.seq === seq && end.hash === hash
    })
  )
}
