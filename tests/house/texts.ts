/** Both languages say the same things, and no view speaks by itself. */
import type { SourceFile } from './sources.ts'
import { withoutComments } from './without-comments.ts'

const chinese = /[\u3000-\u303f\u3400-\u9fff\uff01-\uff60]+/g

/** Keys one dictionary has and the other lacks, and texts that are empty. */
export function textProblems(
  zh: Readonly<Record<string, unknown>>,
  en: Readonly<Record<string, unknown>>,
): string[] {
  const missing = (from: object, where: object, language: string) =>
    Object.keys(from)
      .filter((key) => !(key in where))
      .map((key) => `${key} is missing in ${language}`)
  const empty = Object.keys({ ...zh, ...en }).filter((key) => zh[key] === '' || en[key] === '')
  return [
    ...missing(zh, en, 'English'),
    ...missing(en, zh, 'Chinese'),
    ...empty.map((key) => `${key} is empty`),
  ]
}

/** Keys that nothing asks for. A key made of parts counts as asked for by its first part: t(`cost.${reason}`). */
export function silentTexts(keys: readonly string[], sources: readonly SourceFile[]): string[] {
  const code = sources.map(({ text }) => withoutComments(text)).join('\n')
  return keys.filter(
    (key) => !code.includes(`'${key}'`) && !code.includes(`t(\`${key.split('.')[0]}.\${`),
  )
}

/** Chinese written into a view instead of client/text. */
export function spokenLiterals(sources: readonly SourceFile[]): string[] {
  return sources.flatMap(({ path, text }) =>
    [...withoutComments(text).matchAll(chinese)].map((found) => {
      const line = text.slice(0, found.index).split('\n').length
      return `${path}:${line}: "${found[0]}" belongs to client/text`
    }),
  )
}
