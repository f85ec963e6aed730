/** Everything that was ever said of one field of a master among goods, the oldest first. */

import { audiences } from '#domain/records/audience.ts'
import { isServerDevice } from '#domain/records/journal-name.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { cellOf } from './master-tables.ts'
import type { Masters } from './masters.ts'

const goods = audiences.indexOf('goods')

export function saidOf({ names, tables }: Masters, master: number, fieldName: string): Json[] {
  return valuesOf(names, tables, versionsOf({ names, tables }, master, fieldName))
}

/** Of it, what the server said. */
export function saidByServer(
  { names, tables }: Masters,
  master: number,
  fieldName: string,
): Json[] {
  const { device } = tables.versions.columns
  const versions = versionsOf({ names, tables }, master, fieldName).filter((version) =>
    isServerDevice(names.devices.text(device[version] as number)),
  )
  return valuesOf(names, tables, versions)
}

function versionsOf(
  { names, tables }: Pick<Masters, 'names' | 'tables'>,
  master: number,
  fieldName: string,
): number[] {
  const field = names.fields.find(fieldName)
  if (field < 0) return []
  const { older } = tables.versions.columns
  const versions: number[] = []
  let version = cellOf(tables, master, field, goods)
  for (; version >= 0; version = older[version] as number) versions.push(version)
  return versions.reverse()
}

function valuesOf(
  names: Masters['names'],
  { versions: { columns } }: Masters['tables'],
  versions: readonly number[],
): Json[] {
  return versions.map(
    (version) => JSON.parse(names.texts.read(columns.value[version] as number)) as Json,
  )
}
