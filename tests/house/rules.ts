/** Rules of RULES.md pages and the tests that cite them. */
import type { SourceFile } from './sources.ts'

const idPattern = String.raw`[A-Z]{1,5}-?\d{1,3}`

/** Ids defined as `- **[ABC1]** …`, with the page that defines them. */
export function definedRules(pages: readonly SourceFile[]): { id: string; path: string }[] {
  const definition = new RegExp(String.raw`^- \*\*\[(${idPattern})\]\*\* \S`, 'gm')
  return pages.flatMap(({ path, text }) =>
    [...text.matchAll(definition)].map((match) => ({ id: match[1] ?? '', path })),
  )
}

/** Ids that open a test's title: `it('[ABC1] …')`, `it('[ABC1] [ABC2] …')`. */
export function citedRules(tests: readonly SourceFile[]): { id: string; path: string }[] {
  const title = new RegExp(String.raw`['"\x60]((?:\[${idPattern}\]\s*)+)`, 'g')
  const id = new RegExp(idPattern, 'g')
  return tests.flatMap(({ path, text }) =>
    [...text.matchAll(title)].flatMap((match) =>
      [...(match[1] ?? '').matchAll(id)].map((found) => ({ id: found[0], path })),
    ),
  )
}

export function ruleProblems(pages: readonly SourceFile[], tests: readonly SourceFile[]): string[] {
  const defined = definedRules(pages)
  const cited = citedRules(tests)
  const definedIds = new Set(defined.map(({ id }) => id))
  const citedIds = new Set(cited.map(({ id }) => id))
  const unproved = defined.filter(({ id }) => !citedIds.has(id))
  const unknown = cited.filter(({ id }) => !definedIds.has(id))
  const twice = defined.filter(({ id }, at) => defined.findIndex((other) => other.id === id) !== at)
  const problems = [
    ...unproved.map(({ id, path }) => `${path}: no test cites [${id}]`),
    ...unknown.map(({ id, path }) => `${path}: cites [${id}], which no RULES.md defines`),
    ...twice.map(({ id, path }) => `${path}: [${id}] is defined twice`),
  ]
  return [...new Set(problems)]
}
