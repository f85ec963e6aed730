/** The masters of a case of the model `ledger`: company with its settings, warehouses, products. */

import type { MasterFields } from '#domain/masters/master-field.ts'
import { methodFromField } from '#domain/fold/cost-policy.ts'
import { familyName } from '#domain/masters/master-field.ts'
import { businessDateOf, monthOf, nextMonth } from '#domain/values/business-date.ts'
import { unitPriceDecimals } from '#domain/values/unit-price.ts'
import { type Ratio, scaledRatio } from '#domain/values/ratio.ts'
import { idOf } from '#tests/builders/journal-writer.ts'
import { exactIn } from '../figures.ts'
import { goodsOf } from '../goods-of.ts'
import { momentOf, zone } from '../moments.ts'
import { isTable, listOf, nameOf, type Operation, type Table } from '../read-cases.ts'
import { branchId, companySetting, type LedgerWorld } from './ledger-world.ts'

export const companyId = idOf('company', 'company')
export const supplierId = idOf('supplier', 'supplier')
export const customerId = idOf('customer', 'customer')

/** Writes everything that documents refer to. */
export function setUpMasters(world: LedgerWorld, setup: Table, ops: readonly Operation[]): void {
  const warehouses = warehousesIn(ops)
  world.setUp('company', companyId, {
    ...{ name: 'Company', taxpayer: 'general' },
    ...costSettings(setup, ops, warehouses),
  })
  world.setUp('branch', branchId, { name: 'Main', code: '001' })
  world.setUp('supplier', supplierId, { name: 'Supplier' })
  world.setUp('customer', customerId, { name: 'Customer' })
  for (const name of warehouses) {
    world.setUp('warehouse', idOf('warehouse', name), { name, branchId })
  }
  const named = setup['batch_required'] === true ? { namesBatches: 1 } : {}
  for (const sku of skusIn(ops)) setUpSku(world, sku, setup, { ...trackingOf(sku, ops), ...named })
}

/** Goods that any operation tells apart are told apart from the beginning (MD-14). */
function trackingOf(sku: string, ops: readonly Operation[]): MasterFields {
  const named = ops.flatMap((op) => [op, ...rowsIn(op)]).filter((row) => row['sku'] === sku)
  const moved = ops.flatMap((op) => goodsOf(op, ops)).filter((goods) => goods.sku === sku)
  const hasBatch =
    named.some((row) => row['batch'] !== undefined) || moved.some(({ batch }) => batch !== '')
  const hasSerials = named.some((row) => row['serials'] !== undefined)
  return { ...(hasBatch && { hasBatches: 1 }), ...(hasSerials && { hasSerials: 1 }) }
}

function rowsIn(op: Operation): Table[] {
  return [op['rows'], op['inputs'], op['outputs']].flatMap((rows) =>
    listOf(rows ?? [], 'rows').filter(isTable),
  )
}

function setUpSku(world: LedgerWorld, sku: string, setup: Table, tracking: MasterFields): void {
  const productId = idOf('product', sku)
  world.setUp('product', productId, { name: sku, code: sku, ...tracking })
  const price = exactIn(setup, 'fallback_rate', undefined)
  world.setUp('sku', idOf('sku', sku), {
    ...{ productId, code: sku, baseUnit: 'unit' },
    ...(price !== undefined && referencePrice(price)),
  })
}

/** The method from the first day of a month on: the one of the operation, or the next. */
export function methodChange(op: Operation): MasterFields {
  const day = businessDateOf(momentOf(op), zone)
  const month = day.endsWith('-01') ? monthOf(day) : nextMonth(monthOf(day))
  const method = op['to'] === 'average' ? 'moving-average' : nameOf(op['to'])
  return { [familyName(methodFromField, month)]: method }
}

export function referencePrice(price: Ratio): MasterFields {
  return { referencePurchasePrice: scaledRatio(price, unitPriceDecimals) }
}

/** Only what differs from our defaults and can be told apart in this case. */
function costSettings(
  setup: Table,
  ops: readonly Operation[],
  warehouses: readonly string[],
): MasterFields {
  const { method, scope, negative, purchase_return: returned } = setup
  const hasReturn = ops.some(({ op }) => op === 'return_out')
  return {
    ...(typeof method === 'string' && method !== 'average' && companySetting('costMethod', method)),
    ...(scope === 'wh' && warehouses.length > 1 && companySetting('costScope', 'warehouse')),
    ...(negative === 'refuse' && companySetting('negativeStock', 'refuse')),
    ...(returned === 'method' && hasReturn && companySetting('purchaseReturnCost', 'method')),
  }
}

function warehousesIn(ops: readonly Operation[]): string[] {
  const named = ops.flatMap((op) => [
    ...[op['wh'], op['from'], op['to']].filter((each) => typeof each === 'string'),
    ...goodsOf(op, ops).map(({ warehouse }) => warehouse),
  ])
  return [...new Set(named.filter((name) => name !== '' && name !== 'undefined'))]
}

function skusIn(ops: readonly Operation[]): string[] {
  const named = ops.flatMap((op) => [
    ...(typeof op['sku'] === 'string' ? [op['sku']] : []),
    ...rowsIn(op).map((row) => nameOf(row['sku'])),
    ...goodsOf(op, ops).map(({ sku }) => sku),
  ])
  return [...new Set(named.filter((name) => name !== ''))]
}
