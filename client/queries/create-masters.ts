/** Products and the other masters: lists for screens, single ones for names. */
import type { Accessor } from 'solid-js'
import { createQuery } from './create-query.ts'
import { createRows } from './create-rows.ts'

export function createProducts(search: Accessor<string>) {
  return createRows(
    'products',
    () => searchArgs(search()),
    () => ['masters:sku', 'masters:product'],
  )
}

export function createProduct(skuId: Accessor<string | undefined>) {
  return createQuery(
    'product',
    () => {
      const id = skuId()
      return id === undefined ? undefined : { skuId: id }
    },
    () => ['masters:sku', 'masters:product', `stock:${skuId() ?? ''}`],
  )
}

/** Follows all SKUs: a recipe reaches as far as its parts do. */
export function createRecipe(skuId: Accessor<string>) {
  return createQuery(
    'recipe',
    () => ({ skuId: skuId() }),
    () => ['masters:sku', 'masters:product', 'stock:*'],
  )
}

export function createMasterRows(entity: Accessor<string>, search: Accessor<string>) {
  return createRows(
    'masters',
    () => ({ entity: entity(), ...searchArgs(search()) }),
    () => [`masters:${entity()}`],
  )
}

/** All of a short list (warehouses, branches): one page of 500. */
export function createMasters(entity: Accessor<string>) {
  return createQuery(
    'masters',
    () => ({ entity: entity(), offset: 0, limit: 500 }),
    () => [`masters:${entity()}`],
  )
}

function searchArgs(search: string) {
  return search === '' ? {} : { search }
}

export function createMaster(
  which: Accessor<{ readonly entity: string; readonly id: string } | undefined>,
) {
  return createQuery('master', which, () => [`masters:${which()?.entity ?? ''}`])
}
