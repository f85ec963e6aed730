/**
 * 从入库单选 (receipts for an invoice or a charge): those that are still open, of one supplier where that is chosen,
 * found by number or goods; one by one, or all of them at once. What is in the document already is marked.
 */
import { createSignal, For, Show } from 'solid-js'
import type { DraftDetail, FieldValue, OpenReceiptRow } from '#client/engine/face/face.ts'
import { createOpenReceipts } from '#client/queries/create-documents.ts'
import { createSession } from '#client/queries/create-session.ts'
import { momentText } from '#client/text/dates.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { Dialog } from '#client/ui/dialog.tsx'
import { EmptyState } from '#client/ui/empty-state.tsx'
import { MoneyText } from '#client/ui/money-text.tsx'
import { SearchField } from '#client/ui/search-field.tsx'
import { Skeleton } from '#client/ui/skeleton.tsx'
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import { instant } from '#domain/values/instant.ts'
import { money } from '#domain/values/money.ts'
import css from './take-receipts.module.css'

export interface TakeReceiptsProps {
  readonly definition: AnyDocumentDefinition
  readonly draft: DraftDetail | undefined
  readonly isBusy: boolean
  readonly onTake: (receipts: readonly OpenReceiptRow[]) => void
  readonly onClose: () => void
}

export function TakeReceipts(props: TakeReceiptsProps) {
  const [search, setSearch] = createSignal('')
  const supplierId = () => textIn(props.draft?.header['supplierId'])
  const found = createOpenReceipts(() => ({
    type: props.definition.type,
    ...(supplierId() === undefined ? {} : { supplierId: supplierId() ?? '' }),
    ...(search() === '' ? {} : { search: search() }),
  }))
  const taken = () =>
    new Set((props.draft?.lines ?? []).map((line) => textIn(line['originLineId'])))
  const open = () => (found()?.rows ?? []).filter((row) => !isTaken(row, taken()))
  const takeable = () =>
    Object.hasOwn(props.definition.header, 'supplierId')
      ? ofOneSupplier(open(), supplierId())
      : open()
  return (
    <Dialog
      isOpen
      size="large"
      title={t('receipts.title')}
      onClose={props.onClose}
      footer={
        <>
          <Button onPress={props.onClose}>{t('receipts.done')}</Button>
          <Button
            kind="main"
            isBusy={props.isBusy}
            isDisabled={takeable().length === 0}
            onPress={() => props.onTake(takeable())}
          >
            {t('receipts.takeAll', takeable().length)}
          </Button>
        </>
      }
    >
      <SearchField
        label={t('receipts.search')}
        value={search()}
        onInput={setSearch}
        hint={t('receipts.searchHint')}
      />
      <Show when={found()} fallback={<Skeleton shape="lines" count={4} />}>
        <ul class={css['rows']}>
          <For
            each={found()?.rows ?? []}
            fallback={
              <EmptyState icon="check" title={t('receipts.none')} text={t('receipts.noneNote')} />
            }
          >
            {(row) => (
              <Receipt
                row={row}
                isBusy={props.isBusy}
                isTaken={isTaken(row, taken())}
                onTake={() => props.onTake([row])}
              />
            )}
          </For>
        </ul>
        <Show when={found()?.isMore}>
          <p class={css['note']}>{t('receipts.more')}</p>
        </Show>
      </Show>
    </Dialog>
  )
}

function Receipt(props: {
  readonly row: OpenReceiptRow
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
          {[momentText(instant(props.row.at), zone()), props.row.supplierName]
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
        {props.isTaken ? t('receipts.taken') : t('receipts.take')}
      </Button>
    </li>
  )
}

/** An invoice is of one supplier: where none is chosen yet, the first receipt's. */
function ofOneSupplier(
  rows: readonly OpenReceiptRow[],
  chosen: string | undefined,
): readonly OpenReceiptRow[] {
  const [first] = rows
  return rows.filter((row) => row.supplierId === (chosen ?? first?.supplierId))
}

function isTaken({ lineIds }: OpenReceiptRow, taken: ReadonlySet<string | undefined>): boolean {
  return lineIds.every((lineId) => taken.has(lineId))
}

function textIn(value: FieldValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
