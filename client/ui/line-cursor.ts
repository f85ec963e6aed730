/** Where keys lead in a grid of cells. Pure: rows and columns by index, no elements. */

export interface Cell {
  readonly row: number
  readonly column: number
}

export interface GridShape {
  /** The empty row at the end counts. */
  readonly rows: number
  readonly columns: number
  readonly isEditable: (column: number) => boolean
  /** Rows of Page Up and Page Down. */
  readonly page: number
}

/** The next cell one may type into, going on to the next row; undefined after the last. */
export function nextCell(from: Cell, shape: GridShape): Cell | undefined {
  return walk(from, shape, 1)
}

export function previousCell(from: Cell, shape: GridShape): Cell | undefined {
  return walk(from, shape, -1)
}

/** Where an arrow or paging key leads; undefined for other keys and at the edge. */
export function cellAfterKey(
  key: string,
  isFar: boolean,
  from: Cell,
  shape: GridShape,
): Cell | undefined {
  const last = { row: shape.rows - 1, column: shape.columns - 1 }
  const { row, column } = from
  const far: Readonly<Record<string, Cell>> = {
    ArrowUp: { row: 0, column },
    ArrowDown: { row: last.row, column },
    ArrowLeft: { row, column: 0 },
    ArrowRight: { row, column: last.column },
    Home: { row: 0, column: 0 },
    End: last,
  }
  const near: Readonly<Record<string, Cell>> = {
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    PageUp: { row: Math.max(0, row - shape.page), column },
    PageDown: { row: Math.min(last.row, row + shape.page), column },
    Home: { row, column: 0 },
    End: { row, column: last.column },
  }
  const next = (isFar ? far[key] : undefined) ?? near[key]
  return next === undefined ? undefined : inside(next, shape)
}

/** The first column of a row that takes typing. */
export function firstEditable(shape: GridShape): number {
  for (let column = 0; column < shape.columns; column++) {
    if (shape.isEditable(column)) return column
  }
  return 0
}

function walk(from: Cell, shape: GridShape, step: 1 | -1): Cell | undefined {
  let { row, column } = from
  for (let i = 0; i < shape.rows * shape.columns; i++) {
    column += step
    if (column >= shape.columns || column < 0) {
      row += step
      column = step > 0 ? 0 : shape.columns - 1
    }
    if (row < 0 || row >= shape.rows) return undefined
    if (shape.isEditable(column)) return { row, column }
  }
  return undefined
}

function inside(cell: Cell, shape: GridShape): Cell | undefined {
  const isInside =
    cell.row >= 0 && cell.row < shape.rows && cell.column >= 0 && cell.column < shape.columns
  return isInside ? cell : undefined
}
