/** Versions of a posted document (反审核): what took this one back, where the next one is, and what this one changed. */
import { A, useNavigate } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import type { DocumentDetail, DocumentState, VersionChange } from '#client/engine/face/face.ts'
import { momentText } from '#client/text/dates.ts'
import { labelText } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { Notice } from '#client/ui/notice.tsx'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import { instant } from '#domain/values/instant.ts'
import { FieldText } from './field-text.tsx'
import css from './documents.module.css'

/** 已红冲 or 已反审核: it counts no more. */
export function isTakenBack(state: DocumentState): boolean {
  return state === 'reversed' || state === 'unapproved'
}

export function Unapproved(props: {
  readonly document: DocumentDetail
  readonly zone: Parameters<typeof momentText>[1]
}) {
  const navigate = useNavigate()
  const act = createAct()
  const nextVersion = () => (props.document.version ?? 1) + 1
  const open = async () => {
    const { docId, type, unapprovedBy } = props.document
    const opened = unapprovedBy?.isNextPosted
      ? { docId: unapprovedBy.next }
      : await act.run('reopenDraft', { docId })
    if (opened !== undefined) navigate(`/documents/${type}/${opened.docId}`)
  }
  return (
    <Show when={props.document.unapprovedBy}>
      {(unapproval) => (
        <Notice
          kind="decide"
          title={t(
            'versions.unapprovedBy',
            momentText(instant(unapproval().at), props.zone),
            unapproval().byName,
          )}
        >
          <p>{unapproval().reason}</p>
          <Button onPress={() => void open()}>
            {t(
              unapproval().isNextPosted ? 'versions.openNext' : 'versions.openDraft',
              nextVersion(),
            )}
          </Button>
          <ProblemNotices problems={act.problems()} />
        </Notice>
      )}
    </Show>
  )
}

interface ChangesProps {
  readonly definition: AnyDocumentDefinition
  readonly document: DocumentDetail
}

/** What this version says otherwise than the one before it. */
export function Changes(props: ChangesProps) {
  return (
    <Show when={props.document.previous}>
      {(previous) => (
        <Sheet
          title={t('versions.changes', previous().version)}
          actions={
            <A href={`/documents/${props.document.type}/${previous().docId}`}>
              {t('versions.openPrevious', previous().version)}
            </A>
          }
        >
          <Show when={shownChanges(props).length > 0} fallback={t('versions.noChanges')}>
            <div class={css['header']}>
              <For each={shownChanges(props)}>
                {(change) => <Change {...props} change={change} />}
              </For>
            </div>
          </Show>
        </Sheet>
      )}
    </Show>
  )
}

/** Those with a field that people know by name. */
function shownChanges({ definition, document }: ChangesProps): readonly VersionChange[] {
  return (document.previous?.changes ?? []).filter(
    (change) => fieldOf(definition, change) !== undefined,
  )
}

function fieldOf(definition: AnyDocumentDefinition, { field, lineId }: VersionChange) {
  return lineId === undefined ? definition.header[field] : definition.lines[field]
}

function Change(props: ChangesProps & { readonly change: VersionChange }) {
  const context = () => ({
    names: props.document.names,
    sku: props.document.skus[props.change.skuId ?? ''],
  })
  const goods = () => context().sku?.name
  return (
    <Show when={fieldOf(props.definition, props.change)}>
      {(field) => (
        <div class={css['fact']}>
          <span class={css['factLabel']}>
            {[goods(), labelText(field().label)].filter((each) => each !== undefined).join(' · ')}
          </span>
          <span>
            <FieldText field={field()} value={props.change.before} context={context()} />
            {' → '}
            <FieldText field={field()} value={props.change.after} context={context()} />
          </span>
        </div>
      )}
    </Show>
  )
}
