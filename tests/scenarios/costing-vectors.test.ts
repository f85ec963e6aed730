/** The acceptance vectors of costing (CO rows), as tables that a bookkeeper can check. */

import { describe, it } from 'vitest'
import { scenario } from '#tests/builders/scenario.ts'

describe('moving average 移动加权平均', () => {
  it('[CST1] vector A: an issue takes its share of the value', () => {
    scenario(`
      day  document       id  sku   in  out  price
      01   goods-receipt  r1  苹果  10  -    5.00
      02   shipment       s1  苹果  -   4    -
      03   goods-receipt  r2  苹果  6   -    8.00
      04   shipment       s2  苹果  -   3    -
    `)
      .expectCost('s1', '20.00')
      .expectCost('s2', '19.50')
      .expectMovingAverage('苹果', { onHand: '9', value: '58.50', costOfSales: '39.50' })
      .expectFindings([])
      .expectAgreement()
  })

  it('[CST2] vector R: the last unit takes the remainder', () => {
    scenario(`
      day  document       id  sku  in  out  value
      01   goods-receipt  r1  笔   3   -    10.00
      02   shipment       s1  笔   -   1    -
      03   shipment       s2  笔   -   1    -
      04   shipment       s3  笔   -   1    -
    `)
      .expectCost('s1', '3.33')
      .expectCost('s2', '3.34')
      .expectCost('s3', '3.33')
      .expectMovingAverage('笔', { onHand: '0', value: '0.00', costOfSales: '10.00' })
      .expectAgreement()
  })

  it('[CST3] vector S: a linked return comes back at the cost of its delivery', () => {
    scenario(`
      day  document       id  sku   in  out  price  of
      01   goods-receipt  r1  苹果  10  -    5.00   -
      02   shipment       s1  苹果  -   4    -      -
      03   goods-receipt  r2  苹果  6   -    8.00   -
      04   shipment       s2  苹果  -   3    -      -
      05   sales-return   b1  苹果  2   -    -      s1
    `)
      .expectCost('b1', '10.00')
      .expectMovingAverage('苹果', { onHand: '11', value: '68.50', costOfSales: '29.50' })
      .expectAgreement()
  })

  it('[CST4] vector S without a link: a return comes back at the average', () => {
    scenario(`
      day  document       id  sku   in  out  price
      01   goods-receipt  r1  苹果  10  -    5.00
      02   shipment       s1  苹果  -   4    -
      03   goods-receipt  r2  苹果  6   -    8.00
      04   shipment       s2  苹果  -   3    -
      05   sales-return   b1  苹果  2   -    -
    `)
      .expectCost('b1', '13.00')
      .expectMovingAverage('苹果', { onHand: '11', value: '71.50' })
      .expectAgreement()
  })

  it('[CST5] vector P: a purchase return leaves at the price of its receipt', () => {
    scenario(`
      day  document         id  sku   in  out  price  of
      01   goods-receipt    r1  苹果  10  -    5.00   -
      02   shipment         s1  苹果  -   4    -      -
      03   goods-receipt    r2  苹果  6   -    8.00   -
      04   shipment         s2  苹果  -   3    -      -
      05   purchase-return  p1  苹果  -   5    -      r1
    `)
      .expectCost('p1', '25.00')
      .expectMovingAverage('苹果', { onHand: '4', value: '33.50' })
      .expectAgreement()
  })

  it('[CST5] what the pool cannot give, or keeps without goods, is a difference (成本尾差)', () => {
    scenario(`
      day  document         id  sku  in  out  price  of
      01   goods-receipt    r1  梨   2   -    9.00   -
      02   goods-receipt    r2  梨   2   -    1.00   -
      03   shipment         s1  梨   -   2    -      -
      04   purchase-return  p1  梨   -   2    -      r1
    `)
      .expectCost('p1', '18.00', '-8.00')
      .expectMovingAverage('梨', { onHand: '0', value: '0.00', costOfSales: '10.00' })
      .expectAgreement()
    scenario(`
      day  document         id  sku  in  out  price  of
      01   goods-receipt    r1  梨   4   -    9.00   -
      02   goods-receipt    r2  梨   6   -    1.00   -
      03   shipment         s1  梨   -   5    -      -
      04   purchase-return  p1  梨   -   4    -      r1
    `)
      .expectCost('p1', '36.00', '-15.00')
      .expectMovingAverage('梨', { onHand: '1', value: '0.00', costOfSales: '21.00' })
      .expectAgreement()
  })

  it('[CST6] vector B: a late receipt re-costs the sales after it', () => {
    scenario(`
      day       document       id  sku   in  out  price
      01        goods-receipt  r1  苹果  10  -    5.00
      02        shipment       s1  苹果  -   4    -
      03        goods-receipt  r2  苹果  6   -    8.00
      04        shipment       s2  苹果  -   3    -
      01@10:00  goods-receipt  r3  苹果  10  -    6.50
    `)
      .expectCost('s1', '23.00')
      .expectCost('s2', '19.09')
      .expectMovingAverage('苹果', { onHand: '19', value: '120.91' })
      .expectAgreement()
  })

  it('[CST6] a receipt and a sale on the same day: goods come before they go', () => {
    scenario(`
      day  device  document       sku   in  out  price
      01   A       goods-receipt  苹果  10  -    5.00
      02   B       shipment       苹果  -   4    -     // posted offline
      02   A       goods-receipt  苹果  10  -    7.00  // arrives after B's sale
    `)
      .expectMovingAverage('苹果', { onHand: '16', value: '96.00', costOfSales: '24.00' })
      .expectAgreement()
  })
})

describe('negative stock 负库存', () => {
  it('[CST7] vector N: the next receipt covers the shortage first', () => {
    const played = scenario(`
      day  document       id  sku   in  out  price
      01   goods-receipt  r1  苹果  2   -    5.00
      02   shipment       s1  苹果  -   2    -
      03   shipment       s2  苹果  -   3    -
      04   goods-receipt  r2  苹果  10  -    6.00
    `)
    played
      .after(3)
      .expectCost('s2', '15.00')
      .expectMovingAverage('苹果', { onHand: '-3', value: '-15.00', isProvisional: true })
      .expectFindings(['negative-stock', 'provisional-cost'])
    played
      .expectCost('s2', '18.00')
      .expectMovingAverage('苹果', { onHand: '7', value: '42.00', isProvisional: false })
      .expectCard('苹果', [
        'r1 2 10.00 2 10.00 receipt-price',
        's1 -2 -10.00 0 0.00 last-unit',
        's2 -3 -15.00 -3 -15.00 last-known',
        'r2 10 60.00 7 45.00 receipt-price',
        'r2 0 -3.00 7 42.00 true-up',
      ])
      .expectFindings([])
      .expectAgreement()
  })

  it('[CST7] vector N2: a shortage that two receipts fill', () => {
    scenario(`
      day  document       id  sku   in  out  price
      01   goods-receipt  r1  苹果  2   -    5.00
      02   shipment       s1  苹果  -   2    -
      03   shipment       s2  苹果  -   10   -
      04   goods-receipt  r2  苹果  4   -    6.00
    `)
      .expectCost('s2', '54.00')
      .expectMovingAverage('苹果', { onHand: '-6', value: '-30.00', isProvisional: true })
    scenario(`
      day  document       id  sku   in  out  price
      01   goods-receipt  r1  苹果  2   -    5.00
      02   shipment       s1  苹果  -   2    -
      03   shipment       s2  苹果  -   10   -
      04   goods-receipt  r2  苹果  4   -    6.00
      05   goods-receipt  r3  苹果  20  -    7.00
    `)
      .expectCost('s2', '66.00')
      .expectMovingAverage('苹果', { onHand: '14', value: '98.00', isProvisional: false })
      .expectAgreement()
  })

  it('[CST8] without any cost the reference price serves, and without that nothing does', () => {
    scenario(`
      day  document         id  sku  in  out  price
      01   reference-price  c1  茶   -   -    10.00
      02   shipment         s1  茶   -   1    -
      03   goods-receipt    r1  茶   1   -    15.00
    `)
      .expectCost('s1', '15.00')
      .expectMovingAverage('茶', { onHand: '0', value: '0.00', costOfSales: '15.00' })
      .expectAgreement()
    scenario(`
      day  document         id  sku  in  out  price
      01   reference-price  c1  茶   -   -    100.00
      02   shipment         s1  茶   -   10   -
      03   reference-price  c2  茶   -   -    10.00
    `)
      .expectCost('s1', '1000.00')
      .expectMovingAverage('茶', { onHand: '-10', value: '-1000.00', isProvisional: true })
      .expectAgreement()
    scenario(`
      day  document  id  sku  out
      02   shipment  s1  茶   2
    `)
      .expectCost('s1', '0.00')
      .expectCard('茶', ['s1 -2 0.00 -2 0.00 unknown?'])
      .expectFindings(['negative-stock', 'provisional-cost'])
  })

  it('[CST9] a linked return or a surplus fills a shortage at its provisional cost', () => {
    scenario(`
      day  document       id  sku   in  out  price  of
      01   goods-receipt  r1  苹果  2   -    5.00   -
      02   shipment       s1  苹果  -   5    -      -
      03   sales-return   b1  苹果  2   -    -      s1
      04   goods-receipt  r2  苹果  10  -    6.00   -
    `)
      .expectCost('b1', '10.00')
      .expectCost('s1', '26.00')
      .expectMovingAverage('苹果', { onHand: '9', value: '54.00', costOfSales: '16.00' })
      .expectAgreement()
    scenario(`
      day  document       id  sku   in  out  price
      01   goods-receipt  r1  苹果  2   -    5.00
      02   shipment       s1  苹果  -   5    -
      03   stock-gain     g1  苹果  3   -    -
      04   goods-receipt  r2  苹果  10  -    6.00
    `)
      .expectCost('s1', '25.00')
      .expectCost('g1', '15.00')
      .expectMovingAverage('苹果', { onHand: '10', value: '60.00', isProvisional: false })
      .expectAgreement()
  })

  it('[CST9] a short sale that comes back whole leaves nothing provisional behind', () => {
    scenario(`
      day  document       id  sku  in  out  price  of
      01   goods-receipt  r1  茶   1   -    5.00   -
      02   shipment       s1  茶   -   2    -      -
      03   sales-return   b1  茶   2   -    -      s1
    `)
      .expectMovingAverage('茶', { onHand: '1', value: '5.00', isProvisional: false })
      .expectFindings([])
      .expectAgreement()
  })

  it('[CST9] sold short, covered, returned: the goods come back at the true price', () => {
    scenario(`
      day  document         id  sku  in  out  price  of
      01   reference-price  c1  茶   -   -    1.00   -
      02   shipment         s1  茶   -   10   -      -
      03   goods-receipt    r1  茶   10  -    2.00   -
      04   sales-return     b1  茶   10  -    -      s1
    `)
      .expectCost('s1', '20.00')
      .expectMovingAverage('茶', { onHand: '10', value: '20.00', costOfSales: '0.00' })
      .expectAgreement()
  })
})

describe('goods whose price has not come', () => {
  it('[CST10] quantity counts at once, value is provisional until the buying part comes', () => {
    const played = scenario(`
      day  document        id  sku   in  out  price  of
      01   goods-receipt   r1  苹果  10  -    5.00   -
      02   goods-receipt   r2  苹果  10  -    -      -
      03   shipment        s1  苹果  -   10   -      -
      04   price-supplied  v1  苹果  -   -    7.00   r2
    `)
    played
      .after(3)
      .expectCost('s1', '50.00')
      .expectMovingAverage('苹果', { onHand: '10', value: '50.00', isProvisional: true })
      .expectCard('苹果', [
        'r1 10 50.00 10 50.00 receipt-price',
        'r2 10 50.00 20 100.00 price-pending?',
        's1 -10 -50.00 10 50.00 average?',
      ])
      .expectFindings(['provisional-cost'])
    played
      .expectCost('s1', '60.00')
      .expectMovingAverage('苹果', { onHand: '10', value: '60.00', isProvisional: false })
      .expectFindings([])
      .expectAgreement()
  })

  it('[CST11] a surplus enters at the average, an empty pool at the last known cost', () => {
    scenario(`
      day  document       id  sku   in  out  price
      01   goods-receipt  r1  苹果  10  -    5.00
      02   stock-gain     g1  苹果  2   -    -
      03   shipment       s1  苹果  -   12   -
      04   stock-gain     g2  苹果  1   -    -
    `)
      .expectCost('g1', '10.00')
      .expectCost('g2', '5.00')
      .expectMovingAverage('苹果', { onHand: '1', value: '5.00', isProvisional: false })
      .expectAgreement()
  })
})
