/**
 * One SKU: its stock, the parts of it, ninety days at a glance, and the movement card (台账) whose every row
 * says what moved, why it cost what it cost, and opens its document.
 */
import { useNavigate, useParams } from '@solidjs/router'
import { createSignal, For, type JSX, Show } from 'solid-js'
import type { CardRow, StockDetail, StockRow } from '#client/engine/face/face.ts'
import { createSession } from '#client/queries/create-session.ts'
import { createCard, createStockOf } from '#client/queries/create-stock.ts'
import { costReasonText } from '#client/text/cost-reason-text.ts'
import { momentText } from '#client/text/dates.ts'
import { moneyText } from '#client/text/figures.ts'
import { labelText } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import type { TableColumn } from '#client/ui/table-column.ts'
import { classes } from '#client/ui/classes.ts'
import { DataTable } from '#client/ui/data-table.tsx'
import { EmptyState } from '#client/ui/empty-state.tsx'
import { Figure } from '#client/ui/figure.tsx'
import { MoneyText } from '#client/ui/money-text.tsx'
import { Page } from '#client/ui/page.tsx'
import { PriceText } from '#client/ui/price-text.tsx'
import { QuantityText } from '#client/ui/quantity-text.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { Skeleton } from '#client/ui/skeleton.tsx'
import { SparkLine } from '#client/ui/spark-line.tsx'
import { Badge } from '#client/ui/stamp.tsx'
import { definitionOf } from '#domain/registry.ts'
import { instant } from '#domain/values/instant.ts'
import { money } from '#domain/values/money.ts'
import { quantity } from '#domain/values/quantity.ts'
import { averageCost, unitPrice } from '#domain/values/unit-price.ts'
import { GoodsQuantity } from '#client/documents/goods-quantity.tsx'
import { GoodsSheet } from './goods-sheet.tsx'
import { TradedPrices } from '../prices/traded-prices.tsx'
import { ChangedBySync } from './changed-by-sync.tsx'
import { Promised, PromisedFigures } from './promised.tsx'
import { StockThen } from './stock-then.tsx'
import css from './stock.module.css'

export function StockCard() {
  const params = useParams<{ skuId: string }>()
  const [warehouseId, setWarehouseId] = createSignal<string>()
  const detail = createStockOf(() => params.skuId)
  const card = createCard(() => params.skuId, warehouseId)
  return (
    <Show
      when={detail()}
      fallback={
        <Page title={t('card.title')} back="/stock">
          <Skeleton shape="lines" count={8} />
        </Page>
      }
    >
      {(found) => (
        <Page
          title={`${found().product.name} ${found().product.specification}`}
          lead={codesOf(found().product)}
          back="/stock"
        >
          <Sheet>
            <Overview detail={found()} />
            <ChangedBySync skuId={params.skuId} />
          </Sheet>
          <Sheet title={t('card.where')} note={t('card.whereNote')}>
            <Where detail={found()} chosen={warehouseId()} onChoose={setWarehouseId} />
          </Sheet>
          <Promised detail={found()} />
          <GoodsSheet detail={found()} />
          <TradedPrices skuId={params.skuId} side="buying" />
          <TradedPrices skuId={params.skuId} side="sales" />
          <Sheet title={t('then.title')} note={t('then.note')}>
            <StockThen skuId={params.skuId} unit={found().product.baseUnit} />
          </Sheet>
          <Sheet title={t('card.movements')} note={t('card.movementsNote')} isFlush>
            <div class={css['movements']}>
              <Movements rows={card()} />
            </div>
          </Sheet>
        </Page>
      )}
    </Show>
  )
}

/** Code and barcodes; where the code is a barcode, once. */
function codesOf({ code, barcodes }: StockDetail['product']): string {
  return [...new Set([code, ...barcodes])].join(' · ')
}

function Overview(props: { readonly detail: StockDetail }) {
  const session = createSession()
  const branchName = (id: string) =>
    session()?.branches.find((branch) => branch.id === id)?.name ?? ''
  const total = () => props.detail.byWarehouse.reduce((sum, row) => sum + row.quantity, 0)
  return (
    <div class={css['head']}>
      <div class={css['parts']}>
        <Figure label={t('stock.onHand')} size="huge">
          <GoodsQuantity goods={props.detail.product} value={total()} />
        </Figure>
        <Show when={props.detail.good !== undefined}>
          <Figure label={t('goods.goodOnHand')}>
            <GoodsQuantity goods={props.detail.product} value={props.detail.good ?? 0} />
          </Figure>
        </Show>
        <PromisedFigures detail={props.detail} />
        <For each={props.detail.byBranch ?? []}>
          {(pool) => (
            <Figure
              label={t('card.valueIn', branchName(pool.branchId))}
              note={
                <Show when={pool.quantity > 0}>
                  {t('card.average')}{' '}
                  <PriceText value={averageCost(money(pool.value), quantity(pool.quantity))} />
                  <Show when={pool.isProvisional}>
                    <Badge tone="amber">{t('card.provisional')}</Badge>
                  </Show>
                </Show>
              }
            >
              <MoneyText value={money(pool.value)} />
            </Figure>
          )}
        </For>
        <Show when={props.detail.product.retailPrice}>
          {(price) => (
            <Figure label={t('product.retailPrice')}>
              <PriceText value={unitPrice(price())} />
            </Figure>
          )}
        </Show>
      </div>
      <div class={css['trend']}>
        <SparkLine
          label={t('card.trend')}
          values={props.detail.days.map((day) => day.quantity)}
          height={72}
        />
      </div>
    </div>
  )
}

function Where(props: {
  readonly detail: StockDetail
  readonly chosen: string | undefined
  readonly onChoose: (warehouseId: string | undefined) => void
}) {
  const session = createSession()
  const placeOf = (row: StockRow) => {
    const branch = session()?.branches.find((each) => each.id === row.branchId)?.name
    return branch === undefined ? row.warehouseName : `${branch} ${row.warehouseName}`
  }
  const press = (id: string) => props.onChoose(props.chosen === id ? undefined : id)
  return (
    <div class={css['heat']}>
      <For each={props.detail.byWarehouse}>
        {(row) => (
          <button
            type="button"
            class={classes(css['cell'], props.chosen === row.warehouseId && css['cellChosen'])}
            aria-pressed={props.chosen === row.warehouseId}
            onClick={() => press(row.warehouseId)}
          >
            <span class={css['cellName']}>{placeOf(row)}</span>
            <GoodsQuantity goods={row} value={row.quantity} />
          </button>
        )}
      </For>
    </div>
  )
}

function Movements(props: { readonly rows: readonly CardRow[] | undefined }) {
  const navigate = useNavigate()
  const session = createSession()
  const newestFirst = () => [...(props.rows ?? [])].reverse()
  const withCost = () => props.rows?.some((row) => row.cost !== undefined) ?? false
  const open = (row: CardRow) => navigate(`/documents/${row.type}/${row.docId}`)
  const columns = (): readonly TableColumn<CardRow>[] => [
    {
      key: 'at',
      label: t('card.at'),
      width: 140,
      render: (row) => momentText(instant(row.at), session()?.zone ?? { offsetMinutes: 480 }),
    },
    { key: 'document', label: t('card.document'), width: 240, grow: 4, render: documentCell },
    {
      key: 'warehouse',
      label: t('stock.warehouse'),
      width: 96,
      grow: 1,
      hideBelow: 860,
      render: (row) => row.warehouseName,
    },
    {
      key: 'quantity',
      label: t('card.quantity'),
      width: 96,
      align: 'end',
      render: (row) => <QuantityText value={quantity(row.quantity)} isSigned />,
    },
    {
      key: 'after',
      label: t('card.quantityAfter'),
      width: 96,
      align: 'end',
      render: (row) => <QuantityText value={quantity(row.quantityAfter)} />,
    },
    ...(withCost() ? costColumns() : []),
  ]
  return (
    <DataTable
      label={t('card.movements')}
      columns={columns()}
      count={props.rows?.length ?? 0}
      row={(index) => newestFirst()[index]}
      rowKey={(row) => `${row.docId}|${row.leg}|${row.at}`}
      onOpen={open}
      card={(row) => <MovementCard row={row} />}
      empty={<EmptyState icon="stock" title={t('card.empty')} text={t('card.emptyNote')} />}
    />
  )
}

function isStruck({ state }: CardRow): boolean {
  return state === 'reversed' || state === 'unapproved'
}

function documentCell(row: CardRow): JSX.Element {
  return (
    <span class={classes(isStruck(row) && css['struck'])}>
      {labelText(definitionOf(row.type)?.label ?? [row.type, row.type])} {row.number}
    </span>
  )
}

function MovementCard(props: { readonly row: CardRow }) {
  return (
    <div class={css['card']}>
      {documentCell(props.row)}
      <QuantityText value={quantity(props.row.quantity)} isSigned />
      <span class={css['specification']}>{props.row.warehouseName}</span>
      <QuantityText value={quantity(props.row.quantityAfter)} />
    </div>
  )
}

function costColumns(): readonly TableColumn<CardRow>[] {
  return [
    {
      key: 'cost',
      label: t('card.cost'),
      width: 110,
      align: 'end',
      hideBelow: 700,
      render: (row) => (row.cost === undefined ? '' : moneyText(money(row.cost))),
    },
    {
      key: 'valueAfter',
      label: t('card.valueAfter'),
      width: 120,
      align: 'end',
      hideBelow: 760,
      render: (row) => (row.valueAfter === undefined ? '' : moneyText(money(row.valueAfter))),
    },
    {
      key: 'why',
      label: t('card.why'),
      width: 200,
      grow: 2,
      hideBelow: 1000,
      render: (row) => (
        <span class={css['why']}>
          {costReasonText(row)}
          <Show when={row.isProvisional}>
            {' '}
            <Badge tone="amber">{t('card.provisional')}</Badge>
          </Show>
        </span>
      ),
    },
  ]
}
