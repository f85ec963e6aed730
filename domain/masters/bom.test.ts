import { describe, expect, it } from 'vitest'
import { ratio, type Ratio } from '#domain/values/ratio.ts'
import {
  type Bom,
  type BomLine,
  type Boms,
  chooseAlternatives,
  costOfByproduct,
  costOfOutput,
  explodeAllLevels,
  explodeOneLevel,
  findBomCycle,
  type Needs,
  wholeOutputs,
} from './bom.ts'

const line = (component: string, amount: number, more: Partial<BomLine> = {}): BomLine => ({
  ...{ component, quantity: ratio(BigInt(amount)) },
  ...more,
})

const bom = (lines: readonly BomLine[], more: Partial<Bom> = {}): Bom => ({
  ...{ output: ratio(1n), lines },
  ...more,
})

const table = (entries: Readonly<Record<string, Bom>>): Boms => new Map(Object.entries(entries))
const plain = (needs: Needs) =>
  Object.fromEntries(
    [...needs].map(([name, { numerator, denominator }]) => [
      name,
      denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`,
    ]),
  )
const known =
  (amounts: Readonly<Record<string, number>>) =>
  (component: string): Ratio =>
    ratio(BigInt(amounts[component] ?? 0))

const bicycle = table({
  bicycle: bom([line('frame', 1), line('wheel set', 1)]),
  'wheel set': bom([line('wheel', 2), line('axle', 2)], { isPhantom: true }),
  wheel: bom([line('rim', 1), line('spoke', 32, { loss: ratio(1n, 16n) })]),
})

describe('bill of materials 物料清单', () => {
  it('[BOM1] a recipe cannot contain itself, directly or through others or their alternatives', () => {
    const boms = table({ a: bom([line('b', 10)]), b: bom([line('c', 10)]) })
    expect(findBomCycle(boms, 'a', bom([line('a', 1)]))).toEqual(['a', 'a'])
    expect(findBomCycle(boms, 'c', bom([line('a', 1)]))).toEqual(['c', 'a', 'b', 'c'])
    expect(findBomCycle(boms, 'c', bom([line('d', 1, { alternatives: ['b'] })]))).toEqual([
      ...['c', 'b', 'c'],
    ])
    expect(findBomCycle(boms, 'c', bom([line('d', 1)]))).toBeUndefined()
  })

  it('[BOM2] one level takes what lies in stock, phantoms passed through', () => {
    expect(plain(explodeOneLevel(bicycle, 'bicycle', ratio(3n)))).toEqual({
      ...{ frame: '3', wheel: '6', axle: '6' },
    })
  })

  it('[BOM3] all levels go down to what is bought; what is bought needs nothing', () => {
    expect(plain(explodeAllLevels(bicycle, 'bicycle', ratio(3n)))).toEqual({
      ...{ frame: '3', rim: '6', spoke: '204', axle: '6' },
    })
    expect(plain(explodeAllLevels(bicycle, 'frame', ratio(3n)))).toEqual({})
  })

  it('[BOM4] a recipe of many outputs is exact until its lines are rounded', () => {
    const rounding = { step: ratio(1n, 100n), mode: 'nearest' } as const
    const dozen = table({ cake: bom([line('flour', 7, { rounding })], { output: ratio(24n) }) })
    expect(plain(explodeAllLevels(dozen, 'cake', ratio(2n)))).toEqual({ flour: '29/50' })
    const exact = table({ cake: bom([line('flour', 7)], { output: ratio(24n) }) })
    expect(plain(explodeAllLevels(exact, 'cake', ratio(2n)))).toEqual({ flour: '7/12' })
  })

  it('[BOM5] a component that is short gives way to its first alternative that is not', () => {
    const box = bom([line('screw', 4, { alternatives: ['bolt', 'nail'] }), line('board', 1)])
    const chosen = (amounts: Readonly<Record<string, number>>) =>
      chooseAlternatives(box, ratio(2n), known(amounts)).lines.map(({ component }) => component)
    expect(chosen({ screw: 8, bolt: 99, board: 2 })).toEqual(['screw', 'board'])
    expect(chosen({ screw: 7, bolt: 7, nail: 8 })).toEqual(['nail', 'board'])
    expect(chosen({ screw: 7, bolt: 7, nail: 7 })).toEqual(['screw', 'board'])
  })

  it('[BOM6] as many bundles as the scarcest component gives, consumables aside', () => {
    const kit = bom([line('a', 2), line('b', 2), line('glue', 1, { isConsumable: true })], {
      output: ratio(4n),
    })
    expect(wholeOutputs(kit, known({ a: 4, b: 8 }))).toBe(8n)
    expect(wholeOutputs(kit, known({ a: 4, b: -1 }))).toBe(0n)
    expect(wholeOutputs(bom([]), known({}))).toBeUndefined()
    const dozen = bom([{ component: 'dozen', quantity: ratio(1n, 12n) }])
    expect(wholeOutputs(dozen, known({ dozen: 1 }))).toBe(12n)
    expect(wholeOutputs(bom([line('a', 1), line('a', 2)]), known({ a: 8 }))).toBe(2n)
  })

  it('[BOM7] cost adds up over the levels; by-products bear their share of it', () => {
    const boms = table({
      table: bom([line('leg', 4), line('plate', 1)], {
        byproducts: [{ product: 'wood', quantity: ratio(20n), costShare: ratio(3n, 4n) }],
      }),
      plate: bom([line('glass', 2)], { output: ratio(4n) }),
    })
    const prices = known({ leg: 25, glass: 600 })
    expect(costOfOutput(boms, 'table', prices)).toEqual(ratio(100n))
    expect(costOfByproduct(boms, 'table', 'wood', prices)).toEqual(ratio(15n))
    expect(costOfByproduct(boms, 'table', 'dust', prices)).toEqual(ratio(0n))
    expect(costOfOutput(boms, 'glass', prices)).toEqual(ratio(600n))
  })
})
