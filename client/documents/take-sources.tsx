/**
 * 从上游单据选 (receipts for an invoice, requests for an order …): those that are still open, of one party where that
 * is chosen, found by number or goods; one by one, or all of them at once. What is in the document already is marked.
 */
import { createSignal, For, Show } from 'solid-js'
import type { DraftDetail, FieldValue, OpenSourceRow } from '#client/engine/face/face.ts'
import { createOpenSources } from '#client/queries/create-documents.ts'
import { createSession } from '#client/queries/create-session.ts'
import { momentText } from '#client/text/dates.ts'
import { labelText } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { Dialog } from '#client/ui/dialog.tsx'
import { EmptyState } from '#client/ui/empty-state.tsx'
import { MoneyText } from '#client/ui/money-text.tsx'
import { SearchField } from '#client/ui/search-field.tsx'
import { Skeleton } from '#client/ui/skeleton.tsx'
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import { definitionOf } from '#domain/registry.ts'
import { instant } from '#domain/values/instant.ts'
import { money } from '#domain/values/money.ts'
import { partyFieldOf, sourceLineOf } from './source-lines.ts'
import css from './take-sources.module.css'

export interface TakeSourcesProps {
  readonly definition: AnyDocumentDefinition
  readonly draft: DraftDetail | undefined
  readonly isBusy: boolean
  readonly onTake: (sources: readonly OpenSourceRow[]) => void
  readonly onClose: () => void
}

export function TakeSources(props: TakeSourcesProps) {
  const [search, setSearch] = createSignal('')
  const partyId = () => textIn(props.draft?.header[partyFieldOf(props.definition) ?? ''])
  const found = createOpenSources(() => ({
    type: props.definition.type,
    ...(partyId() === undefined ? {} : { partyId: partyId() ?? '' }),
    ...(search() === '' ? {} : { search: search() }),
  }))
  const taken = () => new Set((props.draft?.lines ?? []).map((line) => textIn(sourceLineOf(line))))
  const open = () => (found()?.rows ?? []).filter((row) => !isTaken(row, taken()))
  const takeable = () =>
    partyFieldOf(props.definition) === undefined ? open() : ofOneParty(open(), partyId())
  return (
    <Dialog
      isOpen
      size="large"
      title={t('sources.open', sourceNames(props.definition))}
      onClose={props.onClose}
      footer={
        <>
          <Button onPress={props.onClose}>{t('sources.done')}</Button>
          <Button
            kind="main"
            isBusy={props.isBusy}
            isDisabled={takeable().length === 0}
            onPress={() => props.onTake(takeable())}
          >
            {t('sources.takeAll', takeable().length)}
          </Button>
        </>
      }
    >
      <SearchField
        label={t('sources.search')}
        value={search()}
        onInput={setSearch}
        hint={t('sources.searchHint')}
      />
      <Show when={found()} fallback={<Skeleton shape="lines" count={4} />}>
        <ul class={css['rows']}>
          <For
            each={found()?.rows ?? []}
            fallback={
              <EmptyState icon="check" title={t('sources.none')} text={t('sources.noneNote')} />
            }
          >
            {(row) => (
              <Source
                row={row}
                isBusy={props.isBusy}
                isTaken={isTaken(row, taken())}
                onTake={() => props.onTake([row])}
              />
            )}
          </For>
        </ul>
        <Show when={found()?.isMore}>
          <p class={css['note']}>{t('sources.more')}</p>
        </Show>
      </Show>
    </Dialog>
  )
}

function Source(props: {
  readonly row: OpenSourceRow
  readonly isBusy: boolean
  readonly isTaken: boolean
  readonly onTake: () => void
}) {
  const session = createSession()
  const zone = () => session()?.zone ?? { offsetMinutes: 480 }
  return (
    <li class={css['row']}>
      <span class={css['words']}>
        <span class={css['number']}>{props.row.number}</span>
        <span class={css['note']}>
          {[momentText(instant(props.row.at), zone()), props.row.partyName]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <span class={css['goods']}>{props.row.goods.join(t('word.listEnd'))}</span>
      </span>
      <span class={css['amount']}>
        <Show when={props.row.amount !== undefined}>
          <MoneyText value={money(props.row.amount ?? 0)} />
        </Show>
      </span>
      <Button isBusy={props.isBusy} isDisabled={props.isTaken} onPress={() => props.onTake()}>
        {props.isTaken ? t('sources.taken') : t('sources.take')}
      </Button>
    </li>
  )
}

/** A document is of one party: where none is chosen yet, the first source's; sources of nobody go with any. */
function ofOneParty(
  rows: readonly OpenSourceRow[],
  chosen: string | undefined,
): readonly OpenSourceRow[] {
  const party = chosen ?? rows.find(({ partyId }) => partyId !== '')?.partyId
  return rows.filter(({ partyId }) => partyId === '' || partyId === party)
}

/** '采购订单、请购单'. */
export function sourceNames({ adjusts, orders }: AnyDocumentDefinition): string {
  const types = (adjusts ?? orders)?.from ?? []
  return types
    .flatMap((type) => {
      const label = definitionOf(type)?.label
      return label === undefined ? [] : [labelText(label)]
    })
    .join(t('word.listEnd'))
}

function isTaken({ lineIds }: OpenSourceRow, taken: ReadonlySet<string | undefined>): boolean {
  return lineIds.every((lineId) => taken.has(lineId))
}

function textIn(value: FieldValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
