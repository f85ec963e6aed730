import { describe, expect, it } from 'vitest'
import { arrivalsOf } from '#tests/builders/arrivals.ts'
import { postingRecords, reversalRecord, type TestPosting } from '#tests/builders/documents.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { scenario } from '#tests/builders/scenario.ts'
import type { FoldEntry } from './fold-entry.ts'
import { openFold } from './fold.ts'

const minuteMs = 60_000
const nine = 1_767_258_000_000

/** What the findings of a kind say, in the order of their keys. */
function told(entries: readonly FoldEntry[], code: string) {
  const fold = openFold()
  fold.apply(entries)
  const found = fold.findings().filter((finding) => finding.code === code)
  return found.map(({ evidence, documents }) => ({ ...evidence, documents }))
}

describe('what counts leave to ask', () => {
  it('[FIN9] "0 → +1" with the document that came late, until it is gone', () => {
    const table = `
      day       device  document       id  sku   in  out  price  counted  book  of
      01        A       goods-receipt  r1  苹果  12  -    2.00   -        -     -
      02@09:10  A       stock-count    k1  苹果  -   -    -      12       12    -
      02@09:05  B       shipment       s1  苹果  -   1    -      -        -     -
      02@09:05  B       reversal       x1  -     -   -    -      -        -     s1
    `
    scenario(table).after(2).expectFindings([])
    const late = scenario(table).after(3)
    late.expectFindings(['arrived-after-count']).expectAgreement()
    const [finding] = late.fold.findings()
    expect(finding).toMatchObject({
      evidence: { counted: 120_000, known: 0, quantity: 10_000 },
      documents: [idOf('document', 'k1'), idOf('document', 's1')],
      seenAs: '120000|0|10000',
    })
    // Taken back at its own moment, the sale was before the count and so was its return.
    scenario(table).expectFindings([]).expectAgreement()
  })

  it('[FIN9] is silent where the count itself was taken back, or nobody said what the book was', () => {
    scenario(`
      day       device  document       id  sku   in  out  price  counted  book  of
      01        A       goods-receipt  r1  苹果  12  -    2.00   -        -     -
      02@09:10  A       stock-count    k1  苹果  -   -    -      12       12    -
      02@09:05  B       shipment       s1  苹果  -   1    -      -        -     -
      02@10:00  A       reversal       x1  -     -   -    -      -        -     k1
      02@11:00  A       stock-count    k2  苹果  -   -    -      12       -     -
    `)
      .expectFindings([])
      .expectAgreement()
  })

  it('[FIN10] tells of goods that moved between first and last entry, until they are counted again', () => {
    const table = `
      day       device  document       id  sku   in  out  price  counted  since
      01        A       goods-receipt  r1  苹果  12  -    2.00   -        -
      02@09:40  A       stock-count    k1  苹果  -   -    -      11       02@09:00
      02@09:20  B       shipment       s1  苹果  -   1    -      -        -
      02@08:50  B       shipment       s2  苹果  -   1    -      -        -
      02@09:50  B       shipment       s3  苹果  -   1    -      -        -
      02@12:00  C       stock-count    k2  苹果  -   -    -      10       -
    `
    const asked = scenario(table).after(5)
    asked.expectFindings(['moved-while-counted']).expectAgreement()
    expect(asked.fold.findings()).toMatchObject([
      {
        evidence: { times: 1, quantity: -10_000 },
        documents: [idOf('document', 'k1'), idOf('document', 's1')],
      },
    ])
    scenario(table).expectFindings([]).expectAgreement()
  })

  it('[FIN11] asks for the missing receipt where goods were found below zero, until it comes', () => {
    const table = `
      day       device  document       id  sku   in  out  price  counted
      01@08:00  A       goods-receipt  r1  苹果  1   -    2.00   -
      01@09:00  A       shipment       s1  苹果  -   3    -      -
      02@09:00  A       stock-count    k1  苹果  -   -    -      4
      01@07:00  B       goods-receipt  r2  苹果  6   -    3.00   -
    `
    const asked = scenario(table).after(3)
    asked.expectFindings(['surplus-on-shortage']).expectAgreement()
    expect(asked.fold.findings()).toMatchObject([
      { evidence: { counted: 40_000, quantity: -20_000 } },
    ])
    scenario(table).expectFindings([]).expectAgreement()
  })

  it('[FIN12] what was seen stays closed in every order of arrival, and other facts open it again', () => {
    const writer = new JournalWriter()
    const common = { branch: 'main', device: 'A' }
    const leg = { leg: '1', sku: 'apple', warehouse: 'shop', quantity: 0 }
    const sale = (document: string, at: number): TestPosting => ({
      ...{ ...common, device: 'B', document, type: 'shipment', at },
      legs: [{ ...leg, quantity: -10_000 }],
    })
    const count: TestPosting = {
      ...{ ...common, document: 'k1', type: 'stock-count', at: nine },
      legs: [{ ...leg, counted: 50_000, book: 50_000 }],
    }
    const receipt: TestPosting = {
      ...{ ...common, document: 'r1', type: 'goods-receipt', at: nine - 90 * minuteMs },
      legs: [{ ...leg, quantity: 50_000, value: 500 }],
    }
    const first = [receipt, count, sale('s1', nine - minuteMs)].map((posting) =>
      postingRecords(writer, posting),
    )
    const code = 'arrived-after-count'
    const fold = openFold()
    fold.apply(first.flat())
    const [finding] = fold.findings()
    expect(fold.decisionCount(new Set([idOf('branch', 'main')]))).toBe(1)
    const seen = writer.write({
      ...{ ...common, audience: 'goods', kind: 'finding-seen.v1', at: nine },
      body: { finding: finding?.key ?? '', facts: finding?.seenAs ?? '' },
    })
    expect(told(first.flat(), code)).toMatchObject([{ known: 0, quantity: 10_000 }])
    const closed = [...first, [seen]]
    for (const order of arrivalsOf(closed.length)) {
      expect(
        told(
          order.flatMap((at) => closed[at] ?? []),
          code,
        ),
      ).toEqual([])
    }
    const other = postingRecords(writer, sale('s2', nine - 2 * minuteMs))
    const opened = [...closed, other]
    for (const order of arrivalsOf(opened.length)) {
      expect(
        told(
          order.flatMap((at) => opened[at] ?? []),
          code,
        ),
      ).toMatchObject([{ known: 0, quantity: 20_000 }])
    }
    const undone = reversalRecord(writer, { ...common, document: 's2', at: nine - minuteMs })
    expect(told([...opened.flat(), undone], code)).toEqual([])
    const stopped = openFold()
    stopped.apply(opened.flat())
    const resumed = openFold({ checkpoint: stopped.checkpoint() })
    expect(resumed.findings()).toEqual(stopped.findings())
    resumed.apply([undone])
    expect(resumed.findings()).toEqual([])
  })
})
