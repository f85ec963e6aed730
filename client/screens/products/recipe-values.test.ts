import { describe, expect, it } from 'vitest'
import { recipeField, recipeValues } from './recipe-values.ts'

const unit = 10_000

describe('the grid of a recipe', () => {
  it('[BOM9] writes back what it was given, alternatives beyond the first too', () => {
    const rows = [
      { output: 24 * unit },
      { skuId: 'wood', quantity: unit, loss: 500, alternatives: ['steel', 'stone'] },
      { skuId: 'dust', quantity: 5, share: 0 },
    ]
    expect(recipeField(recipeValues(rows))).toEqual(rows)
    expect(recipeField({ ...recipeValues(rows), output: unit })).toEqual(rows.slice(1))
  })

  it('[BOM9] leaves out rows that somebody is still typing, and clears what holds none', () => {
    const typing = { key: 'a', skuId: 'wood', otherAlternatives: [] }
    expect(recipeField({ output: unit, rows: [typing] })).toBe('')
    expect(recipeField({ output: unit, rows: [typing, { ...typing, quantity: 3 }] })).toEqual([
      { skuId: 'wood', quantity: 3 },
    ])
  })
})
