/**
 * Which documents moved a SKU last, newest first: what a last price and a price history are read from. Walks the chains
 * of its pools from their ends, so what lies further back costs nothing, and keeps nothing of its own.
 */

import { poolsOfSku } from '#domain/ledgers/stock/place.ts'
import { docIdOf } from './names.ts'
import { branchText, documentOf } from './document-rows.ts'
import type { FoldState } from './fold-state.ts'

export interface TradedAsked {
  /** Document types that count. */
  readonly types: ReadonlySet<string>
  readonly branches: readonly string[]
  /** Documents at most. */
  readonly limit: number
}

/** [TRP1] Ids of the documents that stand: neither reversed nor unapproved. */
export function tradedDocuments(state: FoldState, sku: string, asked: TradedAsked): string[] {
  const { at } = state.documents.columns
  const found = new Set<number>()
  for (const pool of poolsOfSku(state.ledger, state.names.skus.find(sku))) {
    for (const document of newestOf(state, pool, asked)) found.add(document)
  }
  return [...found]
    .sort((a, b) => (at[b] as number) - (at[a] as number) || b - a)
    .slice(0, asked.limit)
    .map((document) => docIdOf(state.names, document))
}

function newestOf(state: FoldState, pool: number, asked: TradedAsked): ReadonlySet<number> {
  const { ledger } = state
  const chain = ledger.chains.view(pool)
  const found = new Set<number>()
  for (let i = chain.length - 1; i >= 0 && found.size < asked.limit; i--) {
    const document = documentOf(state, chain[i] as number)
    if (counts(state, document, asked)) found.add(document)
  }
  return found
}

function counts(state: FoldState, document: number, { types, branches }: TradedAsked): boolean {
  const { type, reversal, lead } = state.documents.columns
  return (
    (reversal[document] as number) < 0 &&
    (lead[document] as number) >= 0 &&
    types.has(state.names.types.text(type[document] as number)) &&
    branches.includes(branchText(state, document))
  )
}
