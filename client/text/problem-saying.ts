/** The shape in which a language says its error codes. */
import type { Json } from '#domain/values/canonical-text.ts'
import type { ProblemCode } from './problem-codes.ts'

export type Facts = Readonly<Record<string, Json | undefined>>

/** One message: two sentences, or a function of the facts that came with the code. */
export type ProblemSaying =
  | readonly [what: string, next: string]
  | ((facts: Facts) => readonly [what: string, next: string])

export type ProblemTexts = Readonly<Record<ProblemCode, ProblemSaying>>
