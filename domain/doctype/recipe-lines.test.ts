import { describe, expect, it } from 'vitest'
import { assembly } from '#domain/documents/assembly/assembly.ts'
import { disassembly } from '#domain/documents/disassembly/disassembly.ts'
import type { MasterFields } from '#domain/masters/master-field.ts'
import { quantity, wholeQuantity } from '#domain/values/quantity.ts'
import { aPostContext } from '#tests/builders/a-post-context.ts'
import { aGoodsReader } from '#tests/builders/a-tracked-shop.ts'
import { completeDraft } from './complete.ts'
import { exampleShop } from './example-shop.ts'
import type { PostContext } from './post.ts'
import { recipeLines } from './recipe-lines.ts'

const { branchId: branch, mainWarehouse, cola, apple, shirt, masters } = exampleShop
const unit = 10_000

/** A shirt in a gift box: two cans, 0.3 公斤 of apples with 5 % loss, wood for cans where they are short. */
const recipe: MasterFields = {
  bom: [
    { output: 2 * unit },
    { skuId: cola, quantity: 4 * unit, alternatives: ['sku-delivery'] },
    { skuId: apple, quantity: 6_000, loss: 500 },
    { skuId: 'sku-wood', quantity: unit, share: 1_000 },
  ],
  'bom:2026-11-01': [{ skuId: cola, quantity: unit }],
}

function withRecipe(bom: MasterFields, more: Partial<PostContext> = {}) {
  return aPostContext(assembly, {
    masters: {
      list: (entity) => masters.list(entity),
      get(entity, id) {
        const known = masters.get(entity, id)
        return entity === 'sku' && id === shirt ? { ...known, ...bom } : known
      },
    },
    ...more,
  })
}

const header = { warehouseId: mainWarehouse, skuId: shirt, quantity: wholeQuantity(5) }
const draft = assembly.draft({ docId: 'a', branch, header, lines: [] })
const first = { bom: recipe['bom'] ?? '' }

describe('by the recipe 按配方', () => {
  it('[MKG1] names parts and by-products for the quantity, with losses, of the version of its day', () => {
    expect(recipeLines(assembly, draft, withRecipe(first))).toEqual([
      { skuId: cola, quantity: 10 * unit },
      { skuId: apple, quantity: 15_750 },
      { skuId: 'sku-wood', quantity: 25_000, costShare: 1_000 },
    ])
    const goods = aGoodsReader()
    expect(recipeLines(assembly, draft, withRecipe(recipe, { goods }))).toEqual([
      { skuId: cola, quantity: 5 * unit },
    ])
    const apart = disassembly.draft({ ...draft, header })
    expect(recipeLines(disassembly, apart, withRecipe(first)).map(({ skuId }) => skuId)).toEqual([
      ...[cola, apple],
    ])
    expect(recipeLines(assembly, draft, withRecipe({}))).toEqual([])
    const unknown = assembly.draft({ ...draft, header: { skuId: shirt } })
    expect(recipeLines(assembly, unknown, withRecipe(first))).toEqual([])
  })

  it('[MKG1] takes an alternative where a part is short in the warehouse and it is not', () => {
    const promised = (cans: number): PostContext['promised'] => ({
      available: (skuId) => quantity(skuId === cola ? cans * unit : 99 * unit),
      ...{ reserved: () => undefined, ordered: () => undefined, isTakenFrom: () => false },
    })
    const [short] = recipeLines(assembly, draft, withRecipe(first, { promised: promised(9) }))
    const [enough] = recipeLines(assembly, draft, withRecipe(first, { promised: promised(10) }))
    expect([short?.skuId, enough?.skuId]).toEqual(['sku-delivery', cola])
  })

  it('[MKG2] stands beside what was typed and changes none of it', () => {
    const lines = [
      { lineId: '1', skuId: apple, quantity: quantity(20_000) },
      { lineId: '2', skuId: cola, quantity: wholeQuantity(4) },
      { lineId: '3', skuId: cola, quantity: wholeQuantity(6) },
      { lineId: '4', skuId: shirt, quantity: wholeQuantity(1) },
    ]
    const complete = completeDraft(assembly, assembly.draft({ ...draft, lines }), withRecipe(first))
    expect(complete.lines.map(({ quantity: used, planned }) => [used, planned])).toEqual([
      [20_000, 15_750],
      [4 * unit, 10 * unit],
      [6 * unit, undefined],
      [unit, undefined],
    ])
  })
})
