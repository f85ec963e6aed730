/**
 * 收发存 (stock run): opening, in, out and closing per code, as the engine answers them: what closes is its
 * balance, what moved is its movement cards. So it proves the fold, not the file that was posted.
 */
import { sha256Hex } from '#domain/values/digest.ts'
import { formatDecimal } from '#domain/values/decimal-text.ts'
import { quantityDecimals } from '#domain/values/quantity.ts'
import { type Device, everyRow } from './device.ts'

/** Of one code over all warehouses that the device follows, base steps. */
export interface StockRunRow {
  readonly code: string
  readonly opening: number
  readonly in: number
  readonly out: number
  readonly closing: number
}

/** Codes that ever moved, in the order of code units. */
export async function stockRun(device: Device): Promise<readonly StockRunRow[]> {
  const rows = await everyRow((page) => device.engine.read('stock', page))
  const byCode = new Map<string, StockRunRow>()
  for (const { skuId, warehouseId, code, quantity } of rows) {
    const before = byCode.get(code) ?? { code, opening: 0, in: 0, out: 0, closing: 0 }
    const moved = await movedIn(device, skuId, warehouseId)
    byCode.set(code, {
      code,
      opening: before.opening + moved.opening,
      in: before.in + moved.in,
      out: before.out + moved.out,
      closing: before.closing + quantity,
    })
  }
  return [...byCode.values()].sort((one, other) => (one.code < other.code ? -1 : 1))
}

async function movedIn(device: Device, skuId: string, warehouseId: string) {
  const moved = { opening: 0, in: 0, out: 0 }
  for (const { type, quantity } of await device.engine.read('card', { skuId, warehouseId })) {
    if (type === 'opening-stock') moved.opening += quantity
    else if (quantity > 0) moved.in += quantity
    else moved.out -= quantity
  }
  return moved
}

/** `code,opening,in,out,closing` in base units, one code per line, LF between. */
export function stockRunText(rows: readonly StockRunRow[]): string {
  return rows
    .map((row) =>
      [row.code, ...[row.opening, row.in, row.out, row.closing].map(unitsText)].join(','),
    )
    .join('\n')
}

export function stockRunDigest(rows: readonly StockRunRow[]): string {
  return sha256Hex(stockRunText(rows))
}

export function unitsText(steps: number): string {
  return formatDecimal(steps, quantityDecimals, { trim: true })
}
