/** Pages tell the truth about the tree: what they name exists, and no half merge stands in them. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { project, type SourceFile } from './sources.ts'

const named = /`((?:client|domain|sync-server|tests|scripts|docs|public)\/[\w./-]+)`/g

/** Paths that a page names and the project lacks. Decisions speak of their day and are left out. */
export function missingPaths(pages: readonly SourceFile[]): string[] {
  return pages
    .filter(({ path }) => !path.startsWith('docs/decisions/'))
    .flatMap(({ path, text }) =>
      [...text.matchAll(named)]
        .map((match) => match[1] ?? '')
        .filter((each) => !existsSync(join(project, each)))
        .map((each) => `${path} names ${each}`),
    )
}

/** Marks of a merge that nobody finished. */
export function mergeMarks(pages: readonly SourceFile[]): string[] {
  return pages
    .filter(({ text }) => /^(?:<{7} |>{7} |={7}$)/m.test(text))
    .map(({ path }) => `${path} holds two versions of something`)
}
