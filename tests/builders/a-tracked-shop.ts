/** The example shop with goods that are told apart: milk by batch, phones by serial number, two bins. */

import { exampleShop } from '#domain/doctype/example-shop.ts'
import type { GoodsReader, MasterReader, Picked, PiecePlace } from '#domain/doctype/readers.ts'
import type { EntityName } from '#domain/masters/entity.ts'
import type { MasterFields } from '#domain/masters/master-field.ts'
import { type BusinessDate, businessDate, businessDateOf } from '#domain/values/business-date.ts'
import { asId, type BinId, type SkuId } from '#domain/values/ids.ts'
import { type Quantity, wholeQuantity } from '#domain/values/quantity.ts'

const more: Readonly<Partial<Record<EntityName, Readonly<Record<string, MasterFields>>>>> = {
  product: {
    milk: {
      name: '鲜牛奶',
      specification: '950ml',
      hasBatches: 1,
      shelfLifeDays: 15,
      isInspected: 1,
    },
    phone: { name: '手机', hasSerials: 1 },
  },
  sku: {
    'sku-milk': { productId: 'milk', code: '100301', baseUnit: '盒' },
    'sku-phone': { productId: 'phone', code: '300001', baseUnit: '台' },
  },
  bin: {
    'bin-a1': { code: 'A1', warehouseId: 'main-warehouse' },
    'bin-a2': { code: 'A2', warehouseId: 'main-warehouse' },
    'bin-z9': { code: 'Z9', warehouseId: 'back-warehouse' },
  },
}

const { masters } = exampleShop

export const trackedShop = {
  milk: asId<SkuId>('sku-milk'),
  phone: asId<SkuId>('sku-phone'),
  binA1: asId<BinId>('bin-a1'),
  binA2: asId<BinId>('bin-a2'),
  binOfBack: asId<BinId>('bin-z9'),
  masters: {
    get: (entity, id) => more[entity]?.[id] ?? masters.get(entity, id),
    *list(entity) {
      yield* masters.list(entity)
      for (const [id, fields] of Object.entries(more[entity] ?? {})) yield { id, fields }
    },
  } satisfies MasterReader,
} as const

interface Held {
  readonly batch: string
  readonly expires: string
  readonly quantity: number
  readonly bin?: string
}

/** What a device knows of milk by batch, first expired first, and of phones by number. */
export function aGoodsReader(
  milk: readonly Held[] = [],
  phones: Readonly<Record<string, PiecePlace>> = {},
): GoodsReader {
  return {
    today: businessDate('2026-11-22'),
    dayOf: (at) => businessDateOf(at, { offsetMinutes: 480, cutOffMinutes: 0 }),
    datesOf(_, batch) {
      const held = milk.find((each) => each.batch === batch)
      return held === undefined ? {} : { expires: businessDate(held.expires) }
    },
    isReceived: (_, batch) => milk.some((each) => each.batch === batch),
    propose: ({ skuId, wanted, on, batch }) =>
      skuId === trackedShop.milk ? proposed(milk, wanted, { on, batch }) : [],
    placeOf: (_, serial) => phones[serial],
    hasStatuses: () => false,
  }
}

function proposed(
  milk: readonly Held[],
  wanted: Quantity,
  {
    on,
    batch: named,
  }: { readonly on?: BusinessDate | undefined; readonly batch?: string | undefined },
): readonly Picked[] {
  let left: number = wanted
  return [...milk]
    .sort((a, b) => (a.expires < b.expires ? -1 : 1))
    .filter(({ expires, batch }) => (on ?? '') <= expires && (named ?? batch) === batch)
    .flatMap(({ batch, quantity, bin = '' }) => {
      const taken = Math.min(left, wholeQuantity(quantity))
      left -= taken
      return taken > 0 ? [{ batch, bin, quantity: taken as Quantity }] : []
    })
}
