/** 盘点: what a shop counts while it sells, offline and late; rows TK-02, TK-13 and [F5]. */

import { describe, it } from 'vitest'
import { scenario } from '#tests/builders/scenario.ts'

describe('counting while the shop sells', () => {
  it('[CNT2] [CNT6] two bins counted one after the other, a sale between them: no difference', () => {
    scenario(`
      day       device  document       id  sku   in  out  price  bin  counted
      01        A       goods-receipt  r1  苹果  12  -    2.00   b1   -
      01        A       goods-receipt  r2  苹果  8   -    2.00   b2   -
      02@09:10  A       stock-count    k1  苹果  -   -    -      b1   12
      02@09:20  B       shipment       s1  苹果  -   1    -      b2   -
      02@09:40  C       stock-count    k2  苹果  -   -    -      b2   7
    `)
      .expectMovingAverage('苹果', { onHand: '19', value: '38.00', costOfSales: '2.00' })
      .expectCounted('k1', ['0'])
      .expectCounted('k2', ['0'])
      .expectAgreement()
  })

  it('[CNT1] [CNT3] a sale made before the count and synced after it changes the difference, not the stock', () => {
    const table = `
      day       device  document       id  sku   in  out  price  bin  counted  book
      01        A       goods-receipt  r1  苹果  12  -    2.00   b1   -        -
      02@09:10  A       stock-count    k1  苹果  -   -    -      b1   12       12
      03@10:00  A       shipment       s2  苹果  -   2    -      b1   -        -
      02@09:05  B       shipment       s1  苹果  -   1    -      b1   -        -
    `
    scenario(table)
      .after(3)
      .expectCounted('k1', ['0'])
      .expectMovingAverage('苹果', { onHand: '10', value: '20.00', costOfSales: '4.00' })
    scenario(table)
      .expectCounted('k1', ['1'])
      .expectMovingAverage('苹果', { onHand: '10', value: '20.00', costOfSales: '6.00' })
      .expectAgreement()
  })

  it('[CNT1] [ORD2] a paper count before business stands behind receipts of no hour and before every sale', () => {
    scenario(`
      day       device  document       id  sku   in  out  price  counted
      01        A       goods-receipt  r1  苹果  12  -    2.00   -
      02@00:00  A       goods-receipt  r2  苹果  3   -    2.00   -
      02@00:00  C       stock-count    k1  苹果  -   -    -      14
      02@00:00  B       shipment       s1  苹果  -   1    -      -
      02@09:00  B       shipment       s2  苹果  -   2    -      -
    `)
      .expectMovingAverage('苹果', { onHand: '11', value: '22.00', costOfSales: '6.00' })
      .expectCounted('k1', ['-1'])
      .expectAgreement()
  })

  it('[CNT1] [CNT5] a loss is an issue at the average, a surplus enters at it; late goods turn one into the other', () => {
    const table = `
      day       device  document       id  sku   in  out  price  counted
      01        A       goods-receipt  r1  苹果  10  -    2.00   -
      02@09:00  A       stock-count    k1  苹果  -   -    -      8
      03        A       goods-receipt  r2  苹果  2   -    5.00   -
      02@08:00  B       shipment       s1  苹果  -   3    -      -
    `
    scenario(table)
      .after(3)
      .expectCounted('k1', ['-2'])
      .expectCost('k1', '4.00')
      .expectMovingAverage('苹果', { onHand: '10', value: '26.00' })
    scenario(table)
      .expectCounted('k1', ['1'])
      .expectCost('k1', '2.00')
      .expectMovingAverage('苹果', { onHand: '10', value: '26.00', costOfSales: '6.00' })
      .expectAgreement()
  })

  it('[CNT4] a reversed count gives back what it took, as it is derived by now', () => {
    scenario(`
      day       device  document       id  sku   in  out  price  counted  of
      01        A       goods-receipt  r1  苹果  10  -    2.00   -        -
      02@09:00  A       stock-count    k1  苹果  -   -    -      8        -
      02@11:00  A       reversal       x1  -     -   -    -      -        k1
      02@08:00  B       shipment       s1  苹果  -   3    -      -        -
      02@12:00  C       stock-count    k2  苹果  -   -    -      7        -
    `)
      .expectCounted('k1', ['1'])
      .expectCounted('k2', ['0'])
      .expectMovingAverage('苹果', { onHand: '7', value: '14.00', costOfSales: '6.00' })
      .expectAgreement()
  })

  it('[CNT1] of two counts of one line at one moment the later written one stands', () => {
    scenario(`
      day       device  document       id  sku   in  out  price  counted
      01        A       goods-receipt  r1  苹果  10  -    2.00   -
      02@09:00  A       stock-count    k1  苹果  -   -    -      8
      02@09:00  B       stock-count    k2  苹果  -   -    -      9
    `)
      .expectCounted('k1', ['-2'])
      .expectCounted('k2', ['1'])
      .expectMovingAverage('苹果', { onHand: '9', value: '18.00' })
      .expectAgreement()
  })

  it('[CNT2] a batch is counted alone; goods without a batch are what a count without one counts', () => {
    scenario(`
      day       device  document       id  sku   in  out  price  batch  counted
      01        A       goods-receipt  r1  牛奶  10  -    2.00   B1     -
      01        A       goods-receipt  r2  牛奶  6   -    2.00   B2     -
      01        A       goods-receipt  r3  牛奶  4   -    2.00   -      -
      02@09:00  A       stock-count    k1  牛奶  -   -    -      B1     9
      02@09:00  A       stock-count    k2  牛奶  -   -    -      -      5
    `)
      .expectCounted('k1', ['-1'])
      .expectCounted('k2', ['1'])
      .expectMovingAverage('牛奶', { onHand: '20' })
      .expectAgreement()
  })

  it('[CNT1] a count of goods below zero brings the stock to what was counted', () => {
    scenario(`
      day       device  document       id  sku   in  out  price  counted
      01@08:00  A       goods-receipt  r1  苹果  1   -    2.00   -
      01@09:00  A       shipment       s1  苹果  -   3    -      -
      02@09:00  A       stock-count    k1  苹果  -   -    -      4
      01@07:00  B       goods-receipt  r2  苹果  2   -    3.00   -
    `)
      .expectCounted('k1', ['4'])
      .expectMovingAverage('苹果', { onHand: '4' })
      .expectAgreement()
  })
})
