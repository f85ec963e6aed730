/** What a table of documents must come to, asked of the folds of all orders of arrival. */

import { expect } from 'vitest'
import type { Fold } from '#domain/fold/fold.ts'
import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import { formatDecimal } from '#domain/values/decimal-text.ts'
import { idOf } from './journal-writer.ts'
import { foldsOf, mainBranch, recordsOf, rowsOf } from './table.ts'

/** Figures as a person writes them; only those given are compared. */
export interface Expected {
  readonly onHand?: string
  readonly value?: string
  /** 销售成本: what the sold goods cost, with true-ups, less what came back. */
  readonly costOfSales?: string
  readonly isProvisional?: boolean
}

const salesTypes: ReadonlySet<string> = new Set(['shipment', 'retail-sale', 'sales-return'])

export function scenario(table: string): Scenario {
  return new Scenario(table)
}

export class Scenario {
  readonly entries: readonly (readonly FoldEntry[])[]
  readonly #table: string
  readonly #folds: readonly Fold[]

  constructor(table: string) {
    this.#table = table
    this.entries = recordsOf(table)
    this.#folds = foldsOf(this.entries)
  }

  /** The fold of the order of writing, for what a test wants to look at closely. */
  get fold(): Fold {
    const [first] = this.#folds
    if (first === undefined) throw new Error('a scenario has at least one order')
    return first
  }

  /** The fold after the first `rows` rows, as it was believed then. */
  after(rows: number): Scenario {
    const lines = this.#table.split('\n').filter((line) => line.trim() !== '')
    return new Scenario(lines.slice(0, rows + 1).join('\n'))
  }

  expectMovingAverage(sku: string, expected: Expected): this {
    return this.#each((fold) => {
      const pool = fold.stock.pool(idOf('sku', sku), mainBranch)
      const found = {
        onHand: quantityText(pool?.quantity ?? 0),
        value: moneyText(pool?.value ?? 0),
        costOfSales: moneyText(this.#costOfSales(fold)),
        isProvisional: pool?.isProvisional ?? false,
      }
      expect(found).toMatchObject(expected)
    })
  }

  /** Cost of the goods of a row's document: what it cost, with true-ups; unsigned. */
  expectCost(row: string, cost: string, difference = '0.00'): this {
    return this.#each((fold) => {
      const legs = fold.stock.costOf(idOf('document', row))
      const sign = legs.some((leg) => leg.quantity < 0) ? -1 : 1
      const sum = legs.reduce((total, leg) => total + sign * leg.cost + leg.trueUp, 0)
      const differences = legs.reduce((total, leg) => total + leg.difference, 0)
      expect({ row, cost: moneyText(sum), difference: moneyText(differences) }).toEqual({
        ...{ row, cost, difference },
      })
    })
  }

  /** What the legs of a count moved: counted less what was there. */
  expectCounted(row: string, differences: readonly string[]): this {
    return this.#each((fold) => {
      const legs = fold.stock.costOf(idOf('document', row))
      const found = legs.map(({ quantity }) => quantityText(quantity))
      expect({ row, differences: found }).toEqual({ row, differences })
    })
  }

  expectBalance(sku: string, warehouse: string, quantity: string): this {
    return this.#each((fold) => {
      const balance = fold.stock.balance(idOf('sku', sku), idOf('warehouse', warehouse))
      expect(quantityText(balance)).toBe(quantity)
    })
  }

  /** Rows of the card: `document quantity cost quantity-after value-after why`. */
  expectCard(sku: string, rows: readonly string[]): this {
    return this.#each((fold) => {
      const names = new Map(
        rowsOf(this.#table).map((row, index) => {
          const name = row['id'] || String(index + 1)
          return [idOf('document', name), name]
        }),
      )
      const card = fold.stock.card(idOf('sku', sku), { branch: mainBranch }).map((row) => {
        const { docId, quantity, cost, quantityAfter, valueAfter, why, isProvisional } = row
        const figures = [quantityText(quantity), moneyText(cost), quantityText(quantityAfter)]
        const flag = isProvisional && row.kind === 'movement' ? '?' : ''
        return [names.get(docId) ?? docId, ...figures, moneyText(valueAfter), why + flag].join(' ')
      })
      expect(card).toEqual(rows)
    })
  }

  /** Codes of all findings, sorted. */
  expectFindings(codes: readonly string[]): this {
    return this.#each((fold) => {
      expect(
        fold
          .findings()
          .map(({ code }) => code)
          .sort(),
      ).toEqual([...codes].sort())
    })
  }

  /** Every order of arrival ends in one and the same state. */
  expectAgreement(): this {
    const states = new Set(
      this.#folds.map((fold) =>
        JSON.stringify([
          fold.hash('goods', mainBranch),
          fold.hash('buying', mainBranch),
          fold.findings(),
        ]),
      ),
    )
    expect(states.size).toBe(1)
    return this
  }

  #each(check: (fold: Fold) => void): this {
    for (const fold of this.#folds) check(fold)
    return this
  }

  #costOfSales(fold: Fold): number {
    const documents = rowsOf(this.#table)
      .map((row, index) => ({ type: row['document'] ?? '', name: row['id'] || String(index + 1) }))
      .filter(({ type }) => salesTypes.has(type))
    return documents
      .flatMap(({ name }) => fold.stock.costOf(idOf('document', name)))
      .reduce((total, leg) => total - leg.cost + leg.trueUp, 0)
  }
}

function quantityText(steps: number): string {
  return formatDecimal(steps, 4, { trim: true })
}

function moneyText(fen: number): string {
  return formatDecimal(fen, 2)
}
