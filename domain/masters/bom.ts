/**
 * 物料清单 (bill of materials): what a product is made of, exactly. Explodes it level by level with
 * losses, passes through phantoms, takes alternatives, and refuses a recipe that contains itself.
 * Knows no stock and no cost: these come in by the caller.
 */

import { limitBomSteps } from '#domain/values/limits.ts'
import {
  addRatios,
  compareRatios,
  divideRatios,
  floorRatio,
  multiplyRatios,
  oneRatio,
  type Ratio,
  type RoundingMode,
  ratio,
  roundRatio,
  subtractRatios,
  zeroRatio,
} from '#domain/values/ratio.ts'

export interface BomLine {
  readonly component: string
  /** In one output of the recipe, in the component's base unit. */
  readonly quantity: Ratio
  /** 损耗率: what is lost on top, as a part of what the recipe needs (5 % is 1/20). */
  readonly loss?: Ratio
  /** What is needed is rounded to this step where the component comes in no finer one. */
  readonly rounding?: { readonly step: Ratio; readonly mode: RoundingMode }
  /** 替代料: what may be taken instead, in this order, one for one. */
  readonly alternatives?: readonly string[]
  /** Always at hand (消耗品): needed, but no limit to what can be made. */
  readonly isConsumable?: boolean
}

export interface Byproduct {
  readonly product: string
  /** In one output of the recipe. */
  readonly quantity: Ratio
  /** Its part of the recipe's cost, 0 to 1. */
  readonly costShare: Ratio
}

export interface Bom {
  /** What one run of the recipe makes. */
  readonly output: Ratio
  readonly lines: readonly BomLine[]
  readonly byproducts?: readonly Byproduct[]
  /** 虚拟件: never made by itself; where it is needed, its components are. */
  readonly isPhantom?: boolean
}

/** By product. Whoever has none is bought. */
export type Boms = Pick<ReadonlyMap<string, Bom>, 'get'>

/** What is needed, by component, in the order in which the recipes name them first. */
export type Needs = ReadonlyMap<string, Ratio>

/**
 * Whether `product` may be made by `bom`: undefined, or the way round that would lead back to it
 * [BOM1].
 */
export function findBomCycle(boms: Boms, product: string, bom: Bom): readonly string[] | undefined {
  const seen = new Set<string>()
  const search = (at: string, path: readonly string[]): readonly string[] | undefined => {
    if (at === product) return [...path, at]
    if (seen.has(at)) return undefined
    seen.add(at)
    for (const next of componentsOf(boms.get(at))) {
      const found = search(next, [...path, at])
      if (found !== undefined) return found
    }
    return undefined
  }
  for (const component of componentsOf(bom)) {
    const found = search(component, [product])
    if (found !== undefined) return found
  }
  return undefined
}

function componentsOf(bom: Bom | undefined): string[] {
  return (bom?.lines ?? []).flatMap(({ component, alternatives = [] }) => [
    component,
    ...alternatives,
  ])
}

/** What one order for `quantity` takes out of stock: one level, phantoms passed through [BOM2]. */
export function explodeOneLevel(boms: Boms, product: string, quantity: Ratio): Needs {
  return explode(boms, product, quantity, (bom) => bom.isPhantom === true)
}

/** What must be bought in the end: all levels down to products without a recipe [BOM3]. */
export function explodeAllLevels(boms: Boms, product: string, quantity: Ratio): Needs {
  return explode(boms, product, quantity, () => true)
}

/**
 * Each recipe was checked with `findBomCycle` when it was set; two that were set apart on two devices may
 * still close a circle, so a product that stands above itself is taken as it is [BOM8].
 */
function explode(
  boms: Boms,
  product: string,
  quantity: Ratio,
  isPassed: (bom: Bom) => boolean,
): Needs {
  const needs = new Map<string, Ratio>()
  const above = new Set<string>()
  let steps = 0
  const take = (at: string, bom: Bom, wanted: Ratio): void => {
    above.add(at)
    for (const line of bom.lines) {
      const { component } = line
      const needed = neededOf(line, bom, wanted)
      const below = above.has(component) ? undefined : boms.get(component)
      const isOpen = ++steps <= limitBomSteps
      if (below !== undefined && isOpen && isPassed(below)) take(component, below, needed)
      else needs.set(component, addRatios(needs.get(component) ?? zeroRatio, needed))
    }
    above.delete(at)
  }
  const bom = boms.get(product)
  if (bom !== undefined) take(product, bom, quantity)
  return needs
}

/** wanted × line ÷ output, the loss on top, rounded once at the end [BOM4]. */
export function neededOf(
  { quantity, loss = zeroRatio, rounding }: BomLine,
  bom: Bom,
  wanted: Ratio,
) {
  const exact = divideRatios(multiplyRatios(wanted, quantity), bom.output)
  const withLoss = multiplyRatios(exact, addRatios(oneRatio, loss))
  return rounding === undefined ? withLoss : roundRatio(withLoss, rounding.step, rounding.mode)
}

/**
 * `bom` with each component that `available` cannot cover for `quantity` replaced by its first
 * alternative that can; where none can, the component stays and is short [BOM5].
 */
export function chooseAlternatives(
  bom: Bom,
  quantity: Ratio,
  available: (component: string) => Ratio,
): Bom {
  const lines = bom.lines.map((line) => {
    const needed = neededOf(line, bom, quantity)
    const candidates = [line.component, ...(line.alternatives ?? [])]
    const chosen = candidates.find((each) => compareRatios(available(each), needed) >= 0)
    return chosen === undefined || chosen === line.component ? line : { ...line, component: chosen }
  })
  return { ...bom, lines }
}

/**
 * Whole outputs that `available` components make, or that so many components were delivered for:
 * min over the lines of ⌊available ÷ needed for one⌋, consumables aside; undefined without any line
 * that limits (MD-09) [BOM6].
 */
export function wholeOutputs(
  bom: Bom,
  available: (component: string) => Ratio,
): bigint | undefined {
  const counts = [...limitingNeeds(bom)].map(([component, needed]) => {
    const count = floorRatio(divideRatios(available(component), needed))
    return count < 0n ? 0n : count
  })
  return counts.reduce<bigint | undefined>(
    (least, count) => (least === undefined || count < least ? count : least),
    undefined,
  )
}

/** Unrounded: rounding is a matter of a whole order, not of one output. */
function limitingNeeds(bom: Bom): Needs {
  const needs = new Map<string, Ratio>()
  for (const { component, quantity, isConsumable } of bom.lines) {
    if (isConsumable === true || quantity.numerator <= 0n) continue
    const forOne = divideRatios(quantity, bom.output)
    needs.set(component, addRatios(needs.get(component) ?? zeroRatio, forOne))
  }
  return needs
}

/**
 * Cost of one output by the cost of its components, losses included, less what its by-products bear;
 * components with a recipe of their own cost what that comes to [BOM7].
 */
export function costOfOutput(
  boms: Boms,
  product: string,
  costOf: (component: string) => Ratio,
): Ratio {
  const bom = boms.get(product)
  if (bom === undefined) return costOf(product)
  const own = subtractRatios(oneRatio, sumRatios(bom.byproducts?.map((each) => each.costShare)))
  return multiplyRatios(divideRatios(costOfRun(boms, bom, costOf), bom.output), own)
}

/** Cost of one unit of a by-product, 0 for what the recipe does not yield [BOM7]. */
export function costOfByproduct(
  boms: Boms,
  product: string,
  byproduct: string,
  costOf: (component: string) => Ratio,
): Ratio {
  const bom = boms.get(product)
  const found = bom?.byproducts?.find((each) => each.product === byproduct)
  if (bom === undefined || found === undefined) return zeroRatio
  return divideRatios(multiplyRatios(costOfRun(boms, bom, costOf), found.costShare), found.quantity)
}

/** One run of the recipe. */
function costOfRun(boms: Boms, bom: Bom, costOf: (component: string) => Ratio): Ratio {
  return sumRatios(
    bom.lines.map((line) =>
      multiplyRatios(neededOf(line, bom, bom.output), costOfOutput(boms, line.component, costOf)),
    ),
  )
}

function sumRatios(values: readonly Ratio[] = []): Ratio {
  return values.reduce(addRatios, ratio(0n))
}
