/** Model `bom`: recipes exploded, checked, counted and costed (`domain/masters/bom.ts`). */

import {
  type Bom,
  type BomLine,
  type Byproduct,
  costOfByproduct,
  costOfOutput,
  explodeAllLevels,
  explodeOneLevel,
  findBomCycle,
  type Needs,
  wholeOutputs,
} from '#domain/masters/bom.ts'
import {
  addRatios,
  divideRatios,
  oneRatio,
  type Ratio,
  type RoundingMode,
  ratio,
  subtractRatios,
  zeroRatio,
} from '#domain/values/ratio.ts'
import { exactIn, exactOf, type Figure } from '../figures.ts'
import type { Play } from '../play.ts'
import {
  CaseProblem,
  type Expectation,
  listOf,
  nameOf,
  onlyKnown,
  type Operation,
  type Table,
  tableOf,
  textOf,
  type Value,
} from '../read-cases.ts'

class BomPlay implements Play {
  readonly #boms = new Map<string, Bom>()
  readonly #stock = new Map<string, Ratio>()
  readonly #shipped = new Map<string, Ratio>()
  readonly #prices = new Map<string, Ratio>()
  readonly #needs = new Map<number, Needs>()
  readonly #refused = new Set<number>()
  readonly #skipsConsumable: boolean

  constructor(setup: Table) {
    this.#skipsConsumable = setup['skip_consumable'] === true
    for (const [sku, bom] of Object.entries(tableOf(setup['boms'] ?? {}, 'boms'))) {
      this.#boms.set(sku, this.#bomOf(bom))
    }
  }

  enter(op: Operation): void {
    switch (op.op) {
      case 'set_bom':
        return this.#setBom(op)
      case 'explode':
        return void this.#needs.set(op.n, explodeAllLevels(this.#boms, ...ordered(op)))
      case 'stock':
        return addAll(this.#stock, op['qty'])
      case 'ship':
        return addAll(this.#shipped, op['qty'])
      case 'prices':
        return setAll(this.#prices, op['price'])
      default:
        return this.#make(op)
    }
  }

  read(expectation: Expectation): Figure {
    const sku = nameOf(expectation['sku'])
    const of = Number(expectation['of'])
    const costOf = (component: string) => this.#prices.get(component) ?? zeroRatio
    switch (expectation.what) {
      case 'need':
        return Object.fromEntries(this.#needs.get(of) ?? [])
      case 'need_of':
        return this.#needs.get(of)?.get(sku) ?? zeroRatio
      case 'kits':
        return this.#wholeOutputs(sku, this.#stock)
      case 'kits_shipped':
        return this.#wholeOutputs(this.#onlyBom(sku), this.#shipped)
      case 'cost':
        return costOfOutput(this.#boms, sku, costOf)
      case 'share_cost':
        return costOfByproduct(this.#boms, sku, nameOf(expectation['byproduct']), costOf)
      case 'stock':
        return this.#stock.get(sku) ?? zeroRatio
      default:
        return this.#refused.has(of) ? 'refused' : 'accepted'
    }
  }

  #setBom(op: Operation): void {
    const [product, bom] = [textOf(op, 'sku'), this.#bomOf(op['bom'])]
    if (findBomCycle(this.#boms, product, bom) === undefined) this.#boms.set(product, bom)
    else this.#refused.add(op.n)
  }

  /** Components that are not there go below zero, as goods do (policy 1). */
  #make(op: Operation): void {
    const [product, amount] = ordered(op)
    const made = op.op === 'build' ? amount : subtractRatios(zeroRatio, amount)
    add(this.#stock, product, made)
    for (const [component, needed] of explodeOneLevel(this.#boms, product, made)) {
      add(this.#stock, component, subtractRatios(zeroRatio, needed))
    }
  }

  #wholeOutputs(sku: string, amounts: ReadonlyMap<string, Ratio>): Figure {
    const bom = this.#boms.get(sku)
    const count = bom && wholeOutputs(bom, (component) => amounts.get(component) ?? zeroRatio)
    return count === undefined ? undefined : ratio(count)
  }

  #onlyBom(sku: string): string {
    return sku === '' ? ([...this.#boms.keys()][0] ?? '') : sku
  }

  #bomOf(given: Value | undefined): Bom {
    const table = tableOf(given, 'a recipe')
    onlyKnown(table, 'yield lines byproducts phantom', 'field of a recipe')
    return {
      output: exactIn(table, 'yield', oneRatio),
      lines: listOf(table['lines'], 'lines').map((line) => this.#lineOf(tableOf(line, 'a line'))),
      byproducts: listOf(table['byproducts'] ?? [], 'byproducts').map(byproductOf),
      isPhantom: table['phantom'] === true,
    }
  }

  #lineOf(line: Table): BomLine {
    onlyKnown(line, 'sku qty step mode attrition_pct consumable', 'field of a line')
    const attrition = exactIn(line, 'attrition_pct', zeroRatio)
    const step = exactIn(line, 'step', undefined)
    return {
      component: textOf(line, 'sku'),
      quantity: exactOf(line['qty'], 'qty'),
      loss: divideRatios(attrition, hundred),
      ...(step !== undefined && { rounding: { step, mode: modeOf(line) } }),
      isConsumable: this.#skipsConsumable && line['consumable'] === true,
    }
  }
}

export function playBom(setup: Table): Play {
  return new BomPlay(setup)
}

const hundred = ratio(100n)

const modes: Readonly<Record<string, RoundingMode>> = {
  ...{ 'half-up': 'nearest', up: 'up', ceil: 'up', floor: 'down', down: 'down' },
}

function modeOf(line: Table): RoundingMode {
  const mode = modes[nameOf(line['mode'] ?? 'half-up')]
  if (mode === undefined) throw new CaseProblem(`unknown mode: ${nameOf(line['mode'])}`)
  return mode
}

function byproductOf(given: Value): Byproduct {
  const table = tableOf(given, 'a by-product')
  onlyKnown(table, 'sku qty share', 'field of a by-product')
  const costShare = divideRatios(exactOf(table['share'], 'share'), hundred)
  return { product: textOf(table, 'sku'), quantity: exactOf(table['qty'], 'qty'), costShare }
}

function ordered(op: Operation): [product: string, amount: Ratio] {
  return [textOf(op, 'sku'), exactOf(op['qty'], 'qty')]
}

function addAll(amounts: Map<string, Ratio>, given: Value | undefined): void {
  for (const [sku, amount] of Object.entries(tableOf(given, 'qty'))) {
    add(amounts, sku, exactOf(amount, sku))
  }
}

function setAll(amounts: Map<string, Ratio>, given: Value | undefined): void {
  for (const [sku, amount] of Object.entries(tableOf(given, 'price'))) {
    amounts.set(sku, exactOf(amount, sku))
  }
}

function add(amounts: Map<string, Ratio>, sku: string, amount: Ratio): void {
  amounts.set(sku, addRatios(amounts.get(sku) ?? zeroRatio, amount))
}
