/** 库存 (stock): every SKU in every warehouse, live; a row opens its parts and its card. */
import { useNavigate, useSearchParams } from '@solidjs/router'
import { createMemo, createSignal, Show } from 'solid-js'
import type { StockFilterName, StockRow } from '#client/engine/face/face.ts'
import { createSession } from '#client/queries/create-session.ts'
import { createStockFilters, createStockRows } from '#client/queries/create-stock.ts'
import { countText } from '#client/text/figures.ts'
import { statusText } from '#client/text/goods-text.ts'
import { t } from '#client/text/translate.ts'
import { ButtonLink } from '#client/ui/button-link.tsx'
import { classes } from '#client/ui/classes.ts'
import { ChoiceField } from '#client/ui/choice-field.tsx'
import { DataTable } from '#client/ui/data-table.tsx'
import { EmptyState } from '#client/ui/empty-state.tsx'
import { Page } from '#client/ui/page.tsx'
import { Segments } from '#client/ui/segments.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import type { TableColumn, TableSort } from '#client/ui/table-column.ts'
import { SearchField } from '#client/ui/search-field.tsx'
import { GoodsQuantity } from '#client/documents/goods-quantity.tsx'
import { GoodsCard, codeColumn, productColumn } from './product-column.tsx'
import css from './stock.module.css'
import { WarehouseChoice } from './warehouse-choice.tsx'

const onlyNames = [
  'in-stock',
  'negative',
  'reserved',
  'on-order',
  'in-transit',
  'short',
  'near-expiry',
  'pending',
  'defective',
  'frozen',
  'uncollected',
] as const

type Only = 'all' | (typeof onlyNames)[number]

export function Stock() {
  const navigate = useNavigate()
  const [params, setParams] = useSearchParams<{
    only?: string
    warehouse?: string
    sort?: string
  }>()
  const [search, setSearch] = createSignal('')
  const only = (): Only => onlyNames.find((name) => name === params.only) ?? 'all'
  const filter = createMemo(() => {
    const which = only()
    return {
      ...(search() === '' ? {} : { search: search() }),
      ...(params.warehouse === undefined ? {} : { warehouseId: params.warehouse }),
      ...(which === 'all' ? {} : { only: which }),
      ...sortArgs(params.sort),
    }
  })
  const sort = (): TableSort | undefined => {
    const by = sortOf(params.sort)
    return by && { key: by.by, direction: by.direction }
  }
  const columns = createColumns()
  const rows = createStockRows(filter)
  return (
    <Page
      title={t('stock.title')}
      lead={
        <Show when={rows.total() !== undefined}>
          {t('stock.lead', countText(rows.total() ?? 0))}
        </Show>
      }
      isFull
      actions={
        <>
          <ButtonLink href="/changes">{t('changes.title')}</ButtonLink>
          <ButtonLink href="/stock-at">{t('at.title')}</ButtonLink>
          <ButtonLink href="/under-way">{t('way.title')}</ButtonLink>
          <ButtonLink href="/ages">{t('ages.title')}</ButtonLink>
        </>
      }
    >
      <FilterBar
        search={search()}
        onSearch={setSearch}
        warehouseId={params.warehouse}
        onWarehouse={(id) => setParams({ warehouse: id })}
        only={only()}
        onOnly={(which) => setParams({ only: which === 'all' ? undefined : which })}
      />
      <Sheet isFlush isFull>
        <DataTable
          label={t('stock.title')}
          columns={columns()}
          sort={sort()}
          onSort={(key) => setParams({ sort: nextSort(params.sort, key) })}
          count={rows.total() ?? 0}
          row={rows.row}
          rowKey={(row) => `${row.skuId}|${row.warehouseId}`}
          onVisible={rows.see}
          onOpen={(row) => navigate(`/stock/${row.skuId}`)}
          card={(row) => <StockCard row={row} />}
          empty={
            <Show when={rows.total() !== undefined}>
              <EmptyState
                icon="stock"
                title={t('stock.empty')}
                text={t('stock.emptyNote')}
                actions={
                  <ButtonLink href="/import" icon="import">
                    {t('stock.emptyImport')}
                  </ButtonLink>
                }
              />
            </Show>
          }
        />
      </Sheet>
    </Page>
  )
}

function createColumns(): () => readonly TableColumn<StockRow>[] {
  const session = createSession()
  const filters = createStockFilters()
  const branchName = (id: string) =>
    session()?.branches.find((branch) => branch.id === id)?.name ?? ''
  return () => [
    codeColumn(),
    productColumn(),
    {
      key: 'branch',
      label: t('stock.branch'),
      width: 110,
      grow: 1,
      hideBelow: 900,
      render: (row) => branchName(row.branchId),
    },
    {
      key: 'warehouse',
      label: t('stock.warehouse'),
      width: 110,
      grow: 1,
      render: (row) => row.warehouseName,
    },
    {
      key: 'onHand',
      label: t('stock.onHand'),
      width: 150,
      align: 'end',
      isSortable: true,
      render: (row) => <GoodsQuantity goods={row} value={row.part ?? row.quantity} />,
    },
    ...promiseColumns(filters() ?? []),
  ]
}

const sortKeys = ['onHand', 'reserved', 'available', 'onOrder'] as const

/** Of an address: `available` is upwards, `-available` downwards. */
function sortOf(text: string | undefined) {
  const by = sortKeys.find((key) => key === text?.replace('-', ''))
  return by && { by, direction: text?.startsWith('-') ? ('down' as const) : ('up' as const) }
}

function sortArgs(text: string | undefined) {
  const sort = sortOf(text)
  return sort === undefined ? {} : { sort }
}

/** Most first, then least first, then as it was. */
function nextSort(before: string | undefined, key: string): string | undefined {
  if (before === `-${key}`) return key
  return before === key ? undefined : `-${key}`
}

/** Only what some goods have: a shop that takes no orders sees what is on hand, and no row of zeros. */
function promiseColumns(filters: readonly StockFilterName[]): readonly TableColumn<StockRow>[] {
  const column = (key: 'reserved' | 'available' | 'onOrder', label: string, hideBelow: number) => ({
    ...{ key, label, width: 130, align: 'end' as const, isSortable: true, hideBelow },
    render: (row: StockRow) => <GoodsQuantity goods={row} value={row[key]} />,
  })
  const isReserved = filters.includes('reserved')
  const hasAside = isReserved || filters.some((name) => name !== 'on-order')
  return [
    ...(isReserved ? [column('reserved', t('promise.reserved'), 900)] : []),
    ...(hasAside ? [column('available', t('promise.available'), 700)] : []),
    ...(filters.includes('on-order') ? [column('onOrder', t('promise.onOrder'), 820)] : []),
  ]
}

interface FilterBarProps {
  readonly search: string
  readonly onSearch: (text: string) => void
  readonly warehouseId: string | undefined
  readonly onWarehouse: (id: string | undefined) => void
  readonly only: Only
  readonly onOnly: (which: Only) => void
}

function FilterBar(props: FilterBarProps) {
  const filters = createStockFilters()
  return (
    <div class={classes(css['bar'], (filters() ?? []).length > 0 && css['barLong'])}>
      <SearchField
        label={t('stock.search')}
        hint={t('stock.searchHint')}
        value={props.search}
        onInput={props.onSearch}
      />
      <WarehouseChoice value={props.warehouseId} onChoose={props.onWarehouse} />
      <Segments
        label={t('stock.only')}
        value={props.only}
        options={[
          { value: 'all', label: t('word.all') },
          { value: 'in-stock', label: t('stock.inStock') },
          { value: 'negative', label: t('stock.negative') },
        ]}
        onChoose={props.onOnly}
      />
      <Show when={(filters() ?? []).length > 0}>
        <ChoiceField
          label={t('stock.told')}
          isLabelHidden
          value={filters()?.find((name) => name === props.only)}
          placeholder={t('stock.anyGoods')}
          options={(filters() ?? []).map((name) => ({ value: name, label: filterText(name) }))}
          onCommit={(name) => props.onOnly(name ?? 'all')}
        />
      </Show>
    </div>
  )
}

function filterText(name: StockFilterName): string {
  switch (name) {
    case 'near-expiry':
      return t('stock.nearExpiry')
    case 'reserved':
      return t('promise.reserved')
    case 'on-order':
      return t('promise.onOrder')
    case 'in-transit':
      return t('promise.inTransit')
    case 'short':
      return t('promise.short')
    case 'negative':
      return t('stock.negative')
    case 'in-stock':
      return t('stock.inStock')
    default:
      return statusText(name)
  }
}

function StockCard(props: { readonly row: StockRow }) {
  return (
    <GoodsCard
      goods={props.row}
      held={props.row.part ?? props.row.quantity}
      place={props.row.warehouseName}
    >
      <Show when={props.row.available !== props.row.quantity} fallback={<span />}>
        <span class={css['specification']}>
          {t('promise.available')} <GoodsQuantity goods={props.row} value={props.row.available} />
        </span>
      </Show>
    </GoodsCard>
  )
}
