/** The row the keyboard stands on in a table, and the keys that move it. */
import { type Accessor, createEffect, createSignal, on } from 'solid-js'
import type { VirtualRows } from './virtual-rows.ts'

export interface RowCursorOptions<Row> {
  readonly count: number
  readonly row: (index: number) => Row | undefined
  readonly onOpen?: (row: Row) => void
  readonly onSelect?: (row: Row) => void
}

export interface RowCursor {
  /** −1 until the table has had the focus. */
  readonly index: Accessor<number>
  readonly put: (index: number) => void
  readonly open: (index: number) => void
  readonly keyDown: (event: KeyboardEvent) => void
  readonly enter: () => void
}

export function createRowCursor<Row>(
  options: RowCursorOptions<Row>,
  virtual: VirtualRows,
): RowCursor {
  const [index, setIndex] = createSignal(-1)
  createEffect(
    on(
      () => options.count,
      (count) => setIndex((at) => Math.min(at, count - 1)),
      { defer: true },
    ),
  )
  const put = (at: number) => {
    if (options.count === 0) return
    const next = Math.max(0, Math.min(at, options.count - 1))
    setIndex(next)
    virtual.scrollTo(next)
    const row = options.row(next)
    if (row !== undefined) options.onSelect?.(row)
  }
  const open = (at: number) => {
    const row = options.row(at)
    if (row !== undefined) options.onOpen?.(row)
  }
  const keyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    if (event.key === 'Enter' && index() >= 0) {
      event.preventDefault()
      return open(index())
    }
    const next = rowAfterKey(event.key, index(), options.count, virtual.page())
    if (next === undefined) return
    event.preventDefault()
    put(next)
  }
  return { index, put, open, keyDown, enter: () => index() < 0 && setIndex(0) }
}

/** Where a key leads from row `at`; undefined for keys that do not move. */
export function rowAfterKey(
  key: string,
  at: number,
  count: number,
  page: number,
): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return at + 1
    case 'ArrowUp':
      return at - 1
    case 'PageDown':
      return at + page
    case 'PageUp':
      return at - page
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}
