/**
 * How much lies where: per SKU, warehouse, bin, batch, serial number and status. A count says what was
 * there [F5]; what it changes follows from all that stands before it.
 */
import { isAsserting, isRestating, type Movement } from './movement.ts'
import { isLate, placeInTime } from './order.ts'

/** `branch|warehouse|sku|bin|batch|serial|status`, '' for what is left out → steps, without zeros. */
export type Cells = ReadonlyMap<string, bigint>

/** `ordered`: all movements in their order. Gives those of counts their quantity. */
export function cellsOf(ordered: readonly Movement[]): Cells {
  const cells = new Map<string, bigint>()
  const inTime = new Map<string, InTime>()
  placeInTime(ordered)
  for (const movement of ordered) {
    const cell = cellOf(movement)
    const before = cells.get(cell) ?? 0n
    const known = inTime.get(cell) ?? new InTime()
    inTime.set(cell, known)
    if (movement.corrects === undefined) known.add(movement)
    if (movement.corrects !== undefined) movement.quantity = known.balance - before
    else if (isAsserting(movement)) movement.quantity = assertedBy(movement, before, known)
    else if (movement.isMirror) movement.quantity = 0n - (movement.origin?.quantity ?? 0n)
    if (isRestating(movement)) movement.held = before
    const after = before + movement.quantity
    if (after === 0n) cells.delete(cell)
    else cells.set(cell, after)
  }
  return cells
}

function assertedBy(movement: Movement, before: bigint, known: InTime): bigint {
  const { counted } = movement.stated
  if (known.hasLate && (movement.isMirror || isLate(movement))) return known.moved(movement)
  return movement.isMirror ? 0n - (movement.origin?.quantity ?? 0n) : BigInt(counted ?? 0) - before
}

/** [CNT9] One cell, had nothing ever been closed: each count changes what is missing to what it counted. */
class InTime {
  readonly #movements: Movement[] = []
  hasLate = false

  /** In the order in which they take effect; what is late belongs before others. */
  add(movement: Movement): void {
    const isOld = isLate(movement)
    this.hasLate ||= isOld
    const later = this.#movements.findIndex(({ placeInTime: place }) => {
      return place > movement.placeInTime
    })
    const at = isOld && later >= 0 ? later : this.#movements.length
    this.#movements.splice(at, 0, movement)
  }

  get balance(): bigint {
    return this.#replayed().balance
  }

  moved(movement: Movement): bigint {
    return this.#replayed().moved.get(movement) ?? 0n
  }

  #replayed(): { readonly balance: bigint; readonly moved: ReadonlyMap<Movement, bigint> } {
    const moved = new Map<Movement, bigint>()
    let balance = 0n
    for (const movement of this.#movements) {
      const { stated, isMirror, origin, quantity } = movement
      const undone = isMirror && origin !== undefined ? moved.get(origin) : undefined
      let steps = quantity
      if (stated.counted !== undefined) {
        steps = isMirror ? 0n - (undone ?? 0n) : BigInt(stated.counted) - balance
        moved.set(movement, steps)
      }
      balance += steps
    }
    return { balance, moved }
  }
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
