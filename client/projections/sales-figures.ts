/**
 * What each sale of the last weeks came to, read once from its records: the figures of the home screen. A
 * document's own figures never change; whether it counts is asked of the fold each time.
 */
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import type { PostedDocument } from '#domain/doctype/readers.ts'
import type { DocumentEntry } from '#domain/fold/documents.ts'
import { documentTypes } from '#domain/registry.ts'
import type { Instant } from '#domain/values/instant.ts'
import { numberOf } from './document-rows.ts'
import type { Reading } from './reading.ts'

export interface SaleFigures {
  readonly entry: DocumentEntry
  /** Tax included, fen; below zero for goods that came back. */
  readonly amount: number
  /** Without tax. */
  readonly net: number
}

export interface SalesFigures {
  /** Sales and returns posted since `from`, priced as far as their prices have come. */
  since(from: Instant): Promise<readonly SaleFigures[]>
}

interface Kept {
  readonly postingId: string
  readonly parts: number
  readonly amount: number
  readonly net: number
}

const limitSales = 100_000

export function makeSalesFigures(reading: Reading): SalesFigures {
  const kept = new Map<string, Kept>()

  async function since(from: Instant): Promise<readonly SaleFigures[]> {
    const found: { definition: AnyDocumentDefinition; entry: DocumentEntry }[] = []
    for (const definition of salesTypes) {
      const asked = { type: definition.type, from, offset: 0, limit: limitSales }
      for (const entry of reading.fold.documents.page(asked).rows) found.push({ definition, entry })
    }
    await learn(found.filter(({ entry }) => !isKnown(entry)))
    return found.map(({ entry }) => {
      const { amount = 0, net = 0 } = kept.get(entry.docId) ?? {}
      return { entry, amount, net }
    })
  }

  function isKnown({ docId, postingId, partRecordIds }: DocumentEntry): boolean {
    const known = kept.get(docId)
    return known?.postingId === postingId && known.parts === Object.keys(partRecordIds).length
  }

  async function learn(
    unknown: readonly { definition: AnyDocumentDefinition; entry: DocumentEntry }[],
  ): Promise<void> {
    const portion = 1_000
    for (let start = 0; start < unknown.length; start += portion) {
      const sales = unknown.slice(start, start + portion)
      await reading.documents.load(sales.map(({ entry }) => entry.docId))
      for (const { definition, entry } of sales) {
        const document = reading.documents.get(entry.docId)
        if (document !== undefined) kept.set(entry.docId, figuresOf(definition, entry, document))
      }
    }
  }

  return { since }
}

/** Types whose lines are priced for customers. */
const salesTypes = documentTypes.filter(
  (definition) => definition.lines['amount']?.audience === 'sales',
)

function figuresOf(
  definition: AnyDocumentDefinition,
  { postingId, partRecordIds }: DocumentEntry,
  { header, lines }: PostedDocument,
): Kept {
  const sign = definition.movementClass === 'return-in' ? -1 : 1
  const gross = lines.reduce((sum, line) => sum + numberOf(line['amount']), 0)
  const tax = lines.reduce((sum, line) => sum + numberOf(line['tax']), 0)
  const amount = gross - numberOf(header['roundOff'])
  const parts = Object.keys(partRecordIds).length
  return { postingId, parts, amount: amount * sign + 0, net: (amount - tax) * sign + 0 }
}
