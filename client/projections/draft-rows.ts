/** Drafts: the list of a branch, and one with what follows from it and what keeps it from being posted. */
import { approvalAsked } from '#domain/doctype/approval.ts'
import { assertsStock } from '#domain/doctype/check-goods.ts'
import { checkDraft } from '#domain/doctype/check.ts'
import { completeDraft } from '#domain/doctype/complete.ts'
import type { DraftDocument, PostProblem } from '#domain/doctype/define.ts'
import { facetsOf } from '#domain/doctype/facets.ts'
import { recipeLines } from '#domain/doctype/recipe-lines.ts'
import { definitionOf } from '#domain/registry.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { previousVersionId, versionOf } from '#domain/values/document-version.ts'
import { hlcMs } from '#domain/values/hybrid-clock.ts'
import { instant, isInstant } from '#domain/values/instant.ts'
import type {
  DraftDetail,
  DraftRow,
  FieldValues,
  Problem,
  QueryArgs,
} from '#client/engine/face/face.ts'
import { proposalsOf } from './batch-proposals.ts'
import { namesIn } from './field-names.ts'
import { goodsReader } from './goods-reader.ts'
import { unlistedGoods } from './goods-to-count.ts'
import { pricedReceipts } from './priced-receipts.ts'
import { worthIn } from './worth-in.ts'
import { productRowsById } from './product-rows.ts'
import { promisedGoods } from './promised-goods.ts'
import type { JoinedDraft, Reading } from './reading.ts'

/** Where a draft keeps its 业务时间. */
const momentField = 'at'

export function draftRows(reading: Reading, { type }: QueryArgs<'drafts'>): readonly DraftRow[] {
  const { audiences, branchId } = reading.reader()
  return reading.drafts
    .list(audiences)
    .filter((draft) => draft.branch === branchId && (type === undefined || draft.type === type))
    .filter((draft) => reading.fold.documents.get(draft.draftId) === undefined)
    .map((draft) => {
      const definition = definitionOf(draft.type)
      const listed = definition?.list ?? []
      const fields = Object.fromEntries(
        Object.entries(draft.header).filter(([name]) => listed.includes(name)),
      )
      return {
        docId: draft.draftId,
        type: draft.type,
        branchId: draft.branch,
        lineCount: draft.lines.length,
        changedAt: hlcMs(draft.hlc),
        fields,
        names: namesIn(reading, definition?.header, [fields]),
      }
    })
}

export async function draftDetail(
  reading: Reading,
  docId: string,
): Promise<DraftDetail | undefined> {
  const { audiences } = reading.reader()
  const joined = reading.drafts.read(docId, audiences)
  const definition = definitionOf(joined?.type ?? '')
  if (joined === undefined || definition === undefined) return undefined
  const draft = draftDocument(joined)
  await reading.documents.load(consultedBy(draft))
  const readers = readersOf(reading)
  const complete = completeDraft(definition, draft, readers)
  const lines = joined.lines.map(({ lineId, fields }) => ({ ...fields, lineId }))
  return {
    docId,
    type: joined.type,
    branchId: joined.branch,
    header: joined.header,
    lines,
    names: {
      ...namesIn(reading, definition.header, [joined.header]),
      ...namesIn(reading, definition.lines, lines),
    },
    skus: productRowsById(reading, skusIn(lines)),
    derived: {
      header: present(complete.header),
      lines: Object.fromEntries(
        complete.lines.map(({ lineId, ...fields }) => [lineId, present(fields)]),
      ),
    },
    facets: [...facetsOf(definition, complete, readers)],
    proposals: proposalsOf(definition, complete, readers),
    recipe: recipeLines(definition, complete, readers),
    unlisted: unlistedOf(reading, definition, joined.header['warehouseId'], lines),
    problems: checkDraft(definition, draft, readers).map(problemOf),
    ...approvalIn(reading, definition, complete),
    presence: reading.drafts.othersIn(docId),
    isPosted: reading.fold.documents.get(docId) !== undefined,
    ...versionIn(reading, docId),
  }
}

/** Whether it must be approved as it stands, and what became of its last submission. */
function approvalIn(
  reading: Reading,
  definition: Parameters<typeof approvalAsked>[0],
  complete: ReturnType<typeof completeDraft>,
): Pick<DraftDetail, 'approval'> {
  const asked = approvalAsked(definition, complete, reading.fold)
  const submission = reading.fold.approvals.of(complete.docId).at(-1)
  if (asked === undefined && submission === undefined) return {}
  return {
    approval: {
      ...(asked !== undefined && { flow: asked.flow.name }),
      ...(submission !== undefined && { state: submission.state }),
    },
  }
}

function unlistedOf(
  reading: Reading,
  definition: Parameters<typeof assertsStock>[0],
  warehouseId: Json | undefined,
  lines: DraftDetail['lines'],
): DraftDetail['unlisted'] {
  if (!assertsStock(definition) || typeof warehouseId !== 'string') return { total: 0, rows: [] }
  return unlistedGoods(reading, warehouseId, lines)
}

/** Which version of which number it will be, of one that was reopened (反审核). */
function versionIn(reading: Reading, docId: string): Pick<DraftDetail, 'reopened'> {
  const previous = previousVersionId(docId)
  if (previous === undefined) return {}
  const number = reading.fold.documents.get(previous)?.number ?? ''
  return { reopened: { number, version: versionOf(docId).version } }
}

/** A draft of the desks as the kit takes it. */
export function draftDocument(joined: JoinedDraft): DraftDocument {
  const { [momentField]: at, ...header } = joined.header
  return {
    docId: joined.draftId,
    type: joined.type,
    branch: joined.branch,
    ...(typeof at === 'number' && isInstant(at) ? { at: instant(at) } : {}),
    header,
    lines: joined.lines.map(({ lineId, fields }) => ({
      ...(at === undefined && entryMoments(joined, lineId)),
      ...fields,
      lineId,
    })),
  }
}

/** When a line was counted is when it was entered, where nobody typed a moment for the document. */
function entryMoments(joined: JoinedDraft, lineId: string): FieldValues {
  const entered = joined.entered[lineId]
  if (entered === undefined || definitionOf(joined.type)?.lines['countedAt'] === undefined)
    return {}
  const [countedFrom, countedAt] = [hlcMs(entered.from), hlcMs(entered.at)]
  return countedFrom < countedAt ? { countedFrom, countedAt } : { countedAt }
}

/** What is to be loaded before a draft is judged. */
export function consultedBy(draft: DraftDocument): readonly string[] {
  return [draft.docId, previousVersionId(draft.docId) ?? [], originsIn(draft)].flat()
}

/** Earlier documents that its lines take back from, and orders that they carry out. */
export function originsIn(draft: Pick<DraftDocument, 'lines'>): readonly string[] {
  return draft.lines.flatMap(({ originId, orderId }) =>
    [originId, orderId].filter((id) => typeof id === 'string'),
  )
}

/** What a check may look at; the documents that it asks for must be loaded before. */
export function readersOf(reading: Reading): Parameters<typeof checkDraft>[2] {
  return {
    audiences: reading.reader().audiences,
    masters: reading.fold.masters,
    openFrom: (branch) => reading.fold.seals.openFrom(branch),
    documents: {
      get: (docId) => reading.documents.get(docId),
      returnedOf: (docId, leg) => reading.fold.stock.returnedOf(docId, leg),
    },
    priced: pricedReceipts(reading.fold),
    worth: worthIn(reading.fold),
    goods: goodsReader(reading),
    promised: promisedGoods(reading),
  }
}

export function problemOf(problem: PostProblem): Problem {
  const { code, field, lineId, ...others } = problem
  const facts = present(others)
  return {
    code,
    ...(field === undefined ? {} : { field }),
    ...(lineId === undefined ? {} : { lineId }),
    ...(Object.keys(facts).length === 0 ? {} : { facts }),
  }
}

function present(values: Readonly<Record<string, Json | undefined>>): FieldValues {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

function skusIn(lines: readonly Readonly<Record<string, Json | undefined>>[]): string[] {
  return lines.flatMap((line) => (typeof line['skuId'] === 'string' ? [line['skuId']] : []))
}
