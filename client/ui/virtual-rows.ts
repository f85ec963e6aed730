/**
 * Rows of one height in a scroll area, of which only the visible ones exist. The one place that knows the
 * virtualiser; lists, tables and the line grid stand on it.
 */
import { createVirtualizer } from '@tanstack/solid-virtual'
import { type Accessor, createEffect, createSignal, on, onMount } from 'solid-js'

export interface VirtualRowsOptions {
  readonly scroll: Accessor<HTMLElement | undefined>
  readonly count: Accessor<number>
  /** px */
  readonly rowHeight: Accessor<number>
  /** Height of what sticks at the top and bottom of the area, px. */
  readonly headHeight?: Accessor<number>
  readonly footHeight?: Accessor<number>
  /** Where to begin, px. */
  readonly offset?: number
  readonly onVisible?: (first: number, last: number) => void
}

export interface VirtualRow {
  readonly index: number
  /** px from the first row. */
  readonly start: number
}

export interface VirtualRows {
  readonly rows: Accessor<readonly VirtualRow[]>
  readonly totalHeight: Accessor<number>
  readonly scrollTo: (index: number) => void
  /** Whole rows that fit, for Page Up and Page Down. */
  readonly page: () => number
}

export function createVirtualRows(options: VirtualRowsOptions): VirtualRows {
  // An element of a template has no window before it is on the page, so it is shown to the virtualiser then.
  const [isMounted, setMounted] = createSignal(false)
  const virtualizer = createVirtualizer<HTMLElement, HTMLElement>({
    get count() {
      return options.count()
    },
    getScrollElement: () => (isMounted() ? (options.scroll() ?? null) : null),
    estimateSize: () => options.rowHeight(),
    get scrollPaddingEnd() {
      return options.footHeight?.() ?? 0
    },
    get scrollPaddingStart() {
      return options.headHeight?.() ?? 0
    },
    initialOffset: options.offset ?? 0,
    overscan: 8,
  })
  onMount(() => setMounted(true))
  createEffect(on(options.rowHeight, () => virtualizer.measure()))
  // The virtualiser's own store: an item keeps its identity while it stays on the screen.
  const rows = () => virtualizer.getVirtualItems()
  createEffect(() => {
    const visible = rows()
    const [first, last] = [visible[0], visible[visible.length - 1]]
    if (first !== undefined && last !== undefined) options.onVisible?.(first.index, last.index)
  })
  return {
    rows,
    totalHeight: () => virtualizer.getTotalSize(),
    scrollTo: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
    page: () => {
      const height = options.scroll()?.clientHeight ?? 0
      const free = height - (options.headHeight?.() ?? 0) - (options.footHeight?.() ?? 0)
      return Math.max(1, Math.floor(free / options.rowHeight()) - 1)
    },
  }
}
