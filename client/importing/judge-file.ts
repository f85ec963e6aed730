/** A file judged on a ground: what it would import, and every problem with its row. Nothing is written. */
import { uuidv7 } from 'uuidv7'
import { type ImportGround, mastersOf } from '#domain/exchange/import-ground.ts'
import type { ImportPlan } from '#domain/exchange/import-plan.ts'
import { planFile } from '#domain/exchange/plan-file.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import type { WarehouseId } from '#domain/values/ids.ts'
import { money } from '#domain/values/money.ts'
import { fail, type Result } from '#domain/values/result.ts'
import type { Problem } from '#client/engine/face/face.ts'
import { loadInitials } from '#client/projections/pinyin-initials.ts'

export interface JudgedFile {
  readonly bytes: Uint8Array
  readonly ground: ImportGround
  /** For files that name no warehouse. */
  readonly warehouseId?: string
  /** Fen that a line of opening stock without any cost counts as; left out, it is a problem of its row. */
  readonly costWhenBlank?: number
}

export type Judgement = Result<ImportPlan, Problem>

export async function judgeFile(file: JudgedFile): Promise<Judgement> {
  const { bytes, ground, warehouseId, costWhenBlank } = file
  const planned = await planFile(bytes, {
    masters: mastersOf(ground),
    ids: uuidv7,
    initialsOf: await loadInitials(),
    branchId: ground.branchId,
    ...(warehouseId === undefined ? {} : { warehouseId: warehouseId as WarehouseId }),
    ...(costWhenBlank === undefined ? {} : { costWhenBlank: money(costWhenBlank) }),
  })
  return planned.ok ? planned : fail(problemOf(planned.problem))
}

function problemOf({ code, ...facts }: { readonly code: string }): Problem {
  const plain = Object.entries(facts).filter(
    (entry): entry is [string, Json] =>
      typeof entry[1] === 'string' || typeof entry[1] === 'number',
  )
  return plain.length === 0 ? { code } : { code, facts: Object.fromEntries(plain) }
}
