/**
 * 历史单据 (history as documents): sales history becomes the documents that a person would have made
 * of it, so that replaying them goes the same road as work in a shop.
 */

import { oneSkuChanges } from '#domain/masters/product-form.ts'
import type { MasterChange } from '#domain/masters/entities.ts'
import { unreachable } from '#domain/values/assert.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import {
  asId,
  type BranchId,
  type CustomerId,
  type DocumentId,
  type LineId,
  type ProductId,
  type SkuId,
  type WarehouseId,
} from '#domain/values/ids.ts'
import type { Instant } from '#domain/values/instant.ts'
import { limitLines } from '#domain/values/limits.ts'
import { absQuantity } from '#domain/values/quantity.ts'
import { chunksOf } from './chunks.ts'
import { isStockCode, type TransactionLine } from './transaction-lines.ts'

/** A draft as the document kit takes it. */
export interface TransactionDraft {
  readonly docId: DocumentId
  readonly type: 'shipment' | 'sales-return' | 'write-off'
  readonly branch: BranchId
  readonly at: Instant
  readonly header: Readonly<Record<string, Json>>
  readonly lines: readonly ({ readonly lineId: LineId } & Readonly<Record<string, Json>>)[]
}

export interface TransactionContext {
  readonly branchId: BranchId
  readonly warehouseId: WarehouseId
  /** A fresh id at each call. */
  ids(): string
  /** Undefined for a code without SKU; `missingSkus` makes those first. */
  skuIdOf(code: string): SkuId | undefined
  customerIdOf(code: string): CustomerId | undefined
}

export interface TransactionDrafts {
  /** One per invoice and class, in the order in which they begin in the file. */
  readonly drafts: readonly TransactionDraft[]
  /** Lines that moved no goods and are no sale: class A, and losses of services. */
  readonly reported: readonly TransactionLine[]
  /** Lines whose code has no SKU. */
  readonly unknown: readonly TransactionLine[]
}

/** [EXH3] Documents of at most `limitLines` lines; a longer invoice continues in a next one. */
export function draftsOf(
  lines: readonly TransactionLine[],
  context: TransactionContext,
): TransactionDrafts {
  const groups = new Map<string, MovedLine[]>()
  const reported: TransactionLine[] = []
  const unknown: TransactionLine[] = []
  for (const line of lines) {
    const skuId = context.skuIdOf(line.code)
    const type = typeOf(line)
    if (type === undefined) reported.push(line)
    else if (skuId === undefined) unknown.push(line)
    else pushTo(groups, `${line.class}${line.invoice}`, { line, skuId, type })
  }
  const drafts = [...groups.values()].flatMap((group) =>
    chunksOf(group, limitLines).map((chunk) => draftOf(chunk, context)),
  )
  return { drafts, reported, unknown }
}

interface MovedLine {
  readonly line: TransactionLine
  readonly skuId: SkuId
  readonly type: TransactionDraft['type']
}

/** Undefined where there is nothing to post: book entries, and losses of what is never in stock. */
function typeOf(line: TransactionLine): TransactionDraft['type'] | undefined {
  switch (line.class) {
    case 'S':
    case 'G':
      return 'shipment'
    case 'R':
      return 'sales-return'
    case 'W':
      return line.isStock ? 'write-off' : undefined
    case 'A':
      return undefined
    default:
      return unreachable(line.class)
  }
}

function pushTo(groups: Map<string, MovedLine[]>, key: string, line: MovedLine): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [line])
  else group.push(line)
}

function draftOf(
  chunk: readonly [MovedLine, ...MovedLine[]],
  context: TransactionContext,
): TransactionDraft {
  const [{ line: first, type }] = chunk
  return {
    docId: asId<DocumentId>(context.ids()),
    type,
    branch: context.branchId,
    at: first.at,
    header: {
      warehouseId: context.warehouseId,
      note: first.invoice,
      ...headerOf(type, context.customerIdOf(first.customer)),
    },
    lines: chunk.map(({ line, skuId }, i) => ({
      lineId: asId<LineId>(String(i + 1)),
      skuId,
      quantity: absQuantity(line.quantity),
      ...(type === 'write-off' ? {} : { price: line.price }),
    })),
  }
}

function headerOf(
  type: TransactionDraft['type'],
  customerId: CustomerId | undefined,
): Readonly<Record<string, Json>> {
  if (type === 'write-off') return { reason: 'other' }
  const customer = customerId === undefined ? {} : { customerId }
  return type === 'sales-return' ? { ...customer, refund: 'receivable' } : customer
}

/**
 * [EXH2] Product and SKU for each code that has none, named by its first description: goods in
 * `baseUnit`, everything else a service.
 */
export function missingSkus(
  lines: readonly TransactionLine[],
  context: TransactionContext,
  baseUnit: string,
): { readonly changes: readonly MasterChange[]; readonly skuIds: ReadonlyMap<string, SkuId> } {
  const nameByCode = new Map<string, string>()
  for (const { code, name } of lines) {
    if (context.skuIdOf(code) === undefined) nameByCode.set(code, nameByCode.get(code) || name)
  }
  const skuIds = new Map<string, SkuId>()
  const changes = [...nameByCode].flatMap(([code, name]) => {
    const ids = { productId: asId<ProductId>(context.ids()), skuId: asId<SkuId>(context.ids()) }
    skuIds.set(code, ids.skuId)
    const kind = isStockCode(code) ? {} : { kind: 'service' }
    return oneSkuChanges(ids, { code, name: name === '' ? code : name, baseUnit, ...kind })
  })
  return { changes, skuIds }
}

/** [EXH6] A customer for each code that has none; histories know no names, so the code stands for it. */
export function missingCustomers(
  lines: readonly TransactionLine[],
  context: TransactionContext,
): {
  readonly changes: readonly MasterChange[]
  readonly customerIds: ReadonlyMap<string, CustomerId>
} {
  const codes = new Set(lines.map(({ customer }) => customer))
  codes.delete('')
  const customerIds = new Map<string, CustomerId>()
  for (const code of codes) {
    if (context.customerIdOf(code) === undefined) {
      customerIds.set(code, asId<CustomerId>(context.ids()))
    }
  }
  const changes = [...customerIds].map(
    ([code, id]): MasterChange => ({ entity: 'customer', id, fields: { code, name: code } }),
  )
  return { changes, customerIds }
}
