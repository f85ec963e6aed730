/** How lists of stock name a product: its name, and beside it the specification, quieter. */
import type { JSX } from 'solid-js'
import { GoodsQuantity } from '#client/documents/goods-quantity.tsx'
import type { NamedGoods } from '#client/engine/face/face.ts'
import { t } from '#client/text/translate.ts'
import type { TableColumn } from '#client/ui/table-column.ts'
import css from './stock.module.css'

export function ProductName(props: { readonly goods: NamedGoods }) {
  return (
    <span class={css['product']}>
      {props.goods.name} <span class={css['specification']}>{props.goods.specification}</span>
    </span>
  )
}

/** Its code where there is room, and what it is called. */
export function codeColumn<Row extends NamedGoods>(): TableColumn<Row> {
  const render = (row: Row) => row.code
  return { key: 'code', label: t('stock.code'), width: 132, hideBelow: 760, render }
}

export function productColumn<Row extends NamedGoods>(): TableColumn<Row> {
  const render = (row: Row) => <ProductName goods={row} />
  return { key: 'name', label: t('stock.product'), width: 200, grow: 3, render }
}

/** On a phone: the product and how much of it, its code and where it lies; one figure more at the end. */
export function GoodsCard(props: {
  readonly goods: NamedGoods
  readonly held: number
  readonly place: string
  readonly children: JSX.Element
}) {
  return (
    <div class={css['card']}>
      <ProductName goods={props.goods} />
      <GoodsQuantity goods={props.goods} value={props.held} />
      <span class={css['specification']}>
        {props.goods.code} · {props.place}
      </span>
      {props.children}
    </div>
  )
}
