/** What revoked devices handed in, as the server lists it for whoever manages them. */
import * as v from 'valibot'
import { bytesOfBase64, isBase64 } from '#domain/records/base64.ts'
import { hlc } from '#domain/values/hybrid-clock.ts'
import { userName } from '#client/projections/reading.ts'
import { type LooseRecords, looseDocuments } from '#client/projections/loose-documents.ts'
import type { HeldDevice, HeldDocument } from '../face/face.ts'
import { callServer, type Workshop } from '../handlers/workshop.ts'

const decisionShape = v.object({
  verdict: v.picklist(['adopted', 'declined']),
  by: v.string(),
  at: v.number(),
  reason: v.optional(v.string()),
})
const journalShape = v.object({
  journal: v.string(),
  seq: v.number(),
  durableSeq: v.number(),
  isWaiting: v.boolean(),
  isReadable: v.boolean(),
  handedInAt: v.number(),
  decision: v.optional(decisionShape),
})
const deviceShape = v.object({
  id: v.string(),
  code: v.string(),
  name: v.string(),
  lastSeenAt: v.number(),
  revokedAt: v.optional(v.number()),
  journals: v.array(journalShape),
})
const listShape = v.object({ devices: v.array(deviceShape) })
const recordsShape = v.object({
  records: v.array(v.pipe(v.string(), v.check(isBase64))),
  next: v.number(),
})

type Device = v.InferOutput<typeof deviceShape>
type Journal = v.InferOutput<typeof journalShape>

/** Records of one device that a screen shows; more are only counted. */
const limitShown = 5_000
/** A device knows the server's time as well as its line lets it. */
const slackMs = 60_000

/** Undefined where the server cannot be asked. */
export async function heldDevices(workshop: Workshop): Promise<readonly HeldDevice[] | undefined> {
  const answered = await callServer(workshop, 'GET', '/api/quarantine')
  const parsed = v.safeParse(listShape, answered.ok ? answered.value : undefined)
  if (!parsed.success) return undefined
  const rows: HeldDevice[] = []
  for (const device of parsed.output.devices) rows.push(await heldDevice(workshop, device))
  return rows
}

async function heldDevice(workshop: Workshop, device: Device): Promise<HeldDevice> {
  const { id, name, code, lastSeenAt, revokedAt, journals } = device
  const left = journals.filter(({ seq, durableSeq }) => seq > durableSeq)
  const read = await recordsOf(workshop, id, left)
  const { documents, others } = looseDocuments(workshop.reading, read.records)
  return {
    ...{ device: id, name, code, lastSeenAt, otherRecords: others, hiddenJournals: read.hidden },
    ...(revokedAt === undefined ? {} : { revokedAt }),
    handedInAt: Math.max(...journals.map((each) => each.handedInAt)),
    isWaiting: journals.some(({ isWaiting }) => isWaiting),
    documents: withCuts(documents, revokedAt),
    ...decisionOf(workshop, journals),
  }
}

/** Each knows where the next one begins: everything before that moment can be adopted without it. */
function withCuts(
  documents: LooseRecords['documents'],
  revokedAt: number | undefined,
): readonly HeldDocument[] {
  const after = revokedAt === undefined ? undefined : hlc(revokedAt + slackMs, 0)
  return documents.map(({ hlc: own, ...document }, index) => {
    const before = documents[index + 1]?.hlc
    const isAfterRevocation = after !== undefined && own >= after
    return { ...document, isAfterRevocation, ...(before === undefined ? {} : { before }) }
  })
}

function decisionOf(
  { reading }: Workshop,
  journals: readonly Journal[],
): Pick<HeldDevice, 'decision'> {
  const decided = journals.flatMap(({ decision }) => decision ?? [])
  const last = decided.sort((one, other) => other.at - one.at)[0]
  if (last === undefined) return {}
  const { by, ...decision } = last
  const { reason, ...said } = decision
  const byName = reading === undefined ? '' : userName(reading, by)
  return { decision: { ...said, byName, ...(reason === undefined ? {} : { reason }) } }
}

async function recordsOf(workshop: Workshop, device: string, journals: readonly Journal[]) {
  const records: Uint8Array[] = []
  let hidden = 0
  for (const journal of journals) {
    const isWhole = await readJournal(workshop, device, journal, records)
    if (!isWhole) hidden += 1
  }
  return { records, hidden }
}

/** Adds what is left of a journal to `records`; whether that is all of it. */
async function readJournal(
  workshop: Workshop,
  device: string,
  { journal, seq, durableSeq, isReadable }: Journal,
  records: Uint8Array[],
): Promise<boolean> {
  let next = durableSeq + 1
  while (isReadable && next <= seq && records.length < limitShown) {
    const asked = `journal=${encodeURIComponent(journal)}&from=${next}`
    const path = `/api/quarantine/${encodeURIComponent(device)}/records?${asked}`
    const answered = await callServer(workshop, 'GET', path)
    const parsed = v.safeParse(recordsShape, answered.ok ? answered.value : undefined)
    if (!parsed.success || parsed.output.next <= next) return false
    records.push(...parsed.output.records.map(bytesOfBase64))
    next = parsed.output.next
  }
  return next > seq
}
