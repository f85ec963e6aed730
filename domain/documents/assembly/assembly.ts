/**
 * 组装单 (assembly): turns parts into a product, of its warehouse or of another (领料仓库). The product is
 * worth what its parts were, and the fee for the work, less what by-products (副产品) bear, to the fen.
 */

import { defineDocument } from '#domain/doctype/define.ts'
import { derived, optional, percentField, reference } from '#domain/doctype/fields.ts'
import { batchField, facet } from '#domain/doctype/goods-fields.ts'
import {
  feeOn,
  feeVoucher,
  partLines,
  partsThatAreProduct,
  productHeader,
  statedBesideShare,
  statedCosts,
} from '#domain/doctype/made-goods.ts'
import { goodsOf } from '#domain/doctype/movements.ts'
import { negateQuantity } from '#domain/values/quantity.ts'

/** The leg of the product, and the one group of the document. */
const product = 'product'
/** Of a `Percent`. */
const whole = 10_000
/** Weights that still tell the pieces of a product with serial numbers apart. */
const weightOfPercent = 10_000

export const assembly = defineDocument({
  type: 'assembly',
  label: ['组装单', 'Assembly'],
  menu: 'stock',
  numbering: { prefix: 'ZZD' },
  makes: 'header',
  header: {
    ...productHeader(['组装成品', 'Product'], ['成品数量', 'Quantity made'], 'refused'),
    sourceWarehouseId: optional(reference('warehouse', ['领料仓库', 'Parts from'])),
  },
  lines: {
    ...partLines(['用量', 'Quantity used'], 'sourceWarehouseId'),
    proposedBatch: facet('batch', derived(batchField(['建议批号', 'Proposed batch']))),
    costShare: optional(percentField(['副产品占比', 'By-product'])),
  },
  roles: { edit: ['keeper', 'manager'], post: ['keeper', 'manager'] },
  list: ['skuId', 'warehouseId'],
  print: {
    signatures: [
      ['组装人', 'Assembled by'],
      ['审核人', 'Checked by'],
    ],
  },
  movementClass: 'internal',

  check(document) {
    const { lines } = document
    const circular = partsThatAreProduct(document)
    if (circular.length > 0) return circular
    if (lines.every(({ costShare }) => costShare !== undefined)) return [{ code: 'no-parts' }]
    const excess = lines.find((_, i) => sharesOf(lines.slice(0, i + 1)) > whole)
    if (excess !== undefined) {
      return [{ code: 'shares-exceed', field: 'costShare', lineId: excess.lineId }]
    }
    const light = new Set(lines.filter((line) => line.costShare === 0).map(({ lineId }) => lineId))
    return statedBesideShare(lines, (lineId) => light.has(lineId))
  },

  // All parts out, then the product and its by-products in, as one act: they share what the parts cost.
  movements({ header, lines }) {
    const { warehouseId, sourceWarehouseId = warehouseId, skuId, quantity } = header
    const parts = lines.map(({ lineId: leg, costShare, ...line }) => ({
      ...{ leg, skuId: line.skuId, warehouseId: sourceWarehouseId },
      ...{ group: product, goods: goodsOf(line) },
      ...(costShare === undefined
        ? { quantity: negateQuantity(line.quantity) }
        : { quantity: line.quantity, share: costShare * weightOfPercent }),
    }))
    const isAlone = header.serials === undefined && !parts.some(({ quantity: moved }) => moved > 0)
    const share = isAlone ? 1 : (whole - sharesOf(lines)) * weightOfPercent
    const goods = goodsOf(header)
    return [...parts, { leg: product, skuId, warehouseId, quantity, group: product, share, goods }]
  },

  values: ({ header: { fee }, lines }) => [...feeOn(feeLeg(lines), fee), ...statedCosts(lines)],
  voucherLines: ({ header: { fee } }) => feeVoucher(fee),
})

/** Of goods without a weight it would be what they bear alone. */
function feeLeg(
  lines: readonly { readonly lineId: string; readonly costShare?: number }[],
): string {
  if (sharesOf(lines) < whole) return product
  return lines.find(({ costShare = 0 }) => costShare > 0)?.lineId ?? product
}

function sharesOf(lines: readonly { readonly costShare?: number }[]): number {
  return lines.reduce((sum, { costShare = 0 }) => sum + costShare, 0)
}
