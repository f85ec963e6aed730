import { describe, expect, it } from 'vitest'
import { scenario } from '#tests/builders/scenario.ts'
import { openFold } from './fold.ts'

/** What stands in the findings of a history: 'code batch bin quantity'. */
function told(table: string, rows?: number): string[] {
  const all = scenario(table)
  const played = rows === undefined ? all : all.after(rows)
  played.expectAgreement()
  return played.fold.findings().map(({ code, evidence }) => {
    const batch = typeof evidence['batch'] === 'string' ? evidence['batch'] : '-'
    return `${code} ${batch} ${Number(evidence['quantity']) / 10_000}`
  })
}

describe('parts of what lies in a warehouse', () => {
  it('[TGF7] a batch below zero whose warehouse has enough, until the rest of it comes', () => {
    const table = `
      day  device  document       id  sku   in  out  price  batch
      01   A       goods-receipt  r1  milk  10  -    2.00   B1
      01   A       goods-receipt  r2  milk  2   -    2.00   B2
      02   B       shipment       s1  milk  -   3    -      B2
      03   A       goods-receipt  r3  milk  4   -    2.00   B2
    `
    expect(told(table, 2)).toEqual([])
    expect(told(table, 3)).toEqual(['part-below-zero B2 -1'])
    expect(told(table)).toEqual([])
  })

  it('[TGF7] a bin below zero, and goods taken from no bin', () => {
    const table = `
      day  device  document       id  sku   in  out  price  bin
      01   A       goods-receipt  r1  苹果  10  -    2.00   b1
      02   B       shipment       s1  苹果  -   3    -      b2
      03   B       shipment       s2  苹果  -   1    -      -
    `
    expect(told(table, 2)).toEqual(['part-below-zero - -3'])
    expect(told(table)).toEqual(['part-below-zero - -3', 'part-below-zero - -1'])
    const keys = scenario(table)
      .fold.findings()
      .map(({ key }) => key)
    expect(new Set(keys).size).toBe(2)
  })

  it('[TGF7] is silent where the warehouse itself is short: that is told already', () => {
    const table = `
      day  device  document       id  sku   in  out  price  bin
      01   A       goods-receipt  r1  苹果  1   -    2.00   b1
      02   B       shipment       s1  苹果  -   3    -      b2
    `
    expect(told(table)).toEqual(['negative-stock - -2', 'provisional-cost - -2'])
  })

  it('[TGF6] a batch that nobody has received, until its receipt comes or it is taken back', () => {
    const table = `
      day  device  document       id  sku   in  out  price  batch  of
      01   A       goods-receipt  r1  milk  10  -    2.00   B1     -
      02   B       shipment       s1  milk  -   3    -      B9     -
      01   C       goods-receipt  r2  milk  3   -    2.00   B9     -
    `
    expect(told(table, 2)).toEqual(['batch-unreceived B9 -3'])
    expect(told(table)).toEqual([])
    const reversed = `${table.split('\n').slice(0, 4).join('\n')}
      03   B       reversal       x1  -     -   -    -      -      s1
    `
    expect(told(reversed)).toEqual([])
  })

  it('[TGF6] counts and transfers bring no batch, a change of its number does', () => {
    const table = `
      day  device  document       id  sku   in  out  price  batch  counted
      01   A       goods-receipt  r1  milk  10  -    2.00   B1     -
      02   B       stock-count    k1  milk  -   -    -      B9     2
    `
    expect(told(table)).toEqual(['batch-unreceived B9 2'])
  })

  it('[TGF7] [TGF6] stand in a fold that opens from a checkpoint', () => {
    const table = `
      day  device  document       id  sku   in  out  price  batch
      01   A       goods-receipt  r1  milk  10  -    2.00   B1
      01   A       goods-receipt  r2  milk  2   -    2.00   B2
      02   B       shipment       s1  milk  -   3    -      B2
      02   B       shipment       s2  milk  -   1    -      B9
    `
    const { fold } = scenario(table)
    const opened = openFold({ checkpoint: fold.checkpoint() })
    expect(opened.findings()).toEqual(fold.findings())
    expect(fold.findings().map(({ code }) => code)).toEqual(['batch-unreceived', 'part-below-zero'])
  })
})
