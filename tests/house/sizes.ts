/** Size budgets of files; function sizes are held by lint. A smell, not a law: split by meaning. */
import type { SourceFile } from './sources.ts'

/** Lines of a file, of a document type's own file, and of nine files in ten. */
export const budgets = { file: 400, documentType: 200, ninetieth: 250 }

/** Tables of words or rows, not code. */
const tables = /^client\/text\/|^tests\/goldens\/|^domain\/demonstration\/catalogue/

/** The ratchet: files above budget with the lines they have; a number here may only fall. */
export const tolerated: Readonly<Record<string, number>> = {}

export function sizeProblems(sources: readonly SourceFile[]): string[] {
  return sources
    .filter(({ path }) => !tables.test(path))
    .map(({ path, text }) => ({ path, lines: linesOf(text), budget: budgetOf(path) }))
    .filter(({ lines, budget }) => lines > budget)
    .map(({ path, lines, budget }) => `${path} has ${lines} lines of ${budget}`)
}

/** The size that nine files in ten stay within. */
export function ninetiethOf(sources: readonly SourceFile[]): number {
  const sizes = sources.map(({ text }) => linesOf(text)).sort((one, other) => one - other)
  return sizes[Math.floor(sizes.length * 0.9)] ?? 0
}

function budgetOf(path: string): number {
  const [, name, file] = /^domain\/documents\/([^/]+)\/([^/]+)\.ts$/.exec(path) ?? []
  const isDocumentType = name !== undefined && name === file
  return tolerated[path] ?? (isDocumentType ? budgets.documentType : budgets.file)
}

function linesOf(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
}
