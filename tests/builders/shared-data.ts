/** Real inputs with known answers, kept beside the repository; whoever lacks them still runs everything else. */

import { existsSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../../../shared/data')

/** The file's address; undefined, with a printed reason, where it is not there: skip the test. */
export function sharedData(path: string): string | undefined {
  const file = join(folder, path)
  if (existsSync(file)) return file
  console.warn(`skipped: no ${path} in ../shared/data beside the repository`)
  return undefined
}
