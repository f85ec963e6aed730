/** One generated history: the fold against the auditor, with the story where they differ. */
import { expect } from 'vitest'
import { audit } from '#tests/oracle/audit.ts'
import { differences } from './compare.ts'
import { foldOf } from './fold-figures.ts'
import type { History } from './history.ts'
import { shown } from './show.ts'
import { writeHistory } from './write-history.ts'

export function agrees(history: History): void {
  const entries = writeHistory(history).groups.flat()
  const fold = foldOf(entries)
  expect(fold.findings().filter(({ code }) => code === 'malformed-record')).toEqual([])
  const audited = audit(entries)
  const found = differences(fold, audited)
  if (found.length > 0) throw new Error(`\n${shown(history, audited, found)}`)
}
