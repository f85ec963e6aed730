/**
 * 拆卸单 (disassembly): takes a product of a warehouse apart, by its recipe or otherwise; a box into its
 * bottles (拆箱) too. Its parts share what it was worth by their weights, and the fee for the work, to the fen.
 */

import { defineDocument } from '#domain/doctype/define.ts'
import { moneyField, optional } from '#domain/doctype/fields.ts'
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

export const disassembly = defineDocument({
  type: 'disassembly',
  label: ['拆卸单', 'Disassembly'],
  menu: 'stock',
  numbering: { prefix: 'CXD' },
  makes: 'lines',
  header: productHeader(['拆卸商品', 'Product'], ['拆卸数量', 'Quantity taken apart'], 'accepted'),
  lines: {
    ...partLines(['拆出数量', 'Quantity']),
    weight: optional(moneyField(['分摊权重', 'Weight'])),
  },
  roles: { edit: ['keeper', 'manager'], post: ['keeper', 'manager'] },
  list: ['skuId', 'warehouseId'],
  print: {
    signatures: [
      ['拆卸人', 'Taken apart by'],
      ['审核人', 'Checked by'],
    ],
  },
  movementClass: 'internal',

  check(document) {
    const circular = partsThatAreProduct(document)
    if (circular.length > 0) return circular
    const { lines } = document
    const weighted = lines.filter(({ weight }) => weight !== undefined)
    if (weighted.length !== lines.length && weighted.length > 0) {
      return weighted.map(({ lineId }) => ({ code: 'weight-alone', field: 'weight', lineId }))
    }
    const isShared = lines.some(({ weight = 1 }) => weight > 0)
    const light = new Set(lines.filter(({ weight }) => weight === 0).map(({ lineId }) => lineId))
    return statedBesideShare(lines, (lineId) => isShared && light.has(lineId))
  },

  // The product out, then all parts in, as one act: they share what it cost.
  movements({ header, lines }) {
    const { warehouseId, skuId } = header
    const quantity = negateQuantity(header.quantity)
    const parts = lines.map((line) => ({
      ...{ leg: line.lineId, skuId: line.skuId, warehouseId, quantity: line.quantity },
      ...{ group: product, share: line.weight ?? line.quantity, goods: goodsOf(line) },
    }))
    const goods = goodsOf(header)
    return [{ leg: product, skuId, warehouseId, quantity, group: product, goods }, ...parts]
  },

  values({ header: { fee }, lines }) {
    const [first] = lines
    // Of goods without a weight it would be what they bear alone.
    const bearer = lines.find(({ weight = 1 }) => weight > 0) ?? first
    return [...feeOn(bearer?.lineId, fee), ...statedCosts(lines)]
  },
  voucherLines: ({ header: { fee } }) => feeVoucher(fee),
})
