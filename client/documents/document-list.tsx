/** The list of one document type, derived from its definition: drafts first, then what is posted, newest first. */
import { useNavigate, useParams } from '@solidjs/router'
import { createSignal, For, type JSX, Show } from 'solid-js'
import { uuidv7 } from 'uuidv7'
import type { DocumentRow } from '#client/engine/face/face.ts'
import { createDocumentRows, createDrafts } from '#client/queries/create-documents.ts'
import { createSession } from '#client/queries/create-session.ts'
import { agoText, shortMomentText } from '#client/text/dates.ts'
import { countText } from '#client/text/figures.ts'
import { labelText } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { DataTable } from '#client/ui/data-table.tsx'
import { EmptyState } from '#client/ui/empty-state.tsx'
import { MoneyText } from '#client/ui/money-text.tsx'
import { Page } from '#client/ui/page.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import type { TableColumn } from '#client/ui/table-column.ts'
import { Stamp } from '#client/ui/stamp.tsx'
import { SearchField } from '#client/ui/search-field.tsx'
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import { definitionOf } from '#domain/registry.ts'
import { instant } from '#domain/values/instant.ts'
import { money } from '#domain/values/money.ts'
import { isTakenBack } from './document-versions.tsx'
import { carriedOutText } from './order-axes.tsx'
import { FieldText, isFigure } from './field-text.tsx'
import { UnknownType } from './unknown-type.tsx'
import css from './documents.module.css'

export function DocumentList() {
  const params = useParams<{ type: string }>()
  return (
    <Show when={definitionOf(params.type)} keyed fallback={<UnknownType />}>
      {(definition) => <ListOf definition={definition} />}
    </Show>
  )
}

function ListOf(props: { readonly definition: AnyDocumentDefinition }) {
  const navigate = useNavigate()
  const [search, setSearch] = createSignal('')
  const rows = createDocumentRows(() => props.definition.type, search)
  const path = (docId: string) => `/documents/${props.definition.type}/${docId}`
  const start = () => navigate(path(uuidv7()))
  const label = () => labelText(props.definition.label)
  const columns = createColumns(() => props.definition)
  return (
    <Page
      title={label()}
      lead={
        <Show when={rows.total() !== undefined}>
          {t('documents.lead', countText(rows.total() ?? 0))}
        </Show>
      }
      isFull
      actions={
        <Button kind="main" icon="plus" onPress={start}>
          {t('documents.new', label())}
        </Button>
      }
    >
      <Drafts definition={props.definition} />
      <SearchField
        label={t('word.search')}
        hint={t('documents.searchHint')}
        value={search()}
        onInput={setSearch}
      />
      <Sheet isFlush isFull>
        <DataTable
          label={label()}
          columns={columns()}
          count={rows.total() ?? 0}
          row={rows.row}
          rowKey={(row) => row.docId}
          onVisible={rows.see}
          onOpen={(row) => navigate(path(row.docId))}
          card={(row) => <DocumentCard row={row} />}
          empty={
            <Show when={rows.total() !== undefined}>
              <EmptyState
                icon="document"
                title={t('documents.empty', label())}
                text={t('documents.emptyNote')}
                actions={
                  <Button icon="plus" onPress={start}>
                    {t('documents.new', label())}
                  </Button>
                }
              />
            </Show>
          }
        />
      </Sheet>
    </Page>
  )
}

function createColumns(definition: () => AnyDocumentDefinition) {
  const session = createSession()
  const zone = () => session()?.zone ?? { offsetMinutes: 480 }
  const own = (): readonly TableColumn<DocumentRow>[] =>
    definition().listColumns.map(({ name, field }) => ({
      key: name,
      label: labelText(field.label),
      width: 110,
      grow: 1,
      hideBelow: 760,
      align: isFigure(field) ? 'end' : 'start',
      render: (row) => <FieldText field={field} value={row.fields[name]} context={row} />,
    }))
  const progress = (): readonly TableColumn<DocumentRow>[] => {
    const { claims } = definition()
    if (claims === undefined || claims === 'change') return []
    return [{ key: 'progress', label: t('axis.title'), width: 110, render: progressText }]
  }
  return (): readonly TableColumn<DocumentRow>[] => [
    { key: 'number', label: t('documents.number'), width: 216, render: numberCell },
    {
      key: 'at',
      label: t('documents.at'),
      width: 120,
      render: (row) => shortMomentText(instant(row.at), instant(Date.now()), zone()),
    },
    ...own(),
    { key: 'by', label: t('documents.by'), width: 90, hideBelow: 980, render: (row) => row.byName },
    {
      key: 'amount',
      label: t('documents.amount'),
      width: 120,
      align: 'end',
      hideBelow: 680,
      render: amountCell,
    },
    ...progress(),
    { key: 'state', label: t('documents.state'), width: 130, render: stateCell },
  ]
}

/** Of a later version, which one it is. */
function numberCell({ number, version }: DocumentRow): string {
  return version === undefined ? number : `${number} · ${t('versions.version', version)}`
}

function amountCell(row: DocumentRow): JSX.Element {
  return row.amount === undefined ? '' : <MoneyText value={money(row.amount)} />
}

function stateCell(row: DocumentRow): JSX.Element {
  return (
    <Stamp state={row.pendingParts.length > 0 && !isTakenBack(row.state) ? 'pending' : row.state} />
  )
}

/** '部分入库', '报价已过期'; '' beside what claims nothing, or was taken back. */
function progressText({ axes, state }: DocumentRow): string {
  if (axes === undefined || isTakenBack(state)) return ''
  if (axes.isExpired) return t('axis.expired')
  return axes.close === 'manual' ? t('axis.closed') : carriedOutText(axes)
}

function DocumentCard(props: { readonly row: DocumentRow }) {
  const session = createSession()
  const zone = () => session()?.zone ?? { offsetMinutes: 480 }
  return (
    <div class={css['card']}>
      <span class={css['cardTitle']}>{numberCell(props.row)}</span>
      {stateCell(props.row)}
      <span class={css['note']}>
        {[
          shortMomentText(instant(props.row.at), instant(Date.now()), zone()),
          props.row.byName,
          progressText(props.row),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      <span>{amountCell(props.row)}</span>
    </div>
  )
}

/** Shared drafts on the desk: anybody of the branch may go on with them. */
function Drafts(props: { readonly definition: AnyDocumentDefinition }) {
  const drafts = createDrafts(() => props.definition.type)
  return (
    <Show when={(drafts() ?? []).length > 0}>
      <div class={css['drafts']}>
        <For each={drafts()}>
          {(draft) => (
            <a class={css['draft']} href={`/documents/${draft.type}/${draft.docId}`}>
              <Stamp state="draft" />
              <span class={css['draftText']}>
                <For each={props.definition.listColumns}>
                  {({ name, field }) => (
                    <span>
                      <FieldText field={field} value={draft.fields[name]} context={draft} />{' '}
                    </span>
                  )}
                </For>
              </span>
              <span class={css['note']}>
                {t(
                  'documents.draftNote',
                  draft.lineCount,
                  agoText(instant(draft.changedAt), instant(Date.now())),
                )}
              </span>
            </a>
          )}
        </For>
      </div>
    </Show>
  )
}
