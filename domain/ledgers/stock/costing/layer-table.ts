/** Layers as columns of a checkpoint, one row per layer, oldest first within its pool. */

import { appendRow, openTable, type Table } from '../../columns/table.ts'
import { Layers } from './layers.ts'

export const layerSchema = { pool: 'i32', source: 'i32', quantity: 'f64', value: 'f64' } as const

export function layerTable(layers: Layers): Table<typeof layerSchema> {
  const table = openTable(layerSchema)
  for (let pool = 0; pool < layers.pools; pool++) {
    for (let index = 0; index < layers.count(pool); index++) {
      const { source, quantity, value } = layers.layer(pool, index)
      const row = appendRow(table)
      table.columns.pool[row] = pool
      table.columns.source[row] = source
      table.columns.quantity[row] = quantity
      table.columns.value[row] = value
    }
  }
  return table
}

export function layersOfTable({ columns, rows }: Table<typeof layerSchema>): Layers {
  const { pool, source, quantity, value } = columns
  const layers = new Layers()
  for (let row = 0; row < rows; row++) {
    const goods = quantity[row] as number
    layers.push(pool[row] as number, source[row] as number, goods, value[row] as number)
  }
  return layers
}
