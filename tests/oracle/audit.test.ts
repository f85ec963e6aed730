/** The auditor alone, on the vectors of the CO rows: what a bookkeeper has reckoned by hand. */
import { expect, it } from 'vitest'
import { idOf } from '#tests/builders/journal-writer.ts'
import { recordsOf } from '#tests/builders/table.ts'
import { audit } from './audit.ts'

function figuresOf(table: string): string[] {
  const { pools, movements, costOf } = audit(recordsOf(table).flat())
  const documents = new Set(movements.map(({ docId }) => docId))
  const names = new Map(
    ['r1', 'r2', 'r3', 's1', 's2', 's3', 'b1', 'p1'].map((name) => [idOf('document', name), name]),
  )
  const issued = [...documents].map((docId) => {
    const own = movements.filter((movement) => movement.docId === docId)
    const cost = own.reduce((sum, movement) => {
      const { cost: fen, trueUp } = costOf(movement)
      return sum + (movement.quantity < 0n ? trueUp - fen : fen)
    }, 0n)
    return `${names.get(docId)} ${cost}`
  })
  const left = pools.map(({ quantity, value }) => `left ${quantity} worth ${value}`)
  return [...issued.sort(), ...left]
}

const vectorA = `
  day  document       id  sku   in  out  price  of
  01   goods-receipt  r1  苹果  10  -    5.00   -
  02   shipment       s1  苹果  -   4    -      -
  03   goods-receipt  r2  苹果  6   -    8.00   -
  04   shipment       s2  苹果  -   3    -      -`

it('[ORC11] vectors A, S, P and B of the moving average', () => {
  const receipts = ['r1 5000', 'r2 4800']
  expect(figuresOf(vectorA)).toEqual([...receipts, 's1 2000', 's2 1950', 'left 90000 worth 5850'])
  expect(figuresOf(`${vectorA}\n  05 sales-return b1 苹果 2 - - s1`)).toEqual([
    ...['b1 1000', ...receipts, 's1 2000', 's2 1950', 'left 110000 worth 6850'],
  ])
  expect(figuresOf(`${vectorA}\n  05 purchase-return p1 苹果 - 5 - r1`)).toEqual([
    ...['p1 2500', ...receipts, 's1 2000', 's2 1950', 'left 40000 worth 3350'],
  ])
  expect(figuresOf(`${vectorA}\n  01@10:00 goods-receipt r3 苹果 10 - 6.50 -`)).toEqual([
    ...[...receipts, 'r3 6500', 's1 2300', 's2 1909', 'left 190000 worth 12091'],
  ])
})

it('[ORC11] vectors R, N and N2: the last unit, and goods sold before they came', () => {
  expect(
    figuresOf(`
      day  document       id  sku  in  out  value
      01   goods-receipt  r1  笔   3   -    10.00
      02   shipment       s1  笔   -   1    -
      03   shipment       s2  笔   -   1    -
      04   shipment       s3  笔   -   1    -`),
  ).toEqual(['r1 1000', 's1 333', 's2 334', 's3 333', 'left 0 worth 0'])
  const short = `
    day  document       id  sku   in  out  price
    01   goods-receipt  r1  苹果  2   -    5.00
    02   shipment       s1  苹果  -   2    -`
  const [n, n2] = [
    ['03 shipment s2 苹果 - 3 -', '04 goods-receipt r2 苹果 10 - 6.00'],
    [
      ...['03 shipment s2 苹果 - 10 -', '04 goods-receipt r2 苹果 4 - 6.00'],
      '05 goods-receipt r3 苹果 20 - 7.00',
    ],
  ].map((rows) => figuresOf([short, ...rows].join('\n')))
  expect(n).toEqual(['r1 1000', 'r2 6000', 's1 1000', 's2 1800', 'left 70000 worth 4200'])
  expect(n2).toEqual([
    ...['r1 1000', 'r2 2400', 'r3 14000', 's1 1000', 's2 6600', 'left 140000 worth 9800'],
  ])
})
