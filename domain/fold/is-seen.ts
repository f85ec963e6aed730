/** [FIN12] Whether somebody has looked at just these facts of a finding; others make it speak again. */

import type { Finding } from './finding.ts'
import type { FoldState } from './fold-state.ts'

export function isSeen(state: FoldState, { key, seenAs = '' }: Finding): boolean {
  return state.seen.get(key)?.has(seenAs) ?? false
}
