/**
 * A table of any length: only visible rows exist, data may arrive page by page (`row` answers undefined until
 * then). The keyboard moves a row cursor, Enter opens. Where it is too narrow it becomes a list of `card`s.
 */
import { createMemo, createSignal, createUniqueId, type JSX, onMount, Show } from 'solid-js'
import { createWidth } from './width.ts'
import { columnScale, rowHeight } from './appearance.ts'
import css from './data-table.module.css'
import { keepScroll, keptOffset } from './scroll-memory.ts'
import {
  columnsAt,
  leastWidth,
  type TableColumn,
  type TableSort,
  templateOf,
} from './table-column.ts'
import { TableBody } from './table-body.tsx'
import { TableHead } from './table-head.tsx'
import { TableTotals } from './table-totals.tsx'
import { createRowCursor } from './row-cursor.ts'
import { createVirtualRows } from './virtual-rows.ts'

export interface DataTableProps<Row> {
  readonly label: string
  readonly columns: readonly TableColumn<Row>[]
  readonly count: number
  /** The row at an index; undefined while it is on its way. */
  readonly row: (index: number) => Row | undefined
  readonly rowKey: (row: Row) => string
  /** Which rows are on the screen: ask for their data here. */
  readonly onVisible?: (first: number, last: number) => void
  /** Enter, double press, or a press where nothing listens to the selection. */
  readonly onOpen?: (row: Row) => void
  /** The cursor has come to rest on a row: the inspector explains it. */
  readonly onSelect?: (row: Row) => void
  /** Key of the row to mark as selected, e.g. the one in the address. */
  readonly selectedKey?: string | undefined
  readonly sort?: TableSort | undefined
  readonly onSort?: (key: string) => void
  /** The row on narrow screens, two or three lines high. */
  readonly card?: (row: Row) => JSX.Element
  /** px of one card. */
  readonly cardHeight?: number
  /** Width under which cards stand in for columns, px. */
  readonly cardsBelow?: number
  /** Stands in place of the rows where there are none. */
  readonly empty?: JSX.Element
  /** Tells areas of one screen apart when returning to a scroll offset. */
  readonly name?: string
}

const headHeight = 32
const cardsBelowUsual = 600

export function DataTable<Row>(props: DataTableProps<Row>) {
  const tableId = createUniqueId()
  const [scroll, setScroll] = createSignal<HTMLElement>()
  const width = createWidth(scroll)
  const hasCards = () =>
    props.card !== undefined && width() > 0 && width() < (props.cardsBelow ?? cardsBelowUsual)
  const columns = createMemo(() => columnsAt(props.columns, width()))
  const height = () => (hasCards() ? (props.cardHeight ?? 76) : rowHeight())
  const hasTotals = () =>
    props.count > 0 && !hasCards() && columns().some((column) => column.total !== undefined)
  const name = () => props.name ?? 'table'
  const virtual = createVirtualRows({
    scroll,
    count: () => props.count,
    rowHeight: height,
    headHeight: () => (hasCards() ? 0 : headHeight),
    footHeight: () => (hasTotals() ? headHeight : 0),
    offset: keptOffset(name()),
    onVisible: (first, last) => props.onVisible?.(first, last),
  })
  const cursor = createRowCursor(props, virtual)
  onMount(() => {
    const element = scroll()
    if (element !== undefined) keepScroll(element, name())
  })
  return (
    <div
      ref={setScroll}
      class={css['scroll']}
      role="grid"
      tabindex={0}
      aria-label={props.label}
      aria-rowcount={props.count + 1}
      aria-colcount={hasCards() ? 1 : columns().length}
      aria-activedescendant={cursor.index() < 0 ? undefined : `${tableId}-${cursor.index()}`}
      onKeyDown={cursor.keyDown}
      onFocus={cursor.enter}
    >
      <div
        class={css['table']}
        style={{
          '--columns': templateOf(columns(), columnScale()),
          'min-width': hasCards() ? '0' : `${leastWidth(columns(), columnScale())}px`,
        }}
      >
        <TableHead
          columns={columns()}
          isHidden={hasCards()}
          sort={props.sort}
          onSort={props.onSort}
        />
        <Show when={props.count > 0} fallback={<div class={css['empty']}>{props.empty}</div>}>
          <TableBody
            table={props}
            tableId={tableId}
            columns={columns()}
            hasCards={hasCards()}
            rowHeight={height()}
            virtual={virtual}
            cursor={cursor}
          />
        </Show>
        <Show when={hasTotals()}>
          <TableTotals columns={columns()} />
        </Show>
      </div>
    </div>
  )
}
