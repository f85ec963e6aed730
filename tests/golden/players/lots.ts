/** Model `lots`: batches that arrive, are divided and picked (`pick-proposal`, `batch-stock`). */

import {
  arriveInBatch,
  type BatchProblem,
  type BatchStock,
  dayBeforeExpiry,
  divideBatch,
  usableQuantity,
} from '#domain/ledgers/stock/batch-stock.ts'
import {
  isExpired,
  type PickProposal,
  type PickSource,
  type PickStrategy,
  proposePick,
} from '#domain/ledgers/stock/pick-proposal.ts'
import { type BusinessDate, businessDate } from '#domain/values/business-date.ts'
import { type Quantity, quantity, quantityDecimals } from '#domain/values/quantity.ts'
import { type Ratio, scaledRatio } from '#domain/values/ratio.ts'
import type { Result } from '#domain/values/result.ts'
import { exactOf, type Figure, scaled } from '../figures.ts'
import type { Play } from '../play.ts'
import {
  CaseProblem,
  type Expectation,
  nameOf,
  type Operation,
  type Table,
  tableOf,
  textOf,
} from '../read-cases.ts'

class LotsPlay implements Play {
  #stock: BatchStock = []
  readonly #picks = new Map<number, PickProposal>()
  readonly #refused = new Set<number>()
  readonly #setup: Table

  constructor(setup: Table) {
    this.#setup = setup
  }

  enter(op: Operation): void {
    switch (op.op) {
      case 'lot':
        return this.#keep(op, arriveInBatch(this.#stock, arrivalOf(op), this.#isSerial(op)))
      case 'split':
        return this.#keep(op, divideBatch(this.#stock, textOf(op, 'lot'), dividedOf(op)))
      case 'expiry':
        return this.#putExpiry(op)
      default:
        return this.#pick(op)
    }
  }

  read(expectation: Expectation): Figure {
    const asof = () => businessDate(textOf(expectation, 'asof'))
    const source = this.#stock.find(({ batch }) => batch === expectation['lot'])
    const pick = this.#picks.get(Number(expectation['of']))
    switch (expectation.what) {
      case 'picked':
        return pick?.picked.map((each) => [each.source.batch, steps(each.quantity)])
      case 'short':
        return steps(pick?.short)
      case 'left':
        return steps(source?.available)
      case 'lot_bin':
        return source?.bin
      case 'total':
        return steps(this.#stock.reduce((sum, { available }) => sum + available, 0))
      case 'usable':
        return steps(usableQuantity(this.#stock, asof()))
      case 'expired':
        return isExpired(source ?? {}, asof())
      case 'date':
        return dayBeforeExpiry(source ?? {}, this.#daysBefore(textOf(expectation, 'field')))
      default:
        return this.#refused.has(Number(expectation['of'])) ? 'refused' : 'accepted'
    }
  }

  #keep(op: Operation, changed: Result<BatchStock, BatchProblem>): void {
    if (changed.ok) this.#stock = changed.value
    else this.#refused.add(op.n)
  }

  /** A serial number is one piece. */
  #isSerial(op: Operation): boolean {
    return this.#setup['unique_serial'] === true && textOf(op, 'qty') === '1'
  }

  #putExpiry(op: Operation): void {
    const expires = businessDate(textOf(op, 'expires'))
    this.#stock = this.#stock.map((each) =>
      each.batch === op['lot'] ? { ...each, expires } : each,
    )
  }

  /** Who plays may pick expired goods, unless they are to be passed over. */
  #pick(op: Operation): void {
    const strategy = textOf(op, 'strategy') as PickStrategy
    const today = dateOf(op['asof'] ?? op['at'])
    const pick = proposePick(this.#stock, {
      ...{ wanted: quantityOf(op, 'qty'), strategy },
      ...(op['skip_expired'] === true && today !== undefined && { usableOn: today }),
    })
    this.#picks.set(op.n, pick)
    if (op['dry'] === true) return
    const taken = new Map(pick.picked.map((each) => [each.source, each.quantity]))
    this.#stock = this.#stock.map((source) => ({
      ...source,
      available: quantity(source.available - (taken.get(source) ?? 0)),
    }))
  }

  #daysBefore(field: string): number {
    if (field === 'expiry') return 0
    const days = tableOf(this.#setup['before_expiry'], 'before_expiry')[field]
    if (days === undefined) throw new CaseProblem(`unknown date: ${field}`)
    return scaledRatio(exactOf(days, field), 0)
  }
}

export function playLots(setup: Table): Play {
  return new LotsPlay(setup)
}

function arrivalOf(op: Operation): PickSource {
  const expires = dateOf(op['expires'])
  return {
    ...{ batch: textOf(op, 'lot'), bin: nameOf(op['bin']) },
    available: quantityOf(op, 'qty'),
    received: dateOf(op['received'] ?? op['at']) ?? businessDate('1970-01-01'),
    ...(expires !== undefined && { expires }),
  }
}

function dividedOf(op: Operation) {
  const bin = op['bin'] === undefined ? {} : { bin: textOf(op, 'bin') }
  return { batch: textOf(op, 'new'), quantity: quantityOf(op, 'qty'), ...bin }
}

function dateOf(value: unknown): BusinessDate | undefined {
  return typeof value === 'string' ? businessDate(value.slice(0, 10)) : undefined
}

function quantityOf(op: Operation, name: string): Quantity {
  return quantity(scaledRatio(exactOf(op[name], name), quantityDecimals))
}

function steps(value: number | undefined): Ratio {
  return scaled(value ?? 0, quantityDecimals)
}
