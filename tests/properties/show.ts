/** A generated history as a table that a bookkeeper can read, beside what was found wrong in it. */
import type { Audit } from '#tests/oracle/audit.ts'
import { effectiveAt } from '#tests/oracle/order.ts'
import { idOf } from '#tests/builders/journal-writer.ts'
import type { Difference } from './compare.ts'
import type { History } from './history.ts'

const firstMs = 1_767_225_600_000
const hourMs = 3_600_000

/** Movements in their order with the auditor's costs, then the differences. */
export function shown(
  { policy, statedAt }: History,
  audited: Audit,
  found: readonly Difference[],
): string {
  const names = namesOf(audited)
  const rows = audited.movements.map((movement) => {
    const { docId, stated, isMirror, quantity, amount, stamp, origin, adjustments } = movement
    const { cost, trueUp, difference } = audited.costOf(movement)
    const { sku, warehouse, bin = '', batch = '', serial = '', status = '', pair, group } = stated
    return [
      String((effectiveAt(movement) - firstMs) / hourMs),
      `${names(docId)}/${stated.leg}${isMirror ? ' reversed' : ''}`,
      isMirror ? '' : stated.class,
      [sku, warehouse, bin].map(names).concat(batch, serial, status).join(' ').trim(),
      `${Number(quantity) / 10_000}${stated.counted === undefined ? '' : ` counted ${stated.counted / 10_000}`}`,
      amount === undefined ? '' : String(amount),
      origin === undefined ? '' : `of ${names(origin.docId)}/${origin.stated.leg}`,
      `${pair ?? ''}${group ?? ''}`,
      adjustments.map(({ kind, quantity: of = 0, amount: fen }) => `${kind} ${of} ${fen}`).join(),
      `${cost} ${trueUp} ${difference}`,
      stamp.device.slice(0, 2),
    ]
  })
  const head = ['hour', 'leg', 'class', 'goods', 'quantity', 'stated', 'of', 'with', 'adjusted']
  return [
    `${policy.method}, ${policy.scope}, returns at ${policy.purchaseReturn}, stated at ${statedAt}`,
    ...table([[...head, 'cost trued-up difference', 'by'], ...rows]),
    ...found.map(({ about, fold, auditor }) => {
      const what = about.replaceAll(/[0-9a-f-]{36}/g, names)
      return `${what}: fold ${fold}, auditor ${auditor}`
    }),
  ].join('\n')
}

/** Generated names by their ids. */
function namesOf({ movements }: Audit): (id: string) => string {
  const known = new Map<string, string>()
  const note = (kind: string, name: string) => known.set(idOf(kind, name), name)
  for (let i = 0; i < Math.max(20, 4 * movements.length); i++) {
    note('document', `d${i}`)
    if (i > 20) continue
    note('sku', `sku-${i}`)
    note('branch', `branch-${i}`)
    note('bin', `b${i}`)
    for (const side of ['front', 'back']) note('warehouse', `${side}-${i}`)
  }
  return (id) => known.get(id) ?? id
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
