/** The message of an error code: what happened, and what to do next. */
import { type Language, language } from './language.ts'
import { isProblemCode } from './problem-codes.ts'
import type { Facts } from './problem-saying.ts'
import { textsOf } from './texts.ts'

export interface ProblemText {
  readonly what: string
  readonly next: string
}

const strange: Readonly<Record<Language, (code: string) => ProblemText>> = {
  'zh-CN': (code) => ({
    what: `没有做成（${code}）`,
    next: '已保存的内容没有受影响。请再试一次；若仍不行，把括号里的代码告诉实施人员。',
  }),
  en: (code) => ({
    what: `That did not work (${code})`,
    next: 'Nothing saved is affected. Try again; if it fails once more, tell your support the code in brackets.',
  }),
}

/** `facts` may stand beside the code or under `facts`, as the engine sends them. */
export function problemText(problem: {
  readonly code: string
  readonly facts?: Facts
}): ProblemText {
  const { code, facts, ...beside } = problem
  if (!isProblemCode(code)) return strange[language()](code)
  const saying = textsOf(language()).problems[code]
  const [what, next] = typeof saying === 'function' ? saying({ ...beside, ...facts }) : saying
  return { what, next }
}

/** Both sentences in one, for a line under a field. */
export function problemSentence(problem: Parameters<typeof problemText>[0]): string {
  const { what, next } = problemText(problem)
  const gap = language() === 'en' ? '. ' : '。'
  return next === '' ? what : `${what}${gap}${next}`
}
