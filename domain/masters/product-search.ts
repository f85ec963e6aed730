/**
 * Finds SKUs by what people type: code, barcode, pinyin initials, name or specification, best match
 * first (MD-06). One lower-case text per SKU and a plain substring scan: 50,000 SKUs take some
 * milliseconds, nothing has to be built or stored, and a changed product is one `put`.
 */

import { halfWidth } from '#domain/values/half-width.ts'
import type { SkuId } from '#domain/values/ids.ts'
import { barcodeKey } from './barcode.ts'
import { type MasterFields, textOf } from './master-field.ts'
import { skuName } from './sku.ts'
import { unitsOf } from './unit.ts'

/** What a SKU is found by. */
export interface SearchTexts {
  readonly code: string
  readonly barcodes: readonly string[]
  /** One or more spellings, separated by spaces. */
  readonly initials: string
  readonly name: string
  readonly specification: string
}

/** Why a SKU was found, best first; `other` is a match inside a code, a barcode or initials. */
export type SearchReason = 'code' | 'barcode' | 'initials' | 'name' | 'specification' | 'other'

export interface SearchHit {
  readonly skuId: SkuId
  readonly reason: SearchReason
}

export interface ProductSearch {
  put(skuId: SkuId, texts: SearchTexts): void
  remove(skuId: SkuId): void
  /**
   * At most `limit` hits by reason, within one reason in the order in which SKUs were put first (the
   * place of a removed one goes to the next new one). Words separated by spaces must all occur; the
   * first decides the reason. Empty text finds nothing.
   */
  search(text: string, limit: number): SearchHit[]
}

const reasons: readonly SearchReason[] = [
  'code',
  'barcode',
  'initials',
  'name',
  'specification',
  'other',
]

interface SearchEntry extends SearchTexts {
  readonly skuId: SkuId
  /** All texts, lower-case; no match spans two of them. */
  readonly haystack: string
}

export function makeProductSearch(): ProductSearch {
  /** A removed SKU leaves a gap behind for the next one to use. */
  const entries: (SearchEntry | undefined)[] = []
  const gaps: number[] = []
  const slotBySku = new Map<SkuId, number>()

  function put(skuId: SkuId, texts: SearchTexts): void {
    const slot = slotBySku.get(skuId) ?? gaps.pop() ?? entries.length
    slotBySku.set(skuId, slot)
    entries[slot] = loweredEntry(skuId, texts)
  }

  function remove(skuId: SkuId): void {
    const slot = slotBySku.get(skuId)
    if (slot === undefined) return
    slotBySku.delete(skuId)
    entries[slot] = undefined
    gaps.push(slot)
  }

  function search(text: string, limit: number): SearchHit[] {
    const query = queryOf(text)
    return query === undefined ? [] : scan(entries, query, limit)
  }

  return { put, remove, search }
}

function scan(
  entries: readonly (SearchEntry | undefined)[],
  query: Query,
  limit: number,
): SearchHit[] {
  const found = reasons.map((): SearchHit[] => [])
  for (const entry of entries) {
    if (entry === undefined || !isIn(entry.haystack, query)) continue
    const rank = rankOf(entry, query)
    const hits = found[rank] ?? []
    if (hits.length < limit) hits.push({ skuId: entry.skuId, reason: reasons[rank] ?? 'other' })
  }
  return found.flat().slice(0, limit)
}

interface Query {
  readonly first: string
  /** The first word as a scanner may have stored it; equal to it in most cases. */
  readonly scanned: string
  readonly others: readonly string[]
}

function queryOf(text: string): Query | undefined {
  const [first, ...others] = lowered(text).split(/\s+/)
  return first ? { first, scanned: barcodeKey(first), others } : undefined
}

function isIn(haystack: string, { first, scanned, others }: Query): boolean {
  if (!haystack.includes(first) && (scanned === first || !haystack.includes(scanned))) return false
  return others.every((word) => haystack.includes(word))
}

/** Index into `reasons` of the best thing that the first word matches. */
function rankOf(entry: SearchEntry, { first, scanned }: Query): number {
  if (entry.code === first) return 0
  if (entry.barcodes.includes(scanned)) return 1
  if (entry.initials.split(' ').some((initials) => initials.startsWith(first))) return 2
  if (entry.name.includes(first)) return 3
  if (entry.specification.includes(first)) return 4
  return 5
}

function loweredEntry(skuId: SkuId, texts: SearchTexts): SearchEntry {
  const code = lowered(texts.code)
  const barcodes = texts.barcodes.map((barcode) => lowered(barcodeKey(barcode)))
  const initials = lowered(texts.initials)
  const name = lowered(texts.name)
  const specification = lowered(texts.specification)
  const haystack = [code, ...barcodes, initials, name, specification].join('\n')
  return { skuId, haystack, code, barcodes, initials, name, specification }
}

function lowered(text: string): string {
  return halfWidth(text).trim().toLowerCase()
}

/** What a SKU is found by, from its product's fields and its own. */
export function searchTextsOf(productFields: MasterFields, skuFields: MasterFields): SearchTexts {
  return {
    code: textOf(skuFields, 'code'),
    barcodes: unitsOf(skuFields).flatMap(({ barcodes }) => barcodes),
    initials: textOf(productFields, 'initials'),
    name: skuName(productFields, skuFields),
    specification: [textOf(productFields, 'specification'), textOf(productFields, 'brand')].join(
      ' ',
    ),
  }
}
