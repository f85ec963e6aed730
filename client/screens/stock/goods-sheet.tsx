/**
 * Goods of one SKU that are told apart: batches with their expiry, pieces with their serial number, bins and
 * statuses. A row opens where its goods came from and went (追溯).
 */
import { createSignal, Show } from 'solid-js'
import type { GoodsRow, StockDetail } from '#client/engine/face/face.ts'
import { GoodsQuantity } from '#client/documents/goods-quantity.tsx'
import { daysLeftText, statusText } from '#client/text/goods-text.ts'
import { t } from '#client/text/translate.ts'
import { rowHeight } from '#client/ui/appearance.ts'
import { DataTable } from '#client/ui/data-table.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { Badge } from '#client/ui/stamp.tsx'
import type { TableColumn } from '#client/ui/table-column.ts'
import { SearchField } from '#client/ui/search-field.tsx'
import { TraceDialog, type Traced } from './trace-dialog.tsx'
import css from './stock.module.css'

/** More rows than one looks through. */
const limitUnsearched = 12

export function GoodsSheet(props: { readonly detail: StockDetail }) {
  const [search, setSearch] = createSignal('')
  const [traced, setTraced] = createSignal<Traced>()
  const rows = () => {
    const wanted = search().trim().toLowerCase()
    return props.detail.goods.filter((row) => wordsOf(row).includes(wanted))
  }
  const open = ({ batch, serial }: GoodsRow) => {
    const { skuId } = props.detail.product
    if (serial !== undefined) setTraced({ skuId, serial })
    else if (batch !== undefined) setTraced({ skuId, batch })
  }
  return (
    <Show when={props.detail.goods.length > 0}>
      <Sheet title={t('goods.title')} note={t('goods.note')} isFlush>
        <Show when={props.detail.goods.length > limitUnsearched}>
          <div class={css['goodsSearch']}>
            <SearchField
              scan="keep"
              label={t('goods.search')}
              value={search()}
              onInput={setSearch}
            />
          </div>
        </Show>
        <div
          class={css['goods']}
          style={{
            '--rows': Math.min(rows().length, limitUnsearched),
            '--row': `${rowHeight()}px`,
          }}
        >
          <DataTable
            name="goods"
            label={t('goods.title')}
            columns={columnsOf(props.detail)}
            count={rows().length}
            row={(index) => rows()[index]}
            rowKey={keyOf}
            onOpen={open}
            card={(row) => <GoodsCard row={row} detail={props.detail} />}
            empty={<p class={css['goodsEmpty']}>{t('goods.nothingFound')}</p>}
          />
        </div>
      </Sheet>
      <TraceDialog traced={traced()} onClose={() => setTraced(undefined)} />
    </Show>
  )
}

function wordsOf({ batch, serial, binName, warehouseName, status }: GoodsRow): string {
  const words = [batch, serial, binName, warehouseName, statusText(status)]
  return words.filter(Boolean).join('\n').toLowerCase()
}

function keyOf({ warehouseId, binName, batch, serial, status }: GoodsRow): string {
  return [warehouseId, binName, batch, serial, status].join('|')
}

/** Only what some row has. */
function columnsOf(detail: StockDetail): readonly TableColumn<GoodsRow>[] {
  const has = (name: keyof GoodsRow) => detail.goods.some((row) => row[name] !== undefined)
  const text = (key: 'batch' | 'serial' | 'binName', label: string): TableColumn<GoodsRow>[] =>
    has(key) ? [{ key, label, width: 130, grow: 1, render: (row) => row[key] ?? '–' }] : []
  return [
    ...text('batch', t('goods.batch')),
    ...text('serial', t('goods.serial')),
    ...(has('expires') ? [expiryColumn()] : []),
    {
      key: 'place',
      label: t('stock.warehouse'),
      width: 110,
      grow: 1,
      render: (row) => row.warehouseName,
    },
    ...text('binName', t('goods.bin')),
    ...(has('status')
      ? [
          {
            key: 'status',
            label: t('goods.status'),
            width: 96,
            render: (row: GoodsRow) => <Status row={row} />,
          },
        ]
      : []),
    {
      key: 'quantity',
      label: t('stock.onHand'),
      width: 120,
      align: 'end',
      render: (row) => <GoodsQuantity goods={detail.product} value={row.quantity} />,
    },
  ]
}

function expiryColumn(): TableColumn<GoodsRow> {
  return {
    key: 'expires',
    label: t('goods.expires'),
    width: 210,
    render: (row) => <Expiry row={row} />,
  }
}

function Expiry(props: { readonly row: GoodsRow }) {
  return (
    <Show when={props.row.expires} fallback="–">
      {(expires) => (
        <span class={css['expiry']}>
          {expires()}
          <Show when={props.row.isNear}>
            <Badge tone={(props.row.daysLeft ?? 0) < 0 ? 'red' : 'amber'}>
              {daysLeftText(props.row.daysLeft ?? 0)}
            </Badge>
          </Show>
        </span>
      )}
    </Show>
  )
}

function Status(props: { readonly row: GoodsRow }) {
  return (
    <Show when={props.row.status} fallback={statusText(undefined)}>
      <Badge tone="amber">{statusText(props.row.status)}</Badge>
    </Show>
  )
}

function GoodsCard(props: { readonly row: GoodsRow; readonly detail: StockDetail }) {
  const tags = () => [props.row.batch, props.row.serial].filter(Boolean).join(' · ')
  const place = () => [props.row.warehouseName, props.row.binName].filter(Boolean).join(' · ')
  return (
    <div class={css['card']}>
      <span>{tags() === '' ? t('goods.untold') : tags()}</span>
      <GoodsQuantity goods={props.detail.product} value={props.row.quantity} />
      <span class={css['specification']}>
        {place()} <Expiry row={props.row} />
      </span>
      <Status row={props.row} />
    </div>
  )
}
