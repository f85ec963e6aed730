/** What was set aside on this device: looked at one by one, offered again, or taken back into a draft. */
import type { PostedBody } from '#domain/records/posted-body.ts'
import { looseDocuments } from '#client/projections/loose-documents.ts'
import { joinedParts, postedIn } from '#client/projections/document-cache.ts'
import { definitionOf } from '#domain/registry.ts'
import { decodeRecord } from '#domain/records/record-bytes.ts'
import { done, fail } from '#domain/values/result.ts'
import type { CommandArgs, CommandResult, SetAsideRow } from '../face/face.ts'
import { asideKey, isOwnAside } from '../own/offer-again.ts'
import { type SetAside, setAsideOf } from '../sync/distrusted.ts'
import { journalWords } from '../sync/trouble.ts'
import { postContext } from './posting.ts'
import { typedIn } from './typed-in.ts'
import { atWork, type Workshop } from './workshop.ts'

export async function setAsideRows(workshop: Workshop): Promise<readonly SetAsideRow[]> {
  const device = workshop.workplace?.identity.device.id ?? ''
  const all = await setAsideOf(workshop.ports.store)
  const own = new Map<string, SetAside[]>()
  const others: SetAside[] = []
  for (const aside of all) {
    const key = isOwnAside(aside, device)
      ? asideKey(aside.records[0] ?? new Uint8Array())
      : undefined
    if (key === undefined) others.push(aside)
    else own.set(key, [...(own.get(key) ?? []), aside])
  }
  return [
    ...[...own].map(([key, asides]) => ownRow(workshop, key, asides)),
    ...others.map((aside) => otherRow(workshop, aside)),
  ]
}

export async function offerAgain(
  { mending, announce, reading }: Workshop,
  { key }: CommandArgs<'offerAgain'>,
): Promise<CommandResult<'offerAgain'>> {
  // Both would count, and the goods move twice in the eyes of whoever counts them.
  if (reading?.fold.documents.get(key) !== undefined) return fail([{ code: 'already-posted' }])
  await mending.offerAgain(key)
  announce(['status'])
  return done({})
}

/** Under the document's own id: were it offered again as well, the goods would still move once. */
export async function takeBackToDraft(
  workshop: Workshop,
  { key }: CommandArgs<'takeBackToDraft'>,
): Promise<CommandResult<'takeBackToDraft'>> {
  const asides = await asidesUnder(workshop, key)
  const bodies = asides.flatMap(({ records }) => records.flatMap(postedIn)).map(([, body]) => body)
  const lead = bodies.find(({ part, lead: of }) => part === of)
  const definition = definitionOf(lead?.type ?? '')
  const place = placeOf(asides[0])
  if (lead === undefined || definition === undefined || place === undefined) {
    return fail([{ code: 'document-unknown' }])
  }
  const found = atWork(workshop, place.branch)
  if (!found.ok) return found
  const { workplace, reading, actor } = found.value
  const { docId, type, number } = lead
  // What somebody has typed into it meanwhile stays.
  if (workplace.desks.read(docId, actor.audiences) !== undefined) return done({ docId, type })
  if (reading.fold.documents.get(docId) !== undefined) return fail([{ code: 'already-posted' }])
  const act = { device: workplace.identity.device.id, hlc: workplace.appender.stamp() }
  const context = postContext(workshop, found.value, definition, number, [])
  const document = { docId, type, ...place, ...joinedParts(bodies) }
  const { audiences } = actor
  const typed = typedIn(definition, document, context)
  const { branch } = place
  const edited = workplace.desks.edit(act, { branch, docId, definition, audiences, ...typed })
  return edited.ok ? done({ docId, type }) : edited
}

async function asidesUnder({ ports, workplace }: Workshop, key: string) {
  const device = workplace?.identity.device.id ?? ''
  const all = await setAsideOf(ports.store)
  return all.filter(
    (aside) => isOwnAside(aside, device) && aside.records.some((bytes) => asideKey(bytes) === key),
  )
}

function placeOf(aside: SetAside | undefined) {
  const decoded = decodeRecord(aside?.records[0] ?? new Uint8Array())
  if (!decoded.ok) return undefined
  const { branch, at } = decoded.value.record
  return { branch, at }
}

function ownRow(
  { reading, workplace }: Workshop,
  key: string,
  asides: readonly SetAside[],
): SetAsideRow {
  const records = asides.flatMap((aside) => aside.records)
  const { documents } = looseDocuments(reading, records)
  const [document] = documents
  const bodies: readonly PostedBody[] = records.flatMap(postedIn).map(([, body]) => body)
  const isPosted = reading?.fold.documents.get(key) !== undefined
  const hasLead = bodies.some(({ part, lead }) => part === lead)
  const held = workplace?.identity.audiences ?? []
  const isDraft = workplace?.desks.read(key, held) !== undefined
  return {
    ...{ key, code: asides[0]?.code ?? '', records: records.length, isOwn: true },
    ...{ isDraft, isPosted, canTakeBack: hasLead && !isPosted },
    ...(document === undefined ? {} : { document }),
  }
}

/** A copy of another device's journal, or what nobody can read: for the file alone. */
function otherRow({ reading }: Workshop, { journal, code, records }: SetAside): SetAsideRow {
  const words = reading === undefined ? {} : journalWords(journal, reading.fold)
  const { device = '', branch = '' } = { ...words }
  const of = [device, branch].filter((word) => word !== '').join(' · ')
  return {
    ...{ key: `${journal}|${code}`, code, records: records.length },
    ...(of === '' ? {} : { of }),
    ...{ isOwn: false, isDraft: false, isPosted: false, canTakeBack: false },
  }
}
