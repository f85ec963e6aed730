/** A file's bytes to the plan of an import: decoded, its table recognised, its rows judged. */

import { limitPlannedRows } from '#domain/values/limits.ts'
import { fail, type Result } from '#domain/values/result.ts'
import { type DecodeProblem, decodeFile } from './decode.ts'
import type { ImportContext, ImportPlan } from './import-plan.ts'
import type { ImportProblem } from './import-problem.ts'
import { planImport, recognizeProfile } from './import-profiles.ts'

export type FileProblem =
  | DecodeProblem
  | ImportProblem
  | { readonly code: 'table-unknown' }
  | { readonly code: 'too-many-rows'; readonly sheet: string; readonly limit: number }

/** The plan of the first sheet that holds a table we know [EXP8]. Writes nothing, never throws. */
export async function planFile(
  bytes: Uint8Array,
  context: ImportContext,
): Promise<Result<ImportPlan, FileProblem>> {
  const decoded = await decodeFile(bytes)
  if (!decoded.ok) return decoded
  for (const sheet of decoded.value) {
    const profile = recognizeProfile(sheet)
    if (profile === undefined) continue
    if (sheet.rows.length > limitPlannedRows) {
      return fail({ code: 'too-many-rows', sheet: sheet.name, limit: limitPlannedRows })
    }
    const planned = planImport(profile, sheet, context)
    return planned.ok ? planned : fail(planned.problem[0] ?? { code: 'table-unknown' })
  }
  return fail({ code: 'table-unknown' })
}
