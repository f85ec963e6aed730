/** Gives changed names their pinyin initials, unless somebody typed other ones. */
import { fieldOf, isEntityName } from '#domain/masters/entities.ts'
import { textOf } from '#domain/masters/master-field.ts'
import { loadInitials } from '#client/projections/pinyin-initials.ts'
import type { MasterChange } from '../face/face.ts'

export async function withInitials(
  changes: readonly MasterChange[],
): Promise<readonly MasterChange[]> {
  if (!changes.some(wantsInitials)) return changes
  const initialsOf = await loadInitials()
  return changes.map((change) => {
    if (!wantsInitials(change)) return change
    const initials = initialsOf(textOf(change.fields, 'name'))
    return initials === '' ? change : { ...change, fields: { ...change.fields, initials } }
  })
}

function wantsInitials({ entity, fields }: MasterChange): boolean {
  const isNamed = textOf(fields, 'name') !== '' && fields['initials'] === undefined
  return isNamed && isEntityName(entity) && fieldOf(entity, 'initials') !== undefined
}
