/** A long list whose rows look like cards or lines of their own; only the visible ones exist. */
import { createSignal, For, type JSX, onMount } from 'solid-js'
import { keepScroll, keptOffset } from './scroll-memory.ts'
import css from './virtual-list.module.css'
import { createVirtualRows } from './virtual-rows.ts'

export interface VirtualListProps {
  readonly label: string
  readonly count: number
  /** px; every row has it. */
  readonly rowHeight: number
  readonly render: (index: number) => JSX.Element
  /** Which rows are on the screen: ask for their data here. */
  readonly onVisible?: (first: number, last: number) => void
}

export function VirtualList(props: VirtualListProps) {
  const [scroll, setScroll] = createSignal<HTMLElement>()
  const virtual = createVirtualRows({
    scroll,
    count: () => props.count,
    rowHeight: () => props.rowHeight,
    offset: keptOffset('list'),
    onVisible: (first, last) => props.onVisible?.(first, last),
  })
  onMount(() => {
    const element = scroll()
    if (element !== undefined) keepScroll(element, 'list')
  })
  return (
    <div ref={setScroll} class={css['scroll']} role="list" aria-label={props.label} tabindex={0}>
      <div class={css['rows']} style={{ height: `${virtual.totalHeight()}px` }}>
        <For each={virtual.rows()}>
          {(row) => (
            <div
              class={css['row']}
              role="listitem"
              aria-setsize={props.count}
              aria-posinset={row.index + 1}
              style={{ height: `${props.rowHeight}px`, top: `${row.start}px` }}
            >
              {props.render(row.index)}
            </div>
          )}
        </For>
      </div>
    </div>
  )
}
