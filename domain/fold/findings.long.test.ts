import { describe, expect, it } from 'vitest'
import { postingRecords, type TestPosting } from '#tests/builders/documents.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { scenario } from '#tests/builders/scenario.ts'
import { openFold } from './fold.ts'

const hourMs = 3_600_000
const firstMs = 1_767_225_600_000

describe('negative stock 负库存', () => {
  const table = `
    day       document       id  sku   in  out  price
    01        goods-receipt  r1  苹果  2   -    5.00
    02@09:00  shipment       s1  苹果  -   3    -
    02@10:00  shipment       s2  苹果  -   1    -
  `

  it('[FIN1] tells since when and by which documents, by warehouse', () => {
    const played = scenario(table).expectFindings(['negative-stock', 'provisional-cost'])
    const [finding] = played.fold.findings()
    expect(finding).toMatchObject({
      code: 'negative-stock',
      layer: 'goods',
      ownerRole: 'keeper',
      skuId: idOf('sku', '苹果'),
      evidence: {
        quantity: -20_000,
        since: firstMs + 33 * hourMs,
        warehouse: idOf('warehouse', 'shop'),
      },
      documents: [idOf('document', 's1'), idOf('document', 's2')],
    })
  })

  it('[FIN1] closes itself when the missing receipt comes, however it is dated', () => {
    scenario(`${table}
      01        goods-receipt  r2  苹果  5   -    5.00
    `)
      .expectFindings([])
      .expectAgreement()
    scenario(`${table}
      03        goods-receipt  r2  苹果  2   -    5.00
    `)
      .expectFindings([])
      .expectAgreement()
  })

  it('[FIN1] is judged per warehouse for stock and per pool for cost', () => {
    scenario(`
      day  document       id  sku   in  out  price  warehouse  to
      01   goods-receipt  r1  苹果  5   -    5.00   back       -
      02   shipment       s1  苹果  -   3    -      front      -
    `).expectFindings(['negative-stock'])
    scenario(`
      day  document       id  sku   in  out  price  warehouse  to
      01   goods-receipt  r1  苹果  5   -    5.00   back       -
      02   shipment       s1  苹果  -   3    -      front      -
      02   transfer       t1  苹果  -   3    -      back       front
    `)
      .expectFindings([])
      .expectBalance('苹果', 'front', '0')
      .expectBalance('苹果', 'back', '2')
      .expectMovingAverage('苹果', { onHand: '2', value: '10.00', costOfSales: '15.00' })
      .expectAgreement()
  })
})

describe('numbers and clocks', () => {
  const receipt: TestPosting = {
    ...{
      device: 'A',
      branch: 'main',
      document: 'a',
      type: 'goods-receipt',
      at: 1_000,
      number: 'N-1',
    },
    legs: [{ leg: '1', sku: 'apple', warehouse: 'shop', quantity: 10_000, value: 500 }],
  }

  it('[FIN2] one number on two documents in force is a finding, and both are found by it', () => {
    const writer = new JournalWriter()
    const first = postingRecords(writer, { ...receipt, writtenAt: 9_000_000 })
    const fold = openFold()
    fold.apply(first)
    expect(fold.documents.byNumber('N-1').map(({ docId }) => docId)).toEqual([
      idOf('document', 'a'),
    ])
    fold.apply(postingRecords(writer, { ...receipt, document: 'b' }))
    const documents = [idOf('document', 'a'), idOf('document', 'b')].sort()
    expect(fold.findings()).toMatchObject([{ code: 'duplicate-number', documents }])
    expect(fold.documents.byNumber('N-1').length).toBe(2)
    const again = { ...receipt, number: 'N-2', posting: 'again', writtenAt: 8_000_000 }
    fold.apply(postingRecords(writer, again))
    expect(fold.findings().map(({ code }) => code)).toEqual(['posted-twice'])
    expect(fold.documents.byNumber('N-1').map(({ docId }) => docId)).toEqual([
      idOf('document', 'b'),
    ])
    expect(fold.documents.byNumber('N-3')).toEqual([])
  })

  it('[FIN5] a clock that runs ahead of the server’s receipt is a finding until it does not', () => {
    const writer = new JournalWriter()
    const [ahead] = postingRecords(writer, { ...receipt, writtenAt: 50_000_000 })
    const received = (receivedAt: number, seq: number) =>
      writer.write({
        ...{ device: 'server-1', branch: 'main', audience: 'goods', kind: 'received.v1', at: 1 },
        body: { journals: [{ name: ahead?.journal ?? '', seq, receivedAt }] },
      })
    const early = received(40_000_000, 0)
    for (const order of [
      [ahead, early],
      [early, ahead],
    ]) {
      const fold = openFold()
      for (const entry of order) if (entry !== undefined) fold.apply([entry])
      const [finding] = fold.findings().filter(({ code }) => code === 'clock-anomaly')
      expect(finding?.evidence).toMatchObject({ aheadMs: 10_000_000, device: idOf('device', 'A') })
      const [next] = postingRecords(writer, { ...receipt, document: 'c', writtenAt: 50_100_000 })
      if (next !== undefined) fold.apply([next])
      fold.apply([received(50_100_500, next?.record.seq ?? 0)])
      expect(fold.findings().map(({ code }) => code)).not.toContain('clock-anomaly')
    }
  })

  it('[FIN6] every finding has a key of its own, the same on every device', () => {
    const played = scenario(`
      day  document         id  sku   in  out  price  of
      01   shipment         s1  苹果  -   3    -      -
      01   shipment         s2  梨    -   3    -      -
      02   sales-return     b1  梨    9   -    -      s2
      02   sales-return     b2  茶    9   -    -      nobody
      03   reversal         -   -     -   -    -      s1
      04   reversal         -   -     -   -    -      s1
    `)
    played.expectAgreement()
    const keys = played.fold.findings().map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys.length).toBeGreaterThan(3)
  })
})
