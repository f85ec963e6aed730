/**
 * What keeps a draft from being posted. One function in four places: inline errors while typing,
 * `post`, the cleaning of imports, findings. Problems name field and line for a screen to point at.
 */

import { hasFlag, textOf } from '#domain/masters/master-field.ts'
import { isService } from '#domain/masters/product.ts'
import { unitsOf } from '#domain/masters/unit.ts'
import { limitLines } from '#domain/values/limits.ts'
import { checkAdjusted } from './adjustments.ts'
import { checkSenders } from './between-branches.ts'
import { bundleProblem } from './bundles.ts'
import { checkGoods } from './check-goods.ts'
import { checkAvailable, checkOrders } from './claims.ts'
import { completeDraft } from './complete.ts'
import type { AnyDocumentDefinition, DraftDocument, PostProblem } from './define.ts'
import type { Field } from './fields.ts'
import { originsOf } from './links.ts'
import { excessLines } from './over-receipt.ts'
import type { Readers } from './readers.ts'
import { checkReductions } from './reductions.ts'

type Complete = ReturnType<typeof completeDraft>
type Values = Complete['header']
type Group = AnyDocumentDefinition['header']

/** Everything wrong with the fields; when nothing is, what the type itself objects to [CHK1]. */
export function checkDraft(
  definition: AnyDocumentDefinition,
  draft: DraftDocument,
  readers: Readers,
): readonly PostProblem[] {
  const document = completeDraft(definition, draft, readers)
  const problems = [
    ...checkLineCount(draft),
    ...checkPeriod(draft, readers),
    ...checkFields(definition.header, draft.header, document, document.header, readers),
    ...checkProduct(definition, document, readers),
    ...draft.lines.flatMap((line, i) => checkLine(definition, line, document, i, readers)),
    ...checkOrigins(definition, document, readers),
    ...checkSenders(definition, document, readers),
    ...checkOrders(definition, document, readers),
    ...checkAvailable(definition, document, readers),
    ...checkReceived(definition, document, readers),
    ...checkAdjusted(definition, document, readers),
  ]
  if (problems.length > 0) return problems
  const tooMuch = checkReductions(document)
  const objections = tooMuch.length > 0 ? tooMuch : (definition.check?.(document) ?? [])
  return [...checkGoods(definition, document, readers), ...objections]
}

/**
 * [CHK9] What is dated back may not lie in a sealed month. A document of now is never held up: where the
 * device's clock is behind, the fold puts it into the open month.
 */
function checkPeriod({ at, branch }: DraftDocument, { openFrom }: Readers): PostProblem[] {
  const open = at === undefined ? undefined : openFrom?.(branch)
  if (at === undefined || open === undefined || at >= open) return []
  return [{ code: 'month-closed', field: 'at', at, openFrom: open }]
}

function checkLineCount({ lines }: DraftDocument): PostProblem[] {
  if (lines.length === 0) return [{ code: 'no-lines' }]
  if (lines.length > limitLines) return [{ code: 'too-many-lines', limit: limitLines }]
  const ids = new Set(lines.map((line) => line.lineId))
  return ids.size < lines.length ? [{ code: 'line-repeated' }] : []
}

function checkLine(
  definition: AnyDocumentDefinition,
  line: DraftDocument['lines'][number],
  document: Complete,
  index: number,
  readers: Readers,
): PostProblem[] {
  const { lineId, ...values } = line
  const complete = document.lines[index] ?? {}
  const problems = checkFields(definition.lines, values, document, complete, readers)
  const ofSku = problems.length > 0 ? [] : checkSku(definition, complete, document, readers)
  return [...problems, ...ofSku].map((problem) => ({ ...problem, lineId }))
}

/** `typed` as it lies on the desk, `complete` with what follows from it. */
function checkFields(
  group: Group,
  typed: DraftDocument['header'],
  document: Complete,
  complete: Values,
  readers: Readers,
): PostProblem[] {
  const unknown = Object.keys(typed)
    .filter((name) => typed[name] !== undefined && !Object.hasOwn(group, name))
    .map((field) => ({ code: 'unknown-field', field }))
  const wrong = Object.entries(group).flatMap(([name, field]) => {
    if (field.audience === undefined || !readers.audiences.includes(field.audience)) return []
    const problem = checkField(field, typed[name], complete[name], document, readers)
    return problem === undefined ? [] : [{ ...problem, field: name }]
  })
  return [...unknown, ...wrong]
}

function checkField(
  field: Field,
  typed: DraftDocument['header'][string],
  complete: Values[string],
  document: Complete,
  readers: Readers,
): PostProblem | undefined {
  const code = typed === undefined || field.isDerived ? undefined : field.check(typed)
  if (code !== undefined) return { code }
  if (complete === undefined) return field.isOptional ? undefined : { code: 'required' }
  return field.kind === 'reference' ? checkReference(field, complete, document, readers) : undefined
}

/** [CHK3] [CHK4] [CHK5] */
function checkReference(
  { entity, disabled, isOfAnyBranch }: Field & { readonly kind: 'reference' },
  id: Values[string],
  document: Complete,
  { masters }: Readers,
): PostProblem | undefined {
  const master = masters.get(entity, String(id))
  if (master === undefined) return { code: 'unknown-reference', entity }
  if (disabled === 'refused' && hasFlag(master, 'isDisabled')) {
    return { code: 'reference-disabled', entity }
  }
  const isForeign = entity === 'warehouse' && textOf(master, 'branchId') !== document.branch
  return isForeign && isOfAnyBranch !== true ? { code: 'warehouse-of-other-branch' } : undefined
}

/** The product that goods are made into, or taken from, is held like any other. */
function checkProduct(
  definition: AnyDocumentDefinition,
  document: Complete,
  readers: Readers,
): PostProblem[] {
  if (definition.makes === undefined || document.header['skuId'] === undefined) return []
  return checkSku(definition, document.header, document, readers)
}

/** What fields of one line say about each other: its unit, its amount, whether it can be held. */
function checkSku(
  definition: AnyDocumentDefinition,
  line: Values,
  document: Complete,
  readers: Readers,
): PostProblem[] {
  const { masters } = readers
  const unsold = bundleProblem(definition, line, document, readers)
  if (unsold !== undefined) return [unsold]
  const sku = masters.get('sku', String(line['skuId'])) ?? {}
  const product = masters.get('product', textOf(sku, 'productId')) ?? {}
  if (isService(product) && definition.lines['price']?.audience !== 'sales') {
    return [{ code: 'service-not-stocked', field: 'skuId' }]
  }
  if (line['unit'] !== undefined && !unitsOf(sku).some(({ name }) => name === line['unit'])) {
    return [{ code: 'unit-unknown', field: 'unit' }]
  }
  const isPriced = line['price'] !== undefined && line['quantity'] !== undefined
  return isPriced && 'amount' in definition.lines && line['amount'] === undefined
    ? [{ code: 'number-too-large', field: 'amount' }]
    : []
}

/** [OCL6] A manager's word lets in what came beyond the order. */
function checkReceived(
  definition: AnyDocumentDefinition,
  document: Complete,
  readers: Readers,
): readonly PostProblem[] {
  return document.header['acceptExcess'] === 1 ? [] : excessLines(definition, document, readers)
}

/** [LNK1] [LNK2] [LNK4] */
function checkOrigins(
  definition: AnyDocumentDefinition,
  document: Complete,
  readers: Readers,
): PostProblem[] {
  const origins = originsOf(definition, document, readers.documents)
  return document.lines.flatMap(({ lineId, ...line }): PostProblem[] => {
    const origin = origins.get(lineId)
    const isOnward = definition.links?.as === 'onward'
    if (origin === undefined) {
      return isOnward ? [{ code: 'dispatch-missing', field: 'originId', lineId }] : []
    }
    if (!origin.ok) return [{ code: origin.problem, field: 'originId', lineId }]
    const { returnable } = origin.value
    const isTooMuch = typeof line['quantity'] === 'number' && line['quantity'] > returnable
    const code = isOnward ? 'more-than-under-way' : 'returned-too-much'
    return isTooMuch ? [{ code, field: 'quantity', lineId, returnable }] : []
  })
}
