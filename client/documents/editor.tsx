/**
 * The editor of any document type: header in columns, keyboard line grid, totals, 过账. The draft lies on the
 * shared desk: each field is written as it is left, others' hands show in the grid, nothing typed is lost.
 */
import { useNavigate } from '@solidjs/router'
import { createSignal, For, onCleanup, onMount, Show } from 'solid-js'
import { uuidv7 } from 'uuidv7'
import { command } from '#client/commands/command.ts'
import { createAct } from '#client/commands/create-act.ts'
import type {
  DraftDetail,
  FieldValue,
  LookupHit,
  Problem,
  ProductRow,
} from '#client/engine/face.ts'
import { createMasters } from '#client/queries/create-masters.ts'
import { createSession } from '#client/queries/create-session.ts'
import { findProduct, lookUp } from '#client/queries/suggest.ts'
import { labelText } from '#client/text/language.ts'
import { problemSentence } from '#client/text/problem-text.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { LineGrid, type LineEdit } from '#client/ui/line-grid.tsx'
import { MoneyText } from '#client/ui/money-text.tsx'
import { Notice } from '#client/ui/notice.tsx'
import { Page } from '#client/ui/page.tsx'
import { confirmScan } from '#client/ui/scan-feedback.ts'
import { onScan } from '#client/ui/scan-listener.ts'
import { Sheet } from '#client/ui/sheet.tsx'
import { Stamp } from '#client/ui/stamp.tsx'
import { showToast } from '#client/ui/toast.tsx'
import { amountInWords } from '#domain/doctype/amount-in-words.ts'
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import type { Field } from '#domain/doctype/fields.ts'
import { money } from '#domain/values/money.ts'
import { wholeQuantity } from '#domain/values/quantity.ts'
import { ChooseSku } from './choose-sku.tsx'
import { HeaderFields } from './header-fields.tsx'
import { type DraftLine, lineColumns } from './line-columns.ts'
import css from './documents.module.css'

export interface EditorProps {
  readonly definition: AnyDocumentDefinition
  readonly docId: string
  /** Undefined until the first act on it. */
  readonly draft: DraftDetail | undefined
}

export function Editor(props: EditorProps) {
  const session = createSession()
  const navigate = useNavigate()
  const act = createAct()
  const [isTried, setTried] = createSignal(false)
  const [found, setFound] = createSignal<readonly LookupHit[]>([])
  const [flashKey, setFlashKey] = createSignal<string>()
  const defaults = createHeaderDefaults(props)
  const isReadable = (field: Field) =>
    session()?.audiences.some((each) => each === field.audience) ?? false
  const header = () => ({ ...defaults(), ...props.draft?.header, ...props.draft?.derived.header })
  const rows = (): readonly DraftLine[] =>
    (props.draft?.lines ?? []).map((line) => ({
      ...line,
      ...props.draft?.derived.lines[line.lineId],
    }))

  const editHeader = (field: string, value: FieldValue | undefined) =>
    edit({ header: { ...missingDefaults(), [field]: value } })
  const missingDefaults = () => (props.draft === undefined ? defaults() : {})
  const edit = (what: {
    readonly header?: Readonly<Record<string, FieldValue | undefined>>
    readonly lines?: readonly {
      readonly lineId: string
      readonly fields: Readonly<Record<string, FieldValue | undefined>>
    }[]
  }) => command('editDraft', { docId: props.docId, type: props.definition.type, ...what })
  const editLine = async (change: LineEdit) => {
    const sku = change.suggestion === undefined ? undefined : await productOf(change)
    await edit({
      ...(props.draft === undefined ? { header: defaults() } : {}),
      lines: [
        {
          lineId: change.rowKey,
          fields: { ...proposedPrice(props.definition, sku), [change.key]: change.value },
        },
      ],
    })
  }
  const scanSku = async (sku: ProductRow, unit: string | undefined) => {
    if (props.draft === undefined) await edit({ header: defaults() })
    const scanned = await command('scanIntoDraft', {
      docId: props.docId,
      type: props.definition.type,
      skuId: sku.skuId,
      quantity: wholeQuantity(1),
      ...(unit === undefined ? {} : { unit }),
    })
    confirmScan(scanned.ok ? 'hit' : 'miss')
    if (scanned.ok) setFlashKey(scanned.value.lineId)
  }
  const scan = async (code: string) => {
    const hits = (await lookUp(code)).filter((hit) => hit.kind === 'sku')
    const [only] = hits
    if (only === undefined || only.kind !== 'sku') {
      confirmScan('miss')
      showToast({
        kind: 'decide',
        title: t('editor.unknownCode', code),
        text: t('editor.unknownCodeNote'),
      })
    } else if (hits.length === 1) await scanSku(only.product, only.unit)
    else setFound(hits)
  }
  onScan((code) => void scan(code))
  const post = async () => {
    setTried(true)
    const posted = await act.run('post', { docId: props.docId })
    if (posted === undefined) return
    for (const warning of posted.warnings)
      showToast({ kind: 'decide', title: problemSentence(warning) })
    showToast({
      kind: 'done',
      title: t('editor.posted', posted.number),
      text: t('editor.postedNote'),
    })
  }
  const discard = async () => {
    if (props.draft !== undefined) await act.run('discardDraft', { docId: props.docId })
    navigate(`/documents/${props.definition.type}`)
  }
  const keyDown = (event: KeyboardEvent) => {
    if (!event.ctrlKey || event.key !== 'Enter') return
    event.preventDefault()
    void post()
  }
  onMount(() => addEventListener('keydown', keyDown))
  onCleanup(() => {
    removeEventListener('keydown', keyDown)
    void command('pointAt', {})
  })
  const problems = (): readonly Problem[] => (isTried() ? (props.draft?.problems ?? []) : [])
  const problemAt = (lineId: string | undefined, field: string) => {
    const problem = problems().find((each) => each.lineId === lineId && each.field === field)
    return problem === undefined ? undefined : problemSentence(problem)
  }
  const presenceAt = (lineId: string, field: string) =>
    props.draft?.presence.find((each) => each.lineId === lineId && each.field === field)
  return (
    <Page
      title={t('editor.title', labelText(props.definition.label))}
      back={`/documents/${props.definition.type}`}
      stamp={<Stamp state="draft" />}
      lead={<Present draft={props.draft} />}
      actions={
        <Button kind="quiet" icon="trash" onPress={() => void discard()}>
          {t('editor.discard')}
        </Button>
      }
      footer={
        <>
          <Total rows={rows()} roundOff={header()['roundOff']} />
          <Button kind="main" keys="Ctrl+Enter" isBusy={act.isBusy()} onPress={() => void post()}>
            {t('editor.post')}
          </Button>
        </>
      }
    >
      <Problems problems={act.problems().filter((each) => each.field === undefined)} />
      <Sheet>
        <HeaderFields
          definition={props.definition}
          header={header()}
          draft={props.draft}
          branchId={session()?.branchId}
          isReadable={isReadable}
          problemOf={(field) => problemAt(undefined, field)}
          onCommit={(field, value) => void editHeader(field, value)}
        />
      </Sheet>
      <Sheet title={t('documents.lines')} note={t('editor.linesNote')} isFlush>
        <div class={css['grid']}>
          <LineGrid
            label={t('documents.lines')}
            columns={lineColumns(props.definition, () => props.draft, isReadable)}
            rows={rows()}
            rowKey={(row) => row.lineId}
            newRowKey={() => uuidv7()}
            onEdit={editLine}
            onRemove={(lineId) => void command('removeLine', { docId: props.docId, lineId })}
            problemAt={problemAt}
            presenceAt={presenceAt}
            onPoint={(lineId, field) =>
              void command('pointAt', {
                docId: props.docId,
                field,
                ...(lineId === undefined ? {} : { lineId }),
              })
            }
            flashKey={flashKey()}
          />
        </div>
      </Sheet>
      <ChooseSku
        hits={found()}
        onChoose={(hit) => {
          setFound([])
          if (hit?.kind === 'sku') void scanSku(hit.product, hit.unit)
        }}
      />
    </Page>
  )
}

/** Where goods move and nothing was chosen yet: the first warehouse of the branch. */
function createHeaderDefaults(props: EditorProps) {
  const session = createSession()
  const warehouses = createMasters(() => 'warehouse')
  return (): Readonly<Record<string, FieldValue>> => {
    const own = warehouses()?.rows.find((row) => row.fields['branchId'] === session()?.branchId)
    const wants = Object.hasOwn(props.definition.header, 'warehouseId')
    return own === undefined || !wants ? {} : { warehouseId: own.id }
  }
}

async function productOf(change: LineEdit): Promise<ProductRow | undefined> {
  if (change.key !== 'skuId' || typeof change.value !== 'string') return undefined
  return findProduct(change.value)
}

/** The list price of the side that the type trades on; the person may change it. */
function proposedPrice(
  definition: AnyDocumentDefinition,
  sku: ProductRow | undefined,
): Readonly<Record<string, FieldValue>> {
  const audience = definition.lines['price']?.audience
  const price = audience === 'buying' ? sku?.purchasePrice : sku?.retailPrice
  return audience === undefined || price === undefined ? {} : { price }
}

function Present(props: { readonly draft: DraftDetail | undefined }) {
  const others = () => props.draft?.presence ?? []
  return (
    <Show when={others().length > 0} fallback={t('editor.savedAsYouType')}>
      {t(
        'editor.together',
        others()
          .map((each) => each.name)
          .join(t('word.listEnd')),
      )}
    </Show>
  )
}

function Problems(props: { readonly problems: readonly Problem[] }) {
  return (
    <Show when={props.problems.length > 0}>
      <Notice kind="stop" title={t('editor.notPosted')}>
        <ul class={css['problems']}>
          <For each={props.problems}>{(problem) => <li>{problemSentence(problem)}</li>}</For>
        </ul>
      </Notice>
    </Show>
  )
}

function Total(props: {
  readonly rows: readonly DraftLine[]
  readonly roundOff: FieldValue | undefined
}) {
  const amounts = () =>
    props.rows.map((row) => row['amount']).filter((each) => typeof each === 'number')
  const roundOff = () => (typeof props.roundOff === 'number' ? props.roundOff : 0)
  const total = () => money(amounts().reduce((sum, each) => sum + each, 0) - roundOff())
  return (
    <div class={css['totals']}>
      <span class={css['factLabel']}>{t('editor.lineCount', props.rows.length)}</span>
      <Show when={amounts().length > 0}>
        <span class={css['words']}>{amountInWords(total())}</span>
        <span class={css['sum']}>
          <MoneyText value={total()} />
        </span>
      </Show>
    </div>
  )
}
