/** 影响预览: what posting a draft, taking a document back, or supplying its prices, would change in figures that are known. */
import type { DraftDocument } from '#domain/doctype/define.ts'
import { post } from '#domain/doctype/post.ts'
import { reverse as reverseDocument } from '#domain/doctype/reverse.ts'
import { supplyPart } from '#domain/doctype/supply-part.ts'
import type { TriedRecord } from '#domain/fold/impact.ts'
import { unapprove } from '#domain/doctype/unapprove.ts'
import { definitionOf } from '#domain/registry.ts'
import { hlc } from '#domain/values/hybrid-clock.ts'
import { consultedBy, draftDocument, originsIn } from '#client/projections/draft-rows.ts'
import { impactRows } from '#client/projections/impact-rows.ts'
import type { QueryArgs, QueryResult } from '../face/face.ts'
import { postedAtWork } from './posted-at-work.ts'
import { postContext } from './posting.ts'
import { type AtWork, atWork, type Workshop } from './workshop.ts'

/** Undefined where the act would be refused, or nobody may see what it does. */
export async function impactOfAct(
  workshop: Workshop,
  asked: QueryArgs<'impact'>,
): Promise<QueryResult<'impact'>> {
  const tried = await triedBy(workshop, asked)
  if (tried?.posting.ok !== true) return undefined
  const { work, branch, posting } = tried
  const impact = work.reading.fold.impactOf(recordsOf(workshop, work, branch, posting.value))
  return impact && impactRows(work.reading, impact)
}

type PostingOf<Posted> = Posted extends { readonly ok: true; readonly value: infer Posting }
  ? Posting
  : never

interface Tried {
  readonly work: AtWork
  readonly branch: string
  readonly posting: ReturnType<typeof post>
}

function triedBy(
  workshop: Workshop,
  { docId, act, supplied = { header: {}, lines: [] } }: QueryArgs<'impact'>,
): Promise<Tried | undefined> {
  switch (act) {
    case 'post':
      return draftTried(workshop, docId)
    case 'reverse':
    case 'unapprove':
      return reversalTried(workshop, docId, act)
    case 'supply':
      return supplyTried(workshop, docId, supplied)
  }
}

async function draftTried(workshop: Workshop, docId: string): Promise<Tried | undefined> {
  const here = atWork(workshop)
  if (!here.ok) return undefined
  const { workplace, actor } = here.value
  const joined = workplace.desks.read(docId, actor.audiences)
  return joined && planned(workshop, draftDocument(joined))
}

async function planned(workshop: Workshop, draft: DraftDocument): Promise<Tried | undefined> {
  const definition = definitionOf(draft.type)
  const work = atWork(workshop, draft.branch)
  if (definition === undefined || !work.ok) return undefined
  await work.value.reading.documents.load(consultedBy(draft))
  const context = postContext(workshop, work.value, definition, triedNumber, [])
  return { work: work.value, branch: draft.branch, posting: post(context, draft) }
}

async function reversalTried(
  workshop: Workshop,
  docId: string,
  act: 'reverse' | 'unapprove',
): Promise<Tried | undefined> {
  const posted = await postedAtWork(workshop, docId)
  if (!posted.ok) return undefined
  const { work, definition, branch } = posted.value
  const context = postContext(workshop, work, definition, triedNumber, [])
  const takeBack = act === 'reverse' ? reverseDocument : unapprove
  return { work, branch, posting: takeBack(context, docId, triedReason) }
}

async function supplyTried(
  workshop: Workshop,
  docId: string,
  supplied: NonNullable<QueryArgs<'impact'>['supplied']>,
): Promise<Tried | undefined> {
  const posted = await postedAtWork(workshop, docId)
  if (!posted.ok) return undefined
  const { work, definition, branch, number } = posted.value
  const { documents } = work.reading
  await documents.load(originsIn(documents.get(docId) ?? { lines: [] }))
  const context = postContext(workshop, work, definition, number, [])
  return { work, branch, posting: supplyPart(context, docId, supplied) }
}

/** No document ever bears these. */
const triedNumber = '?'
const triedReason = '?'

/** As the appender would write them now, as far as the fold looks. */
function recordsOf(
  workshop: Workshop,
  { actor, workplace }: AtWork,
  branch: string,
  { parts, at }: PostingOf<ReturnType<typeof post>>,
): readonly TriedRecord[] {
  return parts.map(({ recordId: id, kind, audience, body }) => ({
    ...{ kind, id, branch, audience, at, body, by: actor.userId },
    device: workplace.identity.device.id,
    hlc: hlc(workshop.clock.now(), 0),
  })) as unknown as readonly TriedRecord[]
}
