/**
 * The editor of any document type: header in columns, keyboard line grid, totals, 过账. The draft lies on the
 * shared desk: each field is written as it is left, others' hands show in the grid, nothing typed is lost.
 */
import { useNavigate } from '@solidjs/router'
import { createSignal, For, onCleanup, onMount, Show } from 'solid-js'
import { uuidv7 } from 'uuidv7'
import type { DraftDetail, FieldValue, Problem, Session } from '#client/engine/face/face.ts'
import { createLinePrices } from '#client/queries/create-prices.ts'
import { createSession } from '#client/queries/create-session.ts'
import { labelText } from '#client/text/language.ts'
import { problemSentence } from '#client/text/problem-text.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { classes } from '#client/ui/classes.ts'
import { LineGrid } from '#client/ui/line-grid.tsx'
import { MoneyText } from '#client/ui/money-text.tsx'
import { Notice } from '#client/ui/notice.tsx'
import { Page } from '#client/ui/page.tsx'
import { createScanTarget } from '#client/ui/scan-listener.ts'
import { Sheet } from '#client/ui/sheet.tsx'
import { Stamp } from '#client/ui/stamp.tsx'
import { amountInWords } from '#domain/doctype/amount-in-words.ts'
import { assertsStock } from '#domain/doctype/check-goods.ts'
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import type { Field } from '#domain/doctype/fields.ts'
import { reductionsOf } from '#domain/doctype/reductions.ts'
import { money } from '#domain/values/money.ts'
import { DraftApproval, isWaiting, needsApproval } from './draft-approval.tsx'
import { ChooseSku } from './choose-sku.tsx'
import { BusinessTime } from './business-time.tsx'
import { createDraftActs } from './draft-acts.ts'
import { keyText } from './field-text.tsx'
import { HeaderFields } from './header-fields.tsx'
import { Impact } from './impact.tsx'
import { ListGoods } from './list-goods.tsx'
import { UnlistedGoods } from './unlisted-goods.tsx'
import { type DraftLine, lineColumns } from './line-columns.ts'
import { sourceNames, TakeSources } from './take-sources.tsx'
import css from './documents.module.css'

export interface EditorProps {
  readonly definition: AnyDocumentDefinition
  readonly docId: string
  /** Undefined until the first act on it. */
  readonly draft: DraftDetail | undefined
}

type Acts = ReturnType<typeof createDraftActs>

export function Editor(props: EditorProps) {
  const navigate = useNavigate()
  const acts = createDraftActs({
    definition: () => props.definition,
    docId: () => props.docId,
    draft: () => props.draft,
  })
  createScanTarget((code) => void acts.scan(code))
  onKey('Enter', () => void acts.finish())
  const listHref = () => `/documents/${props.definition.type}`
  const discard = async () => {
    await acts.discard()
    navigate(listHref())
  }
  const header = () => ({
    ...acts.defaults(),
    ...props.draft?.header,
    ...props.draft?.derived.header,
  })
  const rows = (): readonly DraftLine[] =>
    (props.draft?.lines ?? []).map((line) => ({
      ...line,
      ...props.draft?.derived.lines[line.lineId],
    }))
  return (
    <Page
      title={titleOf(props)}
      back={listHref()}
      stamp={<Stamp state="draft" />}
      lead={<Present draft={props.draft} />}
      actions={
        <Button kind="quiet" icon="trash" onPress={() => void discard()}>
          {t('editor.discard')}
        </Button>
      }
      footer={
        <>
          <Total rows={rows()} header={header()} />
          <Show when={!isWaiting(props.draft)}>
            <Button
              kind="main"
              keys="Ctrl+Enter"
              isBusy={acts.isBusy()}
              onPress={() => void acts.finish()}
            >
              {t(needsApproval(props.draft) ? 'approval.submit' : 'editor.post')}
            </Button>
          </Show>
        </>
      }
    >
      <Show when={props.draft?.reopened}>
        {(reopened) => (
          <Notice kind="info" title={t('versions.draft', reopened().version, reopened().number)}>
            {t('versions.draftNote')}
          </Notice>
        )}
      </Show>
      <DraftApproval draft={props.draft} type={props.definition.type} />
      <Problems
        problems={acts.problems().filter((each) => isOfNoCell(props.definition, each))}
        draft={props.draft}
      />
      <Paper {...props} acts={acts} header={header()} rows={rows()} />
      <ChooseSku hits={acts.choices()} onChoose={(hit) => void acts.choose(hit)} />
    </Page>
  )
}

function titleOf({ definition, draft }: EditorProps): string {
  const label = labelText(definition.label)
  return draft?.reopened === undefined ? t('editor.title', label) : label
}

interface PaperProps extends EditorProps {
  readonly acts: Acts
  readonly header: Readonly<Record<string, FieldValue>>
  readonly rows: readonly DraftLine[]
}

/** Waits for the session: a form whose fields and columns came one by one would move under the hand. */
function Paper(props: PaperProps) {
  const session = createSession()
  return <Show when={session()}>{(known) => <Form {...props} session={known()} />}</Show>
}

/** Header and lines, as on the form that people know. */
function Form(props: PaperProps & { readonly session: Session }) {
  const linePrices = createLinePrices(() => props.docId)
  const isReadable = (field: Field) =>
    props.session.audiences.some((each) => each === field.audience)
  const problemAt = (lineId: string | undefined, field: string) => {
    if (!props.acts.isTried()) return undefined
    const isHere = (each: Problem) => each.lineId === lineId && each.field === field
    const problem = props.draft?.problems.find(isHere)
    return problem === undefined ? undefined : problemSentence(problem)
  }
  /** Whether the moment is allowed is known when posting was tried; that its month is closed, at once. */
  const momentProblem = () => {
    const all = [...(props.draft?.problems ?? []), ...props.acts.problems()]
    const problem = all.find(({ lineId, field }) => lineId === undefined && field === 'at')
    return problem && problemSentence(problem)
  }
  const hasSettlement = () =>
    Object.values<Field>(props.definition.header).some(
      (field) => isReadable(field) && isSettled(field),
    )
  const prices = () => linePrices() ?? {}
  const presenceAt = (lineId: string, field: string) =>
    props.draft?.presence.find((each) => each.lineId === lineId && each.field === field)
  return (
    <>
      <Sheet>
        <HeaderFields
          definition={props.definition}
          header={props.header}
          draft={props.draft}
          branchId={props.session.branchId}
          isReadable={(field) => isReadable(field) && !isSettled(field)}
          problemOf={(field) => problemAt(undefined, field)}
          onCommit={(field, value) => void props.acts.editHeader(field, value)}
        >
          <BusinessTime
            value={props.header['at']}
            isOfDay={props.header['partOfDay'] !== undefined}
            zone={props.session.zone}
            problem={momentProblem()}
            onCommit={(at) => void props.acts.editHeader('at', at)}
          />
        </HeaderFields>
      </Sheet>
      <Sheet
        title={t('documents.lines')}
        note={t('editor.linesNote')}
        isFlush
        actions={
          <>
            <Show when={assertsStock(props.definition)}>
              <ListGoods docId={props.docId} type={props.definition.type} header={props.header} />
            </Show>
            <Show when={(props.draft?.recipe.length ?? 0) > 0}>
              <Button onPress={() => void props.acts.fillByRecipe()}>{t('recipe.fill')}</Button>
            </Show>
            <Show when={takesOn(props.definition)}>
              <FromSources {...props} />
            </Show>
          </>
        }
      >
        <div class={css['grid']}>
          <LineGrid
            label={t('documents.lines')}
            columns={lineColumns(props.definition, () => props.draft, isReadable, prices)}
            rows={props.rows}
            rowKey={(row) => row.lineId}
            newRowKey={() => uuidv7()}
            onEdit={(change) => props.acts.editLine(change)}
            onRemove={(lineId) => void props.acts.removeLine(lineId)}
            problemAt={problemAt}
            presenceAt={presenceAt}
            onPoint={(lineId, field) => void props.acts.pointAt(lineId, field)}
            flashKey={props.acts.flashKey()}
          />
        </div>
      </Sheet>
      <Show when={props.draft}>{(draft) => <UnlistedGoods draft={draft()} />}</Show>
      <Show when={hasSettlement()}>
        <Sheet title={t('editor.settlement')}>
          <HeaderFields
            definition={props.definition}
            header={props.header}
            draft={props.draft}
            branchId={props.session.branchId}
            isReadable={(field) => isReadable(field) && isSettled(field)}
            problemOf={(field) => problemAt(undefined, field)}
            onCommit={(field, value) => void props.acts.editHeader(field, value)}
          />
        </Sheet>
      </Show>
      <Show when={isLate(props.header) || isAboutCosts(props.definition)}>
        <Impact docId={props.docId} act="post" />
      </Show>
    </>
  )
}

function isLate({ at, partOfDay }: PaperProps['header']): boolean {
  return (at ?? partOfDay) !== undefined
}

/** Lines of receipts, requests, orders: how an invoice, and what carries out an order, are written. */
function FromSources(props: Pick<PaperProps, 'definition' | 'draft' | 'acts'>) {
  const [isOpen, setOpen] = createSignal(false)
  return (
    <>
      <Button icon="plus" onPress={() => setOpen(true)}>
        {t('sources.open', sourceNames(props.definition))}
      </Button>
      <Show when={isOpen()}>
        <TakeSources
          definition={props.definition}
          draft={props.draft}
          isBusy={props.acts.isBusy()}
          onTake={(rows) => void props.acts.takeSources(rows.map(({ docId }) => docId))}
          onClose={() => setOpen(false)}
        />
      </Show>
    </>
  )
}

/** An order change speaks of one order, and begins there. */
function takesOn({ adjusts, orders, claims }: AnyDocumentDefinition): boolean {
  return adjusts !== undefined || (orders !== undefined && claims !== 'change')
}

/** Changes what goods cost that were posted before, whatever its own moment. */
function isAboutCosts({ adjusts, movementClass }: AnyDocumentDefinition): boolean {
  return adjusts !== undefined || movementClass === 'value'
}

/** What is paid is settled when the lines are there, and stands below them. */
function isSettled({ kind }: Field): boolean {
  return kind === 'money'
}

/** Ctrl and `key`, anywhere on the screen. */
function onKey(key: string, act: () => void): void {
  const keyDown = (event: KeyboardEvent) => {
    if (!event.ctrlKey || event.key !== key) return
    event.preventDefault()
    act()
  }
  onMount(() => addEventListener('keydown', keyDown))
  onCleanup(() => removeEventListener('keydown', keyDown))
}

function Present(props: { readonly draft: DraftDetail | undefined }) {
  const others = () => props.draft?.presence ?? []
  const names = () =>
    others()
      .map((each) => each.name)
      .join(t('word.listEnd'))
  return (
    <Show when={others().length > 0} fallback={t('editor.savedAsYouType')}>
      {t('editor.together', names())}
    </Show>
  )
}

/**
 * What no cell of the grid can mend: it is about the draft, the document that a line speaks of, or goods that
 * follow from that document.
 */
function isOfNoCell({ lines, adjusts }: AnyDocumentDefinition, { field }: Problem): boolean {
  if (field === undefined) return true
  const isGiven = adjusts !== undefined && field === 'skuId'
  return isGiven || lines[field]?.kind.startsWith('origin') === true
}

function Problems(props: {
  readonly problems: readonly Problem[]
  readonly draft: DraftDetail | undefined
}) {
  const sentence = (problem: Problem) => {
    const line = props.draft?.lines.find(({ lineId }) => lineId === problem.lineId)
    const name = props.draft?.skus[keyText(line?.['skuId'])]?.name
    return name === undefined
      ? problemSentence(problem)
      : t('editor.aboutGoods', name, problemSentence(problem))
  }
  return (
    <Show when={props.problems.length > 0}>
      <Notice kind="stop" title={t('editor.notPosted')}>
        <ul class={css['problems']}>
          <For each={props.problems}>{(problem) => <li>{sentence(problem)}</li>}</For>
        </ul>
      </Notice>
    </Show>
  )
}

function Total(props: {
  readonly rows: readonly DraftLine[]
  readonly header: PaperProps['header']
}) {
  const amounts = () =>
    props.rows.map((row) => row['amount']).filter((each) => typeof each === 'number')
  const total = () =>
    money(amounts().reduce((sum, each) => sum + each, 0) - reductionsOf(props.header))
  return (
    <div class={classes(css['totals'], css['running'])}>
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
