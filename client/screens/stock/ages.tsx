/** 库龄 (ages): how long what is in stock has lain, by classes of days; a row opens the records behind it. */
import { useNavigate } from '@solidjs/router'
import { createMemo, createSignal, For, Show } from 'solid-js'
import { GoodsQuantity } from '#client/documents/goods-quantity.tsx'
import type { AgeRow } from '#client/engine/face/face.ts'
import { createSession } from '#client/queries/create-session.ts'
import { createAgeRows } from '#client/queries/create-stock.ts'
import { momentText } from '#client/text/dates.ts'
import { countText } from '#client/text/figures.ts'
import { t } from '#client/text/translate.ts'
import { DataTable } from '#client/ui/data-table.tsx'
import { EmptyState } from '#client/ui/empty-state.tsx'
import { MoneyText } from '#client/ui/money-text.tsx'
import { Page } from '#client/ui/page.tsx'
import { Segments } from '#client/ui/segments.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import type { TableColumn } from '#client/ui/table-column.ts'
import { SearchField } from '#client/ui/search-field.tsx'
import { instant } from '#domain/values/instant.ts'
import { money } from '#domain/values/money.ts'
import { productColumn } from './product-column.tsx'
import css from './stock.module.css'
import { WarehouseChoice } from './warehouse-choice.tsx'

type Shown = 'quantities' | 'values'

export function Ages() {
  const navigate = useNavigate()
  const [search, setSearch] = createSignal('')
  const [warehouseId, setWarehouseId] = createSignal<string>()
  const [shown, setShown] = createSignal<Shown>('quantities')
  const session = createSession()
  const filter = createMemo(() => {
    const warehouse = warehouseId()
    return {
      ...(search() === '' ? {} : { search: search() }),
      ...(warehouse === undefined ? {} : { warehouseId: warehouse }),
    }
  })
  const rows = createAgeRows(filter)
  const isCosted = () => session()?.audiences.includes('buying') ?? false
  return (
    <Page
      title={t('ages.title')}
      back="/stock"
      lead={
        <Show when={rows.total() !== undefined}>
          {t('ages.lead', countText(rows.total() ?? 0))}
        </Show>
      }
      isFull
    >
      <div class={css['bar']}>
        <SearchField
          label={t('stock.search')}
          hint={t('stock.searchHint')}
          value={search()}
          onInput={setSearch}
        />
        <WarehouseChoice value={warehouseId()} onChoose={setWarehouseId} />
        <Show when={isCosted()}>
          <Segments
            label={t('ages.shown')}
            value={shown()}
            options={[
              { value: 'quantities', label: t('ages.quantities') },
              { value: 'values', label: t('ages.values') },
            ]}
            onChoose={setShown}
          />
        </Show>
      </div>
      <Sheet isFlush isFull>
        <DataTable
          label={t('ages.title')}
          columns={columnsOf(shown(), session()?.zone ?? { offsetMinutes: 480 })}
          count={rows.total() ?? 0}
          row={rows.row}
          rowKey={(row) => `${row.skuId}|${row.warehouseId}`}
          onVisible={rows.see}
          onOpen={(row) => navigate(`/stock/${row.skuId}`)}
          card={(row) => <AgeCard row={row} shown={shown()} />}
          cardHeight={118}
          cardsBelow={760}
          empty={
            <Show when={rows.total() !== undefined}>
              <EmptyState icon="stock" title={t('ages.empty')} text={t('ages.emptyNote')} />
            </Show>
          }
        />
      </Sheet>
    </Page>
  )
}

/** First and last day of each class but the last one. */
const classes = [
  [0, 30],
  [31, 60],
  [61, 90],
  [91, 180],
] as const

function labels(): readonly string[] {
  return [...classes.map(([from, to]) => t('ages.days', from, to)), t('ages.more', 180)]
}

function columnsOf(
  shown: Shown,
  zone: Parameters<typeof momentText>[1],
): readonly TableColumn<AgeRow>[] {
  return [
    productColumn(),
    {
      key: 'warehouse',
      label: t('stock.warehouse'),
      width: 90,
      grow: 1,
      hideBelow: 900,
      render: (row) => row.warehouseName,
    },
    ...labels().map(
      (label, at): TableColumn<AgeRow> => ({
        ...{ key: `class-${at}`, label, width: 112, align: 'end' },
        render: (row) => <Amount row={row} shown={shown} at={at} />,
      }),
    ),
    {
      key: 'oldest',
      label: t('ages.oldest'),
      width: 100,
      align: 'end',
      hideBelow: 1000,
      render: (row) =>
        row.oldest === undefined ? '–' : momentText(instant(row.oldest), zone).slice(0, 10),
    },
  ]
}

/** Nothing where nothing is of that age, so that what has lain long stands out. */
function Amount(props: { readonly row: AgeRow; readonly shown: Shown; readonly at: number }) {
  const value = () => props.row.values?.[props.at]
  const held = () => props.row.quantities[props.at] ?? 0
  return (
    <Show when={held() !== 0}>
      <Show
        when={props.shown === 'values'}
        fallback={<GoodsQuantity goods={props.row} value={held()} />}
      >
        <Show when={value() !== undefined} fallback="–">
          <MoneyText value={money(value() ?? 0)} />
        </Show>
      </Show>
    </Show>
  )
}

function AgeCard(props: { readonly row: AgeRow; readonly shown: Shown }) {
  const held = () =>
    labels().flatMap((label, at) => (props.row.quantities[at] ? [{ label, at }] : []))
  return (
    <div class={css['ageCard']}>
      <span class={css['product']}>
        {props.row.name} <span class={css['specification']}>{props.row.warehouseName}</span>
      </span>
      <span class={css['ageClasses']}>
        <For each={held()}>
          {({ label, at }) => (
            <span>
              <span class={css['specification']}>{label}</span>{' '}
              <Amount row={props.row} shown={props.shown} at={at} />
            </span>
          )}
        </For>
      </span>
    </div>
  )
}
