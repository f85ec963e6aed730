/** 在途 (under way): what was sent and has not arrived, the oldest first; what comes to this branch is taken in from here. */
import { useNavigate } from '@solidjs/router'
import { Show } from 'solid-js'
import { arrivalsOf, startReturn } from '#client/documents/return-draft.ts'
import type { UnderWayRow } from '#client/engine/face/face.ts'
import { readDocument } from '#client/queries/create-documents.ts'
import { createSession } from '#client/queries/create-session.ts'
import { createUnderWayRows } from '#client/queries/create-stock.ts'
import { momentText } from '#client/text/dates.ts'
import { countText } from '#client/text/figures.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { DataTable } from '#client/ui/data-table.tsx'
import { EmptyState } from '#client/ui/empty-state.tsx'
import { Page } from '#client/ui/page.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { Badge } from '#client/ui/stamp.tsx'
import type { TableColumn } from '#client/ui/table-column.ts'
import { instant } from '#domain/values/instant.ts'
import css from './stock.module.css'

export function UnderWay() {
  const navigate = useNavigate()
  const rows = createUnderWayRows()
  const session = createSession()
  /** The draft of what takes it in; the dispatch itself where nothing can. */
  const takeIn = async ({ docId }: UnderWayRow) => {
    const sent = await readDocument(docId)
    const [arrival] = sent === undefined ? [] : arrivalsOf(sent)
    if (sent !== undefined && arrival !== undefined) navigate(await startReturn(arrival, sent))
    else navigate(addressOf(docId))
  }
  const dayOf = (at: number) =>
    momentText(instant(at), session()?.zone ?? { offsetMinutes: 480 }).slice(0, 10)
  return (
    <Page
      title={t('way.title')}
      back="/stock"
      lead={
        <Show when={rows.total() !== undefined}>{t('way.lead', countText(rows.total() ?? 0))}</Show>
      }
      isFull
    >
      <Sheet isFlush isFull>
        <DataTable
          label={t('way.title')}
          columns={columnsOf(dayOf, takeIn)}
          count={rows.total() ?? 0}
          row={rows.row}
          rowKey={(row) => row.docId}
          onVisible={rows.see}
          onOpen={({ docId }) => navigate(addressOf(docId))}
          card={(row) => <UnderWayCard row={row} dayOf={dayOf} onTakeIn={takeIn} />}
          cardHeight={96}
          cardsBelow={760}
          empty={
            <Show when={rows.total() !== undefined}>
              <EmptyState icon="stock" title={t('way.empty')} text={t('way.emptyNote')} />
            </Show>
          }
        />
      </Sheet>
    </Page>
  )
}

function addressOf(docId: string): string {
  return `/documents/transfer-dispatch/${docId}`
}

type TakeIn = (row: UnderWayRow) => Promise<void>

function columnsOf(
  dayOf: (at: number) => string,
  takeIn: TakeIn,
): readonly TableColumn<UnderWayRow>[] {
  return [
    { key: 'number', label: t('way.number'), width: 210, render: (row) => row.number },
    { key: 'from', label: t('way.from'), width: 110, grow: 1, render: (row) => row.fromName },
    { key: 'to', label: t('way.to'), width: 110, grow: 1, render: (row) => row.toName },
    {
      ...{ key: 'sent', label: t('way.sent'), width: 110, hideBelow: 1000 },
      render: (row) => dayOf(row.at),
    },
    {
      ...{ key: 'expected', label: t('way.expected'), width: 110, hideBelow: 900 },
      render: (row) => row.expectedOn ?? '–',
    },
    {
      ...{ key: 'lines', label: t('way.lines'), width: 80, align: 'end', hideBelow: 900 },
      render: (row) => countText(row.lines),
    },
    {
      ...{ key: 'days', label: t('way.days'), width: 130, align: 'end' },
      render: (row) => <Days row={row} />,
    },
    {
      ...{ key: 'act', label: '', width: 110, align: 'end' },
      render: (row) => <TakeInButton row={row} onTakeIn={takeIn} size="small" />,
    },
  ]
}

/** How long it has been under way, and whether that is too long. */
function Days(props: { readonly row: UnderWayRow }) {
  return (
    <>
      <Show when={props.row.isLate}>
        <Badge tone="red">{t('way.late')}</Badge>{' '}
      </Show>
      {t('way.daysText', props.row.days)}
    </>
  )
}

function TakeInButton(props: {
  readonly row: UnderWayRow
  readonly onTakeIn: TakeIn
  readonly size?: 'small'
}) {
  return (
    <Show when={props.row.isToHere}>
      <Button
        kind="main"
        size={props.size ?? 'normal'}
        onPress={(event) => {
          // The row would open the dispatch.
          event.stopPropagation()
          void props.onTakeIn(props.row)
        }}
      >
        {t('way.takeIn')}
      </Button>
    </Show>
  )
}

function UnderWayCard(props: {
  readonly row: UnderWayRow
  readonly dayOf: (at: number) => string
  readonly onTakeIn: TakeIn
}) {
  return (
    <div class={css['card']}>
      <span class={css['ageCard']}>
        <span class={css['product']}>
          {props.row.fromName} → {props.row.toName}
        </span>
        <span class={css['specification']}>{props.row.number}</span>
        <span>
          {props.dayOf(props.row.at)} · <Days row={props.row} />
        </span>
      </span>
      <TakeInButton row={props.row} onTakeIn={props.onTakeIn} />
    </div>
  )
}
