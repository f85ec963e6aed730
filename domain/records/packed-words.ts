/**
 * The dictionary of the packed form: texts that most records hold, the most frequent first.
 * INVARIANT: a word keeps its number for ever, because kept records name it by number; a longer
 * dictionary needs another form byte (`record-bytes.ts`). Nothing breaks when a text is not here.
 */

import { assert } from '#domain/values/assert.ts'

/** Words 0–63 take one byte: the envelope, and what postings repeat on each line and leg. */
const nearWords = [
  ...['at', 'audience', 'body', 'branch', 'build', 'by', 'device', 'hlc', 'id', 'kind', 'offset'],
  ...['org', 'prev', 'seq', 'shard', 'v', 'ms', 'ageMs', '', 'goods', 'sales', 'buying', 'books'],
  ...['posted.v1', 'docId', 'postingId', 'type', 'number', 'part', 'lead', 'parts', 'header'],
  ...[
    'lines',
    'lineId',
    'legs',
    'leg',
    'sku',
    'warehouse',
    'quantity',
    'class',
    'issue',
    'receipt',
  ],
  ...['internal', 'pair', 'origin', 'values', 'amount', 'skuId', 'warehouseId', 'unit', 'price'],
  ...['taxRate', 'tax', 'discount', 'note', 'customerId', 'supplierId', 'retail-sale', 'shipment'],
  ...['goods-receipt', 'masters-changed.v1', 'changes', 'entity', 'fields'],
] as const

/** Words from 64 on take two bytes. */
const farWords = [
  ...['part-supplied.v1', 'reversed.v1', 'relayed.v1', 'received.v1', 'device-enrolled.v1'],
  ...['device-revoked.v1', 'user-granted.v1', 'user-revoked.v1', 'opening-stock', 'sales-return'],
  ...['purchase-return', 'transfer', 'write-off', 'stock-gain', 'opening', 'return-in', 'count'],
  ...['originId', 'originLineId', 'sourceWarehouseId', 'targetWarehouseId', 'reason', 'date'],
  ...['server', 'all', 'record', 'from', 'journals', 'receivedAt', 'branches', 'audiences'],
  ...['publicKey', 'crv', 'kty', 'x', 'y', 'P-256', 'EC', 'user', 'roles', 'role', 'keeper'],
  ...['seller', 'buyer', 'finance', 'manager', 'owner', 'company', 'bin', 'category', 'product'],
  ...['supplier', 'customer', 'name', 'code', 'isDisabled', 'productId', 'options', 'baseUnit'],
  ...['units', 'numerator', 'denominator', 'barcode', 'retailPrice', 'wholesalePrice'],
  ...['minimumPrice', 'referencePurchasePrice', 'initials', 'specification', 'brand', 'categoryId'],
  ...['stock', 'service', 'optionAxes', 'shelfLifeDays', 'manufacturer', 'branchId', 'parentId'],
  ...['address', 'phone', 'contact', 'taxNumber', 'taxpayer', 'general', 'small', 'offsetMinutes'],
  ...['cutOffMinutes', 'damaged', 'expired', 'lost'],
] as const

/** All words by number. */
export const packedWords: readonly string[] = [...nearWords, ...farWords]

const indexByWord: ReadonlyMap<string, number> = new Map(packedWords.map((word, i) => [word, i]))

/** The number of a text that is known to be a word. */
export function numberOfWord(word: string): number {
  const number = indexByWord.get(word)
  assert(number !== undefined, `'${word}' is a word of the dictionary`)
  return number
}

/** The number of a word of the dictionary; undefined for any other text. */
export function indexOfWord(text: string): number | undefined {
  return indexByWord.get(text)
}
