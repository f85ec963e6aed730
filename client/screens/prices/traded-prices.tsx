/** 进价记录, 售价记录: what a product was bought or sold for, newest first, with a picture whose points open documents. */
import { useNavigate } from '@solidjs/router'
import { createMemo, Show } from 'solid-js'
import type { TradedPrice } from '#client/engine/face/face.ts'
import { createTradedPrices } from '#client/queries/create-prices.ts'
import { createSession } from '#client/queries/create-session.ts'
import { momentText } from '#client/text/dates.ts'
import { t } from '#client/text/translate.ts'
import { DataTable } from '#client/ui/data-table.tsx'
import { PriceText } from '#client/ui/price-text.tsx'
import { QuantityText } from '#client/ui/quantity-text.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import type { TableColumn } from '#client/ui/table-column.ts'
import { instant } from '#domain/values/instant.ts'
import { quantity } from '#domain/values/quantity.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import { PricePicture } from './price-picture.tsx'
import css from './prices.module.css'

/** Documents that the picture and the table show. */
const limitShown = 40

const titles = {
  buying: ['prices.history', 'prices.historyNote'],
  sales: ['prices.sold', 'prices.soldNote'],
} as const

export function TradedPrices(props: { readonly skuId: string; readonly side: 'sales' | 'buying' }) {
  const navigate = useNavigate()
  const session = createSession()
  const asked = () => ({ skuId: props.skuId, side: props.side, limit: limitShown })
  const rows = createTradedPrices(asked)
  const zone = () => session()?.zone ?? { offsetMinutes: 480 }
  const columns = createMemo(() => columnsIn((at) => momentText(instant(at), zone()).slice(0, 10)))
  const found = () => rows() ?? []
  return (
    <Show when={found().length > 0}>
      <Sheet title={t(titles[props.side][0])} note={t(titles[props.side][1])} isFlush>
        <PricePicture rows={found()} />
        <DataTable
          label={t(titles[props.side][0])}
          name={`prices-${props.side}`}
          columns={columns()}
          count={found().length}
          row={(index) => found()[index]}
          rowKey={(row) => `${row.docId}|${row.unit}|${row.price}`}
          onOpen={(row) => navigate(hrefOf(row))}
          card={(row) => <PriceCard row={row} />}
        />
      </Sheet>
    </Show>
  )
}

function hrefOf({ type, docId }: TradedPrice): string {
  return `/documents/${type}/${docId}`
}

function columnsIn(dayOf: (at: number) => string): readonly TableColumn<TradedPrice>[] {
  return [
    { key: 'day', label: t('prices.day'), width: 104, render: (row) => dayOf(row.at) },
    {
      ...{ key: 'party', label: t('prices.party'), width: 160, grow: 2 },
      render: (row) => row.partyName ?? '',
    },
    {
      ...{ key: 'price', label: t('prices.price'), width: 120, align: 'end' },
      render: (row) => <PriceText value={unitPrice(row.price)} unit={row.unit} />,
    },
    {
      ...{ key: 'quantity', label: t('prices.quantity'), width: 100, align: 'end' },
      render: (row) => <QuantityText value={quantity(row.quantity)} />,
    },
    {
      ...{ key: 'number', label: t('prices.number'), width: 216, hideBelow: 760 },
      render: (row) => row.number,
    },
  ]
}

function PriceCard(props: { readonly row: TradedPrice }) {
  return (
    <div class={css['card']}>
      <span>{props.row.partyName ?? props.row.number}</span>
      <PriceText value={unitPrice(props.row.price)} unit={props.row.unit} />
      <span class={css['note']}>{props.row.number}</span>
      <QuantityText value={quantity(props.row.quantity)} />
    </div>
  )
}
