/** How lists of stock name a product: its name, and beside it the specification, quieter. */
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
