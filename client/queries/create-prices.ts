/** Prices: lists, those of a draft's lines with their reasons, and what was paid before. */
import type { Accessor } from 'solid-js'
import type { PriceHolder, QueryArgs } from '#client/engine/face/face.ts'
import { createQuery } from './create-query.ts'

/** Why the lines of a draft have their prices. */
export function createLinePrices(docId: Accessor<string>) {
  return createQuery(
    'linePrices',
    () => ({ docId: docId() }),
    () => [`draft:${docId()}`, 'documents', ...priceTopics],
  )
}

/** The table of a list's or a customer's prices; `skuIds`: typed into it since. */
export function createPriceSheet(
  holder: Accessor<PriceHolder>,
  skuIds: Accessor<readonly string[]>,
) {
  return createQuery(
    'priceSheet',
    () => ({ ...holder(), skuIds: skuIds() }),
    () => priceTopics,
  )
}

export function createTradedPrices(asked: Accessor<QueryArgs<'tradedPrices'>>) {
  return createQuery('tradedPrices', asked, () => [`stock:${asked().skuId}`])
}

const priceTopics = ['masters:sku', 'masters:customer', 'masters:branch', 'masters:price-list']
