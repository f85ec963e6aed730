/** 盘盈入库价: what counts say goods are worth, early, late and taken back. */

import { describe, it } from 'vitest'
import { scenario } from '#tests/builders/scenario.ts'

describe('a price on a count', () => {
  it('[CNT7] the surplus enters at it, also what a late sale makes of it', () => {
    const table = `
      day       device  document       id  sku   in  out  price  counted
      01        A       goods-receipt  r1  苹果  10  -    2.00   -
      02@09:00  A       stock-count    k1  苹果  -   -    5.00   12
      02@08:00  B       shipment       s1  苹果  -   3    -      -
    `
    scenario(table)
      .after(2)
      .expectCost('k1', '10.00')
      .expectMovingAverage('苹果', { value: '30.00' })
    scenario(table)
      .expectCounted('k1', ['5'])
      .expectCost('k1', '25.00')
      .expectMovingAverage('苹果', { onHand: '12', value: '39.00', costOfSales: '6.00' })
      .expectAgreement()
  })

  it('[CNT7] a loss costs what it costs, whatever the price', () => {
    scenario(`
      day       device  document       id  sku   in  out  price  counted
      01        A       goods-receipt  r1  苹果  10  -    2.00   -
      02@09:00  A       stock-count    k1  苹果  -   -    5.00   7
    `)
      .expectCost('k1', '6.00')
      .expectMovingAverage('苹果', { onHand: '7', value: '14.00' })
  })

  it('[CNT7] a shortage is filled at its provisional cost, and the rest at the price', () => {
    scenario(`
      day       device  document       id  sku   in  out  price  counted
      01        A       goods-receipt  r1  苹果  2   -    3.00   -
      01        A       shipment       s1  苹果  -   5    -      -
      02@09:00  A       stock-count    k1  苹果  -   -    5.00   4
    `)
      .expectCounted('k1', ['7'])
      .expectCost('k1', '29.00')
      .expectMovingAverage('苹果', { onHand: '4', value: '20.00', costOfSales: '15.00' })
      .expectAgreement()
  })

  it('[CNT7] may come later, from somebody who reads costs', () => {
    scenario(`
      day       device  document        id  sku   in  out  price  counted  of
      01        A       goods-receipt   r1  苹果  10  -    2.00   -        -
      02@09:00  A       stock-count     k1  苹果  -   -    -      12       -
      03        B       shipment        s1  苹果  -   6    -      -        -
      04        C       price-supplied  p1  -     -   -    5.00   -        k1
    `)
      .expectCost('k1', '10.00')
      .expectMovingAverage('苹果', { onHand: '6', value: '15.00', costOfSales: '15.00' })
      .expectAgreement()
  })

  it('[CNT8] all that is there is worth it, whatever arrives before', () => {
    const table = `
      day       device  document       id  sku   in  out  price  counted  all
      01        A       goods-receipt  r1  苹果  10  -    2.00   -        -
      02@09:00  A       stock-count    k1  苹果  -   -    3.00   10       yes
      03        A       shipment       s2  苹果  -   5    -      -        -
      02@08:00  B       shipment       s1  苹果  -   4    -      -        -
    `
    scenario(table)
      .after(3)
      .expectMovingAverage('苹果', { onHand: '5', value: '15.00', costOfSales: '15.00' })
    scenario(table)
      .expectCounted('k1', ['4', '0'])
      .expectMovingAverage('苹果', { onHand: '5', value: '15.00', costOfSales: '23.00' })
      .expectAgreement()
  })

  it('[CNT8] without a count it is worth it by the book', () => {
    scenario(`
      day       device  document       id  sku   in  out  price  counted  all
      01        A       goods-receipt  r1  苹果  10  -    2.00   -        -
      02@09:00  A       stock-count    k1  苹果  -   -    3.00   -        yes
      02@08:00  B       shipment       s1  苹果  -   4    -      -        -
    `)
      .expectMovingAverage('苹果', { onHand: '6', value: '18.00', costOfSales: '8.00' })
      .expectAgreement()
  })

  it('[CNT8] goods elsewhere in the pool keep their share', () => {
    scenario(`
      day       device  document       id  sku   warehouse  in  out  price  counted  all
      01        A       goods-receipt  r1  苹果  shop       10  -    2.00   -        -
      01        A       goods-receipt  r2  苹果  back       10  -    4.00   -        -
      02@09:00  A       stock-count    k1  苹果  shop       -   -    5.00   10       yes
    `)
      .expectMovingAverage('苹果', { onHand: '20', value: '80.00' })
      .expectAgreement()
  })

  it('[CNT8] [CNT4] reversed, the value is what it was', () => {
    scenario(`
      day       device  document       id  sku   in  out  price  counted  all  of
      01        A       goods-receipt  r1  苹果  10  -    2.00   -        -    -
      02@09:00  A       stock-count    k1  苹果  -   -    3.00   12       yes  -
      02@10:00  A       reversal       x1  -     -   -    -      -        -    k1
      02@08:00  B       shipment       s1  苹果  -   4    -      -        -    -
    `)
      .expectMovingAverage('苹果', { onHand: '6', value: '12.00', costOfSales: '8.00' })
      .expectAgreement()
  })
})
