/** A dry run of a file: what it would import, and every problem with its row. Nothing is written. */
import type { QueryArgs, QueryResult } from '#client/engine/face.ts'
import { engine } from './engine.ts'

export function planImport(args: QueryArgs<'planImport'>): Promise<QueryResult<'planImport'>> {
  return engine().read('planImport', args)
}
