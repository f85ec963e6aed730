/** 库存 (stock): every SKU in every warehouse, live; a row opens its parts and its card. */
import { useNavigate, useSearchParams } from '@solidjs/router'
import { createMemo, createSignal, Show } from 'solid-js'
import type { StockFilterName, StockRow } from '#client/engine/face/face.ts'
import { createMasters } from '#client/queries/create-masters.ts'
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
import { QuantityText } from '#client/ui/quantity-text.tsx'
import { Segments } from '#client/ui/segments.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import type { TableColumn } from '#client/ui/table-column.ts'
import { TextField } from '#client/ui/text-field.tsx'
import { quantity } from '#domain/values/quantity.ts'
import { namedUnits } from '#client/documents/named-units.ts'
import css from './stock.module.css'

const onlyNames = [
  'in-stock',
  'negative',
  'near-expiry',
  'pending',
  'defective',
  'frozen',
  'uncollected',
] as const

type Only = 'all' | (typeof onlyNames)[number]

export function Stock() {
  const navigate = useNavigate()
  const [params, setParams] = useSearchParams<{ only?: string; warehouse?: string }>()
  const [search, setSearch] = createSignal('')
  const session = createSession()
  const only = (): Only => onlyNames.find((name) => name === params.only) ?? 'all'
  const filter = createMemo(() => {
    const which = only()
    return {
      ...(search() === '' ? {} : { search: search() }),
      ...(params.warehouse === undefined ? {} : { warehouseId: params.warehouse }),
      ...(which === 'all' ? {} : { only: which }),
    }
  })
  const rows = createStockRows(filter)
  const branchName = (id: string) =>
    session()?.branches.find((branch) => branch.id === id)?.name ?? ''

  const columns = (): readonly TableColumn<StockRow>[] => [
    { key: 'code', label: t('stock.code'), width: 132, hideBelow: 760, render: (row) => row.code },
    {
      key: 'name',
      label: t('stock.product'),
      width: 200,
      grow: 3,
      render: (row) => <ProductName row={row} />,
    },
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
      key: 'quantity',
      label: t('stock.onHand'),
      width: 150,
      align: 'end',
      render: (row) => <OnHand row={row} />,
    },
  ]
  return (
    <Page
      title={t('stock.title')}
      lead={
        <Show when={rows.total() !== undefined}>
          {t('stock.lead', countText(rows.total() ?? 0))}
        </Show>
      }
      isFull
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

interface FilterBarProps {
  readonly search: string
  readonly onSearch: (text: string) => void
  readonly warehouseId: string | undefined
  readonly onWarehouse: (id: string | undefined) => void
  readonly only: Only
  readonly onOnly: (which: Only) => void
}

function FilterBar(props: FilterBarProps) {
  const warehouses = createMasters(() => 'warehouse')
  const filters = createStockFilters()
  return (
    <div class={classes(css['bar'], (filters() ?? []).length > 0 && css['barLong'])}>
      <TextField
        kind="search"
        label={t('stock.search')}
        isLabelHidden
        placeholder={t('stock.searchHint')}
        value={props.search}
        onInput={props.onSearch}
      />
      <ChoiceField
        label={t('stock.warehouse')}
        isLabelHidden
        value={props.warehouseId}
        placeholder={t('stock.allWarehouses')}
        options={(warehouses()?.rows ?? []).map((row) => ({ value: row.id, label: row.name }))}
        onCommit={props.onWarehouse}
      />
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

/** 临期, or a status. */
function filterText(name: StockFilterName): string {
  if (name === 'near-expiry') return t('stock.nearExpiry')
  return name === 'negative' || name === 'in-stock' ? name : statusText(name)
}

function ProductName(props: { readonly row: StockRow }) {
  return (
    <span class={css['product']}>
      {props.row.name} <span class={css['specification']}>{props.row.specification}</span>
    </span>
  )
}

function OnHand(props: { readonly row: StockRow }) {
  return (
    <QuantityText
      value={quantity(props.row.part ?? props.row.quantity)}
      unit={props.row.baseUnit}
      units={namedUnits(props.row)}
    />
  )
}

function StockCard(props: { readonly row: StockRow }) {
  return (
    <div class={css['card']}>
      <ProductName row={props.row} />
      <OnHand row={props.row} />
      <span class={css['specification']}>
        {props.row.code} · {props.row.warehouseName}
      </span>
    </div>
  )
}
