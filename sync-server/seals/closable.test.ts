import { describe, expect, it } from 'vitest'
import { scenario } from '#tests/builders/scenario.ts'
import { mainBranch } from '#tests/builders/table.ts'
import { instant } from '#domain/values/instant.ts'
import { concernsOf } from './closable.ts'

const february = instant(1_767_225_600_000 + 31 * 86_400_000)

const table = `
  day  device  document           id  sku  in  out  price  of  warehouse  to
  01   A       goods-receipt      r1  cup  10  -    5.00   -   shop       -
  02   A       transfer-dispatch  d1  cup  -   8    -      -   shop       transit
`
const arrived = '  03   A       transfer-arrival   a1  cup  -   8    -      d1  transit    back'

function concernsAfter(rows: string, until = february) {
  const { fold } = scenario(rows)
  return concernsOf(fold, { branch: mainBranch, until, devices: [] }).map(({ code, count }) => [
    code,
    count,
  ])
}

describe('what speaks against closing a month', () => {
  it('[MCL2] names what was sent in it, or before, and has not arrived', () => {
    expect(concernsAfter(table)).toEqual([['goods-under-way', 1]])
    expect(concernsAfter(`${table}${arrived}`)).toEqual([])
    const before = instant(february - 30 * 86_400_000)
    expect(concernsAfter(table, before)).toEqual([])
  })
})
