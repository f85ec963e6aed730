/** Claims (占用, 在订) and what later documents say of them, as columns. Knows no goods and no fold. */

import { appendRow, openTable, type Table } from '../columns/table.ts'

/** A row per claim that a posting states; the rows of one posting stand together, in its order. */
export const claimSchema = {
  /** Document and part that state it, −1 when they were only tried. */
  document: 'i32',
  part: 'i32',
  /** Among the claims of its posting. */
  position: 'i32',
  /** Texts in the heap. */
  name: 'i32',
  until: 'i32',
  /** Index in `claimKinds`. */
  kind: 'u8',
  sku: 'i32',
  /** Warehouse of a branch. */
  place: 'i32',
  /** Steps, ≥ 0. */
  quantity: 'f64',
  /** Document and name of the claim that a change or a take is about; −1 for none. */
  target: 'i32',
  targetName: 'i32',
} as const

export type ClaimTable = Table<typeof claimSchema>

export interface ClaimRow {
  readonly document: number
  readonly part: number
  readonly position: number
  readonly name: number
  readonly until: number
  readonly kind: number
  readonly sku: number
  readonly place: number
  readonly quantity: number
  readonly target: number
  readonly targetName: number
}

/** The claims of a fold, found by what they are about. */
export interface ClaimLedger {
  readonly table: ClaimTable
  /** Rows of all postings; a take or change stands under the SKU that it names itself. */
  readonly bySku: Map<number, number[]>
  readonly byDocument: Map<number, number[]>
}

export function openClaims(table: ClaimTable = openTable(claimSchema)): ClaimLedger {
  const claims: ClaimLedger = { table, bySku: new Map(), byDocument: new Map() }
  for (let row = 0; row < table.rows; row++) {
    if ((table.columns.document[row] as number) >= 0) enter(claims, row)
  }
  return claims
}

export function putClaim(claims: ClaimLedger, claim: ClaimRow): void {
  const row = appendRow(claims.table)
  const { columns } = claims.table
  columns.document[row] = claim.document
  columns.part[row] = claim.part
  columns.position[row] = claim.position
  columns.name[row] = claim.name
  columns.until[row] = claim.until
  columns.kind[row] = claim.kind
  columns.sku[row] = claim.sku
  columns.place[row] = claim.place
  columns.quantity[row] = claim.quantity
  columns.target[row] = claim.target
  columns.targetName[row] = claim.targetName
  enter(claims, row)
}

/** Forgets what one part of a document states, as if it had never come. */
export function dropClaims(
  { table, bySku, byDocument }: ClaimLedger,
  document: number,
  part: number,
): void {
  const { sku, document: documents, part: parts } = table.columns
  const dropped = (byDocument.get(document) ?? []).filter((row) => parts[row] === part)
  for (const row of dropped) {
    documents[row] = -1
    remove(bySku, sku[row] as number, row)
    remove(byDocument, document, row)
  }
}

function enter({ table, bySku, byDocument }: ClaimLedger, row: number): void {
  const { sku, document } = table.columns
  push(bySku, sku[row] as number, row)
  push(byDocument, document[row] as number, row)
}

function push(rows: Map<number, number[]>, key: number, row: number): void {
  const known = rows.get(key)
  if (known === undefined) rows.set(key, [row])
  else known.push(row)
}

function remove(rows: Map<number, number[]>, key: number, row: number): void {
  const rest = (rows.get(key) ?? []).filter((other) => other !== row)
  if (rest.length > 0) rows.set(key, rest)
  else rows.delete(key)
}
