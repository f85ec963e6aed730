/** What every document type brings: its folder's files and its one line in the registry. */

/** Files a document type brings, with `{type}` for its name. */
const neededFiles = [
  'domain/documents/{type}/{type}.ts',
  'domain/documents/{type}/{type}.examples.ts',
  'domain/documents/{type}/{type}.test.ts',
  'domain/documents/{type}/RULES.md',
  'tests/goldens/documents/{type}.txt',
]

export function documentProblems(
  paths: readonly string[],
  registered: readonly string[],
): string[] {
  const folder = /^domain\/documents\/([^/]+)\//
  const types = [...new Set(paths.map((path) => folder.exec(path)?.[1] ?? ''))].filter(Boolean)
  const missing = types.flatMap((type) =>
    neededFiles
      .map((file) => file.replaceAll('{type}', type))
      .filter((path) => !paths.includes(path))
      .map((path) => `${path} is missing`),
  )
  const unregistered = types.filter((type) => !registered.includes(type))
  const homeless = registered.filter((type) => !types.includes(type))
  return [
    ...missing,
    ...unregistered.map((type) => `${type} has no line in domain/registry.ts`),
    ...homeless.map((type) => `${type} is registered and has no folder in domain/documents`),
  ]
}
