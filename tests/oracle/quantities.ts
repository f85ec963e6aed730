/**
 * How much lies where: per SKU, warehouse, bin, batch, serial number and status. A count says what was
 * there [F5]; what it changes follows from all that stands before it.
 */
import { isRestating, type Movement } from './movement.ts'

/** `branch|warehouse|sku|bin|batch|serial|status`, '' for what is left out → steps, without zeros. */
export type Cells = ReadonlyMap<string, bigint>

/** `ordered`: all movements in their order. Gives those of counts their quantity. */
export function cellsOf(ordered: readonly Movement[]): Cells {
  const cells = new Map<string, bigint>()
  for (const movement of ordered) {
    const cell = cellOf(movement)
    const before = cells.get(cell) ?? 0n
    const { counted } = movement.stated
    if (movement.isMirror) movement.quantity = 0n - (movement.origin?.quantity ?? 0n)
    else if (counted !== undefined) movement.quantity = BigInt(counted) - before
    if (isRestating(movement)) movement.held = before
    const after = before + movement.quantity
    if (after === 0n) cells.delete(cell)
    else cells.set(cell, after)
  }
  return cells
}

/** `branch|warehouse|sku` → steps, without zeros. */
export function balancesOf(cells: Cells): Map<string, bigint> {
  const balances = new Map<string, bigint>()
  for (const [cell, quantity] of cells) {
    const line = cell.split('|').slice(0, 3).join('|')
    balances.set(line, (balances.get(line) ?? 0n) + quantity)
  }
  for (const [line, quantity] of balances) if (quantity === 0n) balances.delete(line)
  return balances
}

function cellOf({ branch, stated }: Movement): string {
  const { warehouse, sku, bin = '', batch = '', serial = '', status = '' } = stated
  return [branch, warehouse, sku, bin, batch, serial, status].join('|')
}
