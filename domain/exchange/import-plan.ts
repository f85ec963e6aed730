/**
 * What an import would do, before it does anything: changes of masters, opening stock, and every
 * problem with its row. Whether problems stop the import or only their rows is the caller's choice:
 * the plan holds the accepted rows alone.
 */

import type { MasterChange } from '#domain/masters/entities.ts'
import type { EntityName } from '#domain/masters/entity.ts'
import type { MasterFields } from '#domain/masters/master-field.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import type { BranchId, CustomerId, SkuId, SupplierId, WarehouseId } from '#domain/values/ids.ts'
import { limitImportProblems, limitLines } from '#domain/values/limits.ts'
import { type Money, money, zeroMoney } from '#domain/values/money.ts'
import { type Quantity, quantity } from '#domain/values/quantity.ts'
import type { UnitPrice } from '#domain/values/unit-price.ts'
import { chunksOf } from './chunks.ts'
import type { ImportProblem } from './import-problem.ts'

/** A line of an opening-stock document, under the field names of that type. */
export interface OpeningLine {
  readonly skuId: SkuId
  /** Base units, more than zero. */
  readonly quantity: Quantity
  /** The unit that `price` is for, where it is not the base unit. */
  readonly unit?: string
  readonly price?: UnitPrice
  /** Where the file states the amount and no price. */
  readonly amount?: Money
}

/** At most `limitLines` lines: one document; a warehouse with more has several. */
export interface OpeningStock {
  readonly warehouseId: WarehouseId
  readonly lines: readonly OpeningLine[]
}

/** 期初应收 / 期初应付: a dated document to come (MD-10), never a field of the party. */
export interface OpeningBalance {
  readonly party:
    | { readonly entity: 'customer'; readonly id: CustomerId }
    | { readonly entity: 'supplier'; readonly id: SupplierId }
  /** More than zero. */
  readonly amount: Money
}

export interface ImportPlan {
  /** Each refers only to what exists or stands before it. */
  readonly masters: readonly MasterChange[]
  readonly opening: readonly OpeningStock[]
  readonly balances: readonly OpeningBalance[]
  /** The first `limitImportProblems` of them, in order of rows. */
  readonly problems: readonly ImportProblem[]
  readonly counts: {
    /** Rows of data in the file. */
    readonly rows: number
    readonly accepted: number
    readonly rejected: number
    readonly problems: number
    readonly created: Readonly<Partial<Record<EntityName, number>>>
    readonly openingLines: number
  }
  readonly totals: {
    /** Sum over base units of all kinds: a check sum, not a quantity of anything. */
    readonly openingQuantity: Quantity
    readonly openingValue: Money
    readonly openingBalances: Money
  }
  /** Headers of columns that hold something and are not taken over. */
  readonly ignored: readonly string[]
  /** What stood above the header. */
  readonly notes: readonly string[]
}

/** The accepted rows as plain values, the way the command that writes them takes them. */
export function acceptedRows({ masters, opening }: ImportPlan): {
  readonly masters: readonly MasterChange[]
  readonly opening: readonly {
    readonly warehouseId: string
    readonly lines: readonly Readonly<Record<string, Json>>[]
  }[]
} {
  return {
    masters,
    opening: opening.map(({ warehouseId, lines }) => ({
      warehouseId,
      lines: lines.map((line) => ({ ...line })),
    })),
  }
}

/** Masters as they stand; the kit's reader of masters is one. */
export interface MasterSource {
  list(entity: EntityName): Iterable<{ readonly id: string; readonly fields: MasterFields }>
}

/** What a plan is made against. */
export interface ImportContext {
  readonly masters: MasterSource
  /** A fresh id at each call. */
  ids(): string
  /** Pinyin initials of a name, or '' where there is no table of them. */
  initialsOf(name: string): string
  /** Owner of warehouses that the import creates. */
  readonly branchId: BranchId
  /** For files that name no warehouse. */
  readonly warehouseId?: WarehouseId
  /** What opening stock without a cost counts as; a problem of its row when left out [EXO3]. */
  readonly costWhenBlank?: Money
}

/** What is referred to stands before what refers to it. */
const entityOrder: readonly EntityName[] = [
  'category',
  'warehouse',
  'product',
  'sku',
  'supplier',
  'customer',
]

/** What a row adds to the totals; an amount is undefined where it is beyond all limits. */
export interface Additions {
  readonly quantities?: readonly Quantity[]
  readonly values?: readonly (Money | undefined)[]
  readonly balance?: Money
}

/** Collects a plan row by row. */
export interface PlanBuilder {
  change(change: MasterChange): void
  /** Adds to the totals, all or nothing: false when they would leave the safe integers. */
  reserve(additions: Additions): boolean
  open(warehouseId: WarehouseId, line: OpeningLine): void
  owe(balance: OpeningBalance): void
  accept(): void
  reject(problems: readonly ImportProblem[]): void
  finish(facts: {
    readonly rows: number
    readonly ignored: readonly string[]
    readonly notes: readonly string[]
  }): ImportPlan
}

export function buildPlan(): PlanBuilder {
  const masters: MasterChange[] = []
  const linesByWarehouse = new Map<WarehouseId, OpeningLine[]>()
  const balances: OpeningBalance[] = []
  const problems: ImportProblem[] = []
  const counts = { accepted: 0, rejected: 0, openingLines: 0 }
  let totals: Totals = { quantity: 0, value: 0, balances: 0 }

  return {
    change: (change) => void masters.push(change),
    reserve(additions) {
      const sum = totalsWith(totals, additions)
      totals = sum ?? totals
      return sum !== undefined
    },
    open(warehouseId, line) {
      const lines = linesByWarehouse.get(warehouseId) ?? []
      linesByWarehouse.set(warehouseId, lines)
      lines.push(line)
      counts.openingLines += 1
    },
    owe: (balance) => void balances.push(balance),
    accept: () => void (counts.accepted += 1),
    reject(found) {
      counts.rejected += 1
      problems.push(...found)
    },
    finish: ({ rows, ignored, notes }) => ({
      masters: entityOrder.flatMap((entity) => masters.filter((each) => each.entity === entity)),
      opening: [...linesByWarehouse].flatMap(([warehouseId, lines]) =>
        chunksOf(lines, limitLines).map((chunk) => ({ warehouseId, lines: chunk })),
      ),
      balances,
      problems: problems.slice(0, limitImportProblems),
      counts: { ...counts, rows, problems: problems.length, created: countByEntity(masters) },
      totals: {
        openingQuantity: quantity(totals.quantity),
        openingValue: money(totals.value),
        openingBalances: money(totals.balances),
      },
      ignored,
      notes,
    }),
  }
}

interface Totals {
  readonly quantity: number
  readonly value: number
  readonly balances: number
}

function totalsWith(
  totals: Totals,
  { quantities = [], values = [], balance = zeroMoney }: Additions,
): Totals | undefined {
  const sums = {
    quantity: quantities.reduce((sum: number, each) => sum + each, totals.quantity),
    value: values.reduce((sum: number, each) => sum + (each ?? Number.NaN), totals.value),
    balances: totals.balances + balance,
  }
  return Object.values(sums).every(Number.isSafeInteger) ? sums : undefined
}

function countByEntity(changes: readonly MasterChange[]): Partial<Record<EntityName, number>> {
  const counts: Partial<Record<EntityName, number>> = {}
  for (const { entity } of changes) counts[entity] = (counts[entity] ?? 0) + 1
  return counts
}
