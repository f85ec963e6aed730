import { describe, expect, it } from 'vitest'
import { arrivalsOf } from '#tests/builders/arrivals.ts'
import {
  adjustingRecord,
  postingRecords,
  reversalRecord,
  type TestAdjusting,
} from '#tests/builders/documents.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { openFold } from './fold.ts'
import type { FoldEntry } from './fold-entry.ts'

const where = { device: 'A', branch: 'main' } as const
const piece = 10_000
const codes = ['over-invoiced', 'priced-reversed', 'priced-missing']

/** Ten pieces of line 1, and two with serial numbers of line 2. */
function received(writer: JournalWriter): FoldEntry[] {
  const goods = { warehouse: 'shop', value: 5_000 }
  return postingRecords(writer, {
    ...{ ...where, document: 'r', type: 'goods-receipt', at: 1_000_000 },
    legs: [
      { leg: '1', sku: 'apple', quantity: 10 * piece, ...goods },
      ...['2#1', '2#2'].map((leg) => ({
        ...{ leg, sku: 'phone', quantity: piece, ...goods },
        goods: { serial: `S${leg}` },
      })),
    ],
  })
}

type Said = TestAdjusting['adjustments'][number]

function saying(writer: JournalWriter, document: string, said: Pick<Said, 'leg' | 'kind'>) {
  const adjustments = [{ document: 'r', amount: 600, ...said }]
  return adjustingRecord(writer, { ...where, document, at: 2_000_000, adjustments })
}

function billing(writer: JournalWriter, document: string, pieces: number, leg = '1'): FoldEntry {
  const said = { leg, kind: 'invoice', quantity: pieces * piece } as const
  return saying(writer, document, said)
}

function reversed(writer: JournalWriter, document: string): FoldEntry {
  const audience = document === 'r' ? 'goods' : 'buying'
  return reversalRecord(writer, { ...where, document, at: 3_000_000, audience })
}

/** 'over-invoiced line 1 of r: i, j' of every finding, in every order of arrival, also from a checkpoint. */
function expectFindings(entries: readonly FoldEntry[], expected: readonly string[]): void {
  for (const order of arrivalsOf(entries.length)) {
    const fold = openFold()
    for (const index of order) {
      // Asked in between: what is kept of the answer has to follow.
      fold.findings()
      fold.apply([entries[index] as FoldEntry])
    }
    const found = sentencesOf(fold)
    expect(found).toEqual(expected)
    expect(sentencesOf(openFold({ checkpoint: fold.checkpoint() }))).toEqual(expected)
    expect(fold.audit()).toBeUndefined()
  }
}

const nameById = new Map(['r', 'i', 'j', 'l'].map((name) => [idOf('document', name), name]))

function sentencesOf(fold: ReturnType<typeof openFold>): string[] {
  return fold
    .findings()
    .filter(({ code }) => codes.includes(code))
    .map(({ code, evidence, documents }) => {
      const { reason, line, quantity } = evidence
      const over = typeof line === 'string' ? `${line} by ${Number(quantity) / piece}` : ''
      const about = typeof reason === 'string' ? reason : over
      return `${code} ${about}: ${documents.map((each) => nameById.get(each as never)).join(' ')}`
    })
    .sort()
}

describe('findings about invoices and charges', () => {
  it('[ADJ7] more invoiced of a line than came is told with its invoices, in every order', () => {
    const writer = new JournalWriter()
    const all = [...received(writer), billing(writer, 'i', 6), billing(writer, 'j', 5)]
    expectFindings(all, ['over-invoiced 1 by 1: r i j'])
    expectFindings([...all, reversed(writer, 'j')], [])
  })

  it('[ADJ7] exactly what came is none, and so are pieces of a line that are billed by other names', () => {
    const writer = new JournalWriter()
    expectFindings([...received(writer), billing(writer, 'i', 10)], [])
    const other = new JournalWriter()
    const first = [1, 2].map((n) => billing(other, n === 1 ? 'i' : 'j', 1, '2#1'))
    expectFindings([...received(other), ...first], [])
    const third = billing(other, 'l', 1, '2#2')
    expectFindings([...received(other), ...first, third], ['over-invoiced 2 by 1: r i j l'])
  })

  it('[ADJ8] what speaks of a receipt that is reversed, or not here, is told until it is mended', () => {
    const writer = new JournalWriter()
    const receipt = received(writer)
    const invoice = billing(writer, 'i', 10)
    const charge = saying(writer, 'l', { leg: '1', kind: 'landed' })
    const back = reversed(writer, 'r')
    expectFindings(
      [invoice, charge],
      ['priced-missing receipt-missing: i', 'priced-missing receipt-missing: l'],
    )
    expectFindings([...receipt, invoice, charge], [])
    const told = ['priced-reversed receipt-reversed: i r', 'priced-reversed receipt-reversed: l r']
    expectFindings([...receipt, invoice, charge, back], told)
    const mended = [reversed(writer, 'i'), reversed(writer, 'l')]
    expectFindings([...receipt, invoice, charge, back, ...mended], [])
    const elsewhere = billing(writer, 'j', 1, '9')
    expectFindings([...receipt, elsewhere], ['priced-missing line-missing: j r'])
  })

  it('[ADJ8] costs of nothing else change by it', () => {
    const writer = new JournalWriter()
    const alone = openFold()
    alone.apply(received(writer))
    const fold = openFold()
    fold.apply([...received(new JournalWriter()), billing(writer, 'j', 1, '9')])
    const valueOf = (of: typeof fold) =>
      of.stock.pool(idOf('sku', 'apple'), idOf('branch', 'main'))?.value
    expect(valueOf(fold)).toBe(valueOf(alone))
  })
})
