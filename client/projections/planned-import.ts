/** A dry run of a file: what it would import, and every problem with its row. Nothing is written. */
import { decodeFile } from '#domain/exchange/decode.ts'
import { planImport, recognizeProfile } from '#domain/exchange/import-profiles.ts'
import type { BranchId, WarehouseId } from '#domain/values/ids.ts'
import { money } from '#domain/values/money.ts'
import { fail } from '#domain/values/result.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import type { Problem, QueryArgs, QueryResult } from '#client/engine/face.ts'
import { loadInitials } from './pinyin-initials.ts'
import type { Reading } from './reading.ts'

export async function plannedImport(
  reading: Reading,
  { bytes, warehouseId, costWhenBlank }: QueryArgs<'planImport'>,
  ids: () => string,
): Promise<QueryResult<'planImport'>> {
  const { branchId } = reading.reader()
  if (branchId === undefined) return fail({ code: 'signed-out' })
  const decoded = await decodeFile(bytes)
  if (!decoded.ok) return fail(problemOf(decoded.problem))
  for (const sheet of decoded.value) {
    const profile = recognizeProfile(sheet)
    if (profile === undefined) continue
    const planned = planImport(profile, sheet, {
      masters: reading.fold.masters,
      ids,
      initialsOf: await loadInitials(),
      branchId: branchId as BranchId,
      ...(warehouseId === undefined ? {} : { warehouseId: warehouseId as WarehouseId }),
      ...(costWhenBlank === undefined ? {} : { costWhenBlank: money(costWhenBlank) }),
    })
    return planned.ok ? planned : fail(problemOf(planned.problem[0] ?? { code: 'file-damaged' }))
  }
  return fail({ code: 'table-unknown' })
}

function problemOf({ code, ...facts }: { readonly code: string }): Problem {
  const plain = Object.entries(facts).filter(
    (entry): entry is [string, Json] =>
      typeof entry[1] === 'string' || typeof entry[1] === 'number',
  )
  return plain.length === 0 ? { code } : { code, facts: Object.fromEntries(plain) }
}
