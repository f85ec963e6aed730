/** What a file to be imported is judged against: the masters as they stand, and the branch. */
import { importGround } from '#domain/exchange/import-ground.ts'
import type { BranchId } from '#domain/values/ids.ts'
import { done, fail } from '#domain/values/result.ts'
import type { QueryResult } from '#client/engine/face/face.ts'
import type { Reading } from './reading.ts'

export function groundOfImport(reading: Reading): QueryResult<'importGround'> {
  const { branchId } = reading.reader()
  if (branchId === undefined) return fail({ code: 'signed-out' })
  return done(importGround(reading.fold.masters, branchId as BranchId))
}
