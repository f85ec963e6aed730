/** The project's own files as texts, for house rules to read. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'

export const project = join(import.meta.dirname, '..', '..')

export interface SourceFile {
  /** From the project root, with `/`. */
  readonly path: string
  readonly text: string
}

export const shippedFolders = ['domain', 'client', 'sync-server'] as const

/** Files under the folders whose names end so; folders that do not exist yet are empty. */
export function sourcesUnder(folders: readonly string[], ending: RegExp): SourceFile[] {
  return folders
    .flatMap((folder) => pathsUnder(folder))
    .filter((path) => ending.test(path))
    .map((path) => ({ path, text: readFileSync(join(project, path), 'utf8') }))
}

/** Tests, and suites that several tests share (`store-contract.ts`). */
export function isTest(path: string): boolean {
  return /(?:\.test|\.spec|-contract)\.tsx?$/.test(path)
}

function pathsUnder(folder: string): string[] {
  const start = join(project, folder)
  if (!existsSync(start)) return []
  return readdirSync(start, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(project.length + 1))
    .map((path) => path.split(sep).join('/'))
    .sort()
}
