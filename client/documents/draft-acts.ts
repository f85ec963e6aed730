/**
 * What a person can do to one draft: type into it, scan into it, post it, throw it away. Each act is one command;
 * the first one also writes the header's defaults, because an untouched draft does not exist yet.
 */
import { type Accessor, createSignal, onCleanup } from 'solid-js'
import { uuidv7 } from 'uuidv7'
import { command } from '#client/commands/command.ts'
import { createAct } from '#client/commands/create-act.ts'
import type { DraftDetail, FieldValue, LookupHit, ProductRow } from '#client/engine/face/face.ts'
import { createMasters } from '#client/queries/create-masters.ts'
import { createSession } from '#client/queries/create-session.ts'
import { findDocument, lookUp } from '#client/queries/suggest.ts'
import { problemText } from '#client/text/problem-text.ts'
import { t } from '#client/text/translate.ts'
import type { LineEdit } from '#client/ui/line-grid.tsx'
import { confirmScan } from '#client/ui/scan-feedback.ts'
import { showToast } from '#client/ui/toast.tsx'
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import { serialsOf } from '#domain/doctype/goods-fields.ts'
import { wholeQuantity } from '#domain/values/quantity.ts'
import { needsApproval } from './draft-approval.tsx'
import { keyText } from './field-text.tsx'
import { takenFrom } from './source-lines.ts'

type Values = Readonly<Record<string, FieldValue | undefined>>

export interface DraftOf {
  readonly definition: Accessor<AnyDocumentDefinition>
  readonly docId: Accessor<string>
  /** Undefined until the first act on it. */
  readonly draft: Accessor<DraftDetail | undefined>
}

export function createDraftActs(of: DraftOf) {
  const act = createAct()
  const inTurn = makeTurns()
  const typing = createTyping(of, inTurn)
  const [isTried, setTried] = createSignal(false)
  /** What stands in the field at hand is part of the document: leaving it writes it. */
  const settleTyping = async () => {
    setTried(true)
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    await inTurn(() => undefined)
  }
  const submit = async () => {
    await settleTyping()
    const done = await act.run('submitDraft', { docId: of.docId() })
    if (done === undefined) return
    showToast({ kind: 'done', title: t('approval.submitted', done.number) })
  }
  const post = async () => {
    await settleTyping()
    // Once posted, the draft and its names are gone.
    const skus = of.draft()?.skus ?? {}
    const posted = await act.run('post', { docId: of.docId() })
    if (posted === undefined) return
    for (const warning of posted.warnings) {
      const name = skus[keyText(warning.facts?.['skuId'])]?.name ?? ''
      const { what } = problemText(warning)
      showToast({ kind: 'decide', title: `${name} ${what}`, text: t('editor.postedShort') })
    }
    showToast({
      kind: 'done',
      title: t('editor.posted', posted.number),
      text: t('editor.postedNote'),
    })
  }
  /** Submits it where it must be approved, else posts it. */
  const finish = () => (needsApproval(of.draft()) ? submit() : post())
  const discard = async () => {
    if (of.draft() !== undefined) await act.run('discardDraft', { docId: of.docId() })
  }
  const removeLine = (lineId: string) => command('removeLine', { docId: of.docId(), lineId })
  const pointAt = (lineId: string | undefined, field: string) =>
    command('pointAt', { docId: of.docId(), field, ...(lineId === undefined ? {} : { lineId }) })
  onCleanup(() => void command('pointAt', {}))
  return {
    ...{ ...typing, ...createScanning(of, typing.defaults, inTurn) },
    fillByRecipe: () => inTurn(() => command('editDraft', { ...targetOf(of), lines: filled(of) })),
    takeSources: (docIds: readonly string[]) => inTurn(() => takeSources(of, docIds)),
    ...{
      finish,
      isTried,
      discard,
      removeLine,
      pointAt,
      isBusy: act.isBusy,
      problems: act.problems,
    },
  }
}

/** 按配方: each part on its line, on a new one where it has none; what the recipe does not name stays. */
function filled(of: DraftOf) {
  const { lines = [], recipe = [] } = of.draft() ?? {}
  return recipe.map(({ skuId, quantity, costShare }) => {
    const known = lines.find(
      (line) =>
        line['skuId'] === skuId && (line['costShare'] === undefined) === (costShare === undefined),
    )
    const fields: Values = { skuId, quantity, ...(costShare !== undefined && { costShare }) }
    return { lineId: known?.lineId ?? uuidv7(), fields }
  })
}

async function takeSources(of: DraftOf, docIds: readonly string[]): Promise<void> {
  const found = await Promise.all(docIds.map(findDocument))
  const sources = found.filter((source) => source !== undefined)
  await command('editDraft', {
    ...targetOf(of),
    ...takenFrom(of.definition(), of.draft(), sources),
  })
}

type Defaults = Accessor<Readonly<Record<string, FieldValue>>>

function targetOf(of: DraftOf) {
  return { docId: of.docId(), type: of.definition().type }
}

type Turns = <Value>(act: () => Value | Promise<Value>) => Promise<Value>

/** Acts on one draft one after the other: a posting never overtakes what was typed before it. */
function makeTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return (act) => {
    const mine = last.then(act, act)
    last = mine
    return mine
  }
}

function createTyping(of: DraftOf, inTurn: Turns) {
  const defaults = createHeaderDefaults(of)
  const missing = () => (of.draft() === undefined ? defaults() : {})
  const editHeader = (field: string, value: FieldValue | undefined) =>
    inTurn(() =>
      command('editDraft', { ...targetOf(of), header: { ...missing(), [field]: value } }),
    )
  const editLine = (change: LineEdit) =>
    inTurn(() => {
      const lines = [{ lineId: change.rowKey, fields: { [change.key]: change.value } }]
      return command('editDraft', { ...targetOf(of), header: missing(), lines })
    })
  return { defaults, editHeader, editLine }
}

/** Scans add a line or one more; a code of several SKUs is asked about, an unknown one is said. */
function createScanning(of: DraftOf, defaults: Defaults, inTurn: Turns) {
  const [flashKey, setFlashKey] = createSignal<string>()
  const [choices, setChoices] = createSignal<readonly LookupHit[]>([])
  const scanSku = async (sku: ProductRow, unit: string | undefined) => {
    const target = targetOf(of)
    if (of.draft() === undefined) await command('editDraft', { ...target, header: defaults() })
    const one = {
      skuId: sku.skuId,
      quantity: wholeQuantity(1),
      ...(unit === undefined ? {} : { unit }),
    }
    const scanned = await inTurn(() => command('scanIntoDraft', { ...target, ...one }))
    confirmScan(scanned.ok ? 'hit' : 'miss')
    if (scanned.ok) setFlashKey(scanned.value.lineId)
  }
  const scanPiece = async (sku: ProductRow, serial: string) => {
    const line = of.draft()?.lines.find(({ skuId }) => skuId === sku.skuId)
    const edit = pieceEdit(line, sku, serial)
    confirmScan(edit === undefined ? 'miss' : 'hit')
    if (edit === undefined) return
    const header = of.draft() === undefined ? defaults() : {}
    await inTurn(() => command('editDraft', { ...targetOf(of), header, lines: [edit] }))
    setFlashKey(edit.lineId)
  }
  const scan = async (code: string) => {
    const hits = (await lookUp(code)).filter((hit) => hit.kind === 'sku')
    const [first] = hits
    if (first === undefined) {
      confirmScan('miss')
      const text = t('editor.unknownCodeNote')
      showToast({ kind: 'decide', title: t('editor.unknownCode', code), text })
    } else if (hits.length > 1) setChoices(hits)
    else if (first.serial !== undefined) await scanPiece(first.product, first.serial)
    else await scanSku(first.product, first.unit)
  }
  const choose = async (hit: LookupHit | undefined) => {
    setChoices([])
    if (hit?.kind === 'sku') await scanSku(hit.product, hit.unit)
  }
  return { scan, choices, choose, flashKey }
}

/** One more number on the line of its SKU; the quantity follows from the numbers. */
function pieceEdit(
  line: DraftDetail['lines'][number] | undefined,
  sku: ProductRow,
  serial: string,
): { readonly lineId: string; readonly fields: Values } | undefined {
  const known = serialsOf(line?.['serials'])
  if (known.includes(serial)) return undefined
  const begun = line === undefined ? { skuId: sku.skuId } : {}
  const serials = [...known, serial].join(' ')
  return {
    lineId: line?.lineId ?? uuidv7(),
    fields: { ...begun, serials, quantity: undefined },
  }
}

/** Where goods move and nothing was chosen yet: the first warehouse of the branch. */
function createHeaderDefaults(of: DraftOf): Defaults {
  const session = createSession()
  const warehouses = createMasters(() => 'warehouse')
  return () => {
    const wants = Object.hasOwn(of.definition().header, 'warehouseId')
    const own = warehouses()?.rows.find((row) => row.fields['branchId'] === session()?.branchId)
    return own === undefined || !wants ? {} : { warehouseId: own.id }
  }
}
