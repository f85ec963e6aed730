/**
 * 补录 (supply a part): whoever may, writes the part that the poster might not, such as the prices of a keeper's
 * receipt. Goods and quantities stand as they were posted.
 */
import { createMemo, createSignal } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import type { DocumentDetail, FieldValue, FieldValues } from '#client/engine/face/face.ts'
import { createSession } from '#client/queries/create-session.ts'
import { labelText } from '#client/text/language.ts'
import { problemSentence } from '#client/text/problem-text.ts'
import { t } from '#client/text/translate.ts'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { Button } from '#client/ui/button.tsx'
import { Dialog } from '#client/ui/dialog.tsx'
import { LineGrid, type LineEdit } from '#client/ui/line-grid.tsx'
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import type { Field } from '#domain/doctype/fields.ts'
import { HeaderFields } from './header-fields.tsx'
import { Impact } from './impact.tsx'
import { type DraftLine, lineColumns } from './line-columns.ts'
import css from './documents.module.css'

export interface SupplyPartProps {
  readonly definition: AnyDocumentDefinition
  readonly document: DocumentDetail
  readonly onClose: () => void
}

export function SupplyPart(props: SupplyPartProps) {
  const act = createAct()
  const session = createSession()
  const [header, setHeader] = createSignal<FieldValues>({})
  const [typed, setTyped] = createSignal<Readonly<Record<string, FieldValues>>>({})
  const isPending = (field: Field) =>
    props.document.pendingParts.some((part) => part === field.audience) &&
    (session()?.audiences.some((each) => each === field.audience) ?? false)
  const rows = (): readonly DraftLine[] =>
    props.document.lines.map((line) => ({ ...line, ...typed()[line.lineId], lineId: line.lineId }))
  const posted = createMemo(() => draftLike(props.document))
  const columns = () =>
    lineColumns(
      props.definition,
      posted,
      () => true,
      () => ({}),
    )
      .filter((column) => column.kind !== 'computed')
      .map((column) => {
        const field = props.definition.lines[column.key]
        return { ...column, isReadOnly: field === undefined || !isPending(field) }
      })
  const put = (change: LineEdit) => {
    setTyped((before) => ({
      ...before,
      [change.rowKey]: without(before[change.rowKey] ?? {}, change.key, change.value),
    }))
  }
  const supplied = createMemo(() => ({
    header: header(),
    lines: props.document.lines.map(({ lineId }) => ({ ...typed()[lineId], lineId })),
  }))
  const supply = async () => {
    const done = await act.run('supplyPart', { docId: props.document.docId, ...supplied() })
    if (done !== undefined) props.onClose()
  }
  const problemAt = (lineId: string | undefined, field: string) => {
    const problem = act.problems().find((each) => each.lineId === lineId && each.field === field)
    return problem === undefined ? undefined : problemSentence(problem)
  }
  return (
    <Dialog
      isOpen
      isSticky
      size="large"
      title={t('documents.supplyTitle', props.document.number)}
      onClose={props.onClose}
      footer={
        <Button kind="main" isBusy={act.isBusy()} onPress={() => void supply()}>
          {t('documents.supplyApply')}
        </Button>
      }
    >
      <ProblemNotices problems={act.problems().filter((each) => each.field === undefined)} />
      <HeaderFields
        definition={props.definition}
        header={header()}
        draft={undefined}
        branchId={props.document.branchId}
        isReadable={isPending}
        problemOf={(field) => problemAt(undefined, field)}
        onCommit={(field, value) => setHeader((before) => without(before, field, value))}
      />
      <div class={css['grid']}>
        <LineGrid
          label={labelText(props.definition.label)}
          columns={columns()}
          rows={rows()}
          rowKey={(row) => row.lineId}
          newRowKey={() => ''}
          onEdit={put}
          onRemove={() => undefined}
          problemAt={problemAt}
        />
      </div>
      <Impact docId={props.document.docId} act="supply" supplied={supplied()} />
    </Dialog>
  )
}

function without(before: FieldValues, field: string, value: FieldValue | undefined): FieldValues {
  const { [field]: _, ...others } = before
  return value === undefined ? others : { ...others, [field]: value }
}

/** The posted document in the shape that the grid's columns read names and units from. */
function draftLike(document: DocumentDetail) {
  return {
    docId: document.docId,
    type: document.type,
    branchId: document.branchId,
    header: document.header,
    lines: document.lines,
    names: document.names,
    skus: document.skus,
    derived: { header: {}, lines: {} },
    facets: [],
    proposals: {},
    recipe: [],
    unlisted: { total: 0, rows: [] },
    problems: [],
    presence: [],
    isPosted: true,
  }
}
