/**
 * Shapes of packed values: the plan of a shape, compiled once into a check that walks over the tape and
 * makes neither objects nor, for most texts, strings. It only says yes or no; whoever wants to know
 * what is wrong reads the value and asks the shape itself.
 */

import { assert } from '#domain/values/assert.ts'
import { packedTag } from './packed-form.ts'
import { numberOfWord, packedWords } from './packed-words.ts'
import { wordCount } from './packed-texts.ts'
import { type PackedTape, type TapeCheck, tapeKind } from './packed-tape.ts'
import type { Shape, ShapePlan } from './shape.ts'

/** Says yes to exactly the values that `shape.check` has no problem with. */
export function packedCheck({ plan }: Shape<unknown>): TapeCheck {
  return compile(plan)
}

function compile(plan: ShapePlan): TapeCheck {
  switch (plan.is) {
    case 'any':
      return () => true
    case 'text':
      return compileText(plan)
    case 'integer':
      return compileInteger(plan)
    case 'list':
      return compileList(plan)
    case 'fields':
      return compileFields(plan)
  }
}

type PlanOf<Is extends ShapePlan['is']> = Extract<ShapePlan, { readonly is: Is }>

function compileText({ isOk, takes }: PlanOf<'text'>): TapeCheck {
  const form = takes === undefined ? undefined : packedTag[takes]
  const isWordOk = wordTest(isOk)
  return ({ kinds, values, texts }, entry) => {
    if (kinds[entry] !== tapeKind.text) return false
    const id = values[entry] ?? 0
    if (id < wordCount) return isWordOk(id)
    return texts.formOf(id) === form || isOk(texts.textOf(id))
  }
}

/** The same for words of the dictionary, each asked about once for ever. */
function wordTest(isOk: (value: string) => boolean): (word: number) => boolean {
  const answers = Uint8Array.from(packedWords, (word) => Number(isOk(word)))
  return (word) => answers[word] === 1
}

function compileInteger({ min, max }: PlanOf<'integer'>): TapeCheck {
  return ({ kinds, values }, entry) => {
    const value = values[entry] ?? 0
    return kinds[entry] === tapeKind.integer && value >= min && value <= max
  }
}

function compileList({ item, limit, unique }: PlanOf<'list'>): TapeCheck {
  const isItem = compile(item)
  const isDistinct = unique === undefined ? () => true : compileDistinct(unique)
  return (tape, entry) => {
    const count = tape.values[entry] ?? 0
    if (tape.kinds[entry] !== tapeKind.list || count > limit) return false
    let at = entry + 1
    for (let i = 0; i < count; i++) {
      if (!isItem(tape, at)) return false
      at = tape.ends[at] ?? 0
    }
    return isDistinct(tape, entry)
  }
}

/** Equal texts have one number within a value, so that none has to be looked at. */
function compileDistinct(unique: string): TapeCheck {
  const name = numberOfWord(unique)
  return (tape, entry) => {
    const end = tape.ends[entry] ?? 0
    tape.texts.beginSet()
    for (let at = entry + 1; at < end; at = tape.ends[at] ?? end) {
      const value = tape.valueUnder(at, name)
      if (!tape.texts.isFirstInSet(tape.values[value] ?? 0)) return false
    }
    return true
  }
}

function compileFields({ named, others, limit, also }: PlanOf<'fields'>): TapeCheck {
  const names = new NamedFields(named, others)
  const isAgreed = also ?? (() => true)
  return (tape, entry) => {
    if (tape.kinds[entry] !== tapeKind.fields || (tape.values[entry] ?? 0) > limit) return false
    return names.fit(tape, entry) && isAgreed(tape, entry)
  }
}

/** Fields with a name of their own; each has a bit. */
const limitNamed = 31
/** Instead of the number of a field of its own. */
const number = { other: -1, refused: -2 } as const

class NamedFields {
  readonly #checks: readonly TapeCheck[]
  readonly #isOther: TapeCheck
  readonly #numberOf: (name: string) => number
  readonly #numberByWord: Int8Array
  /** A bit for each field that must be there. */
  readonly #required: number

  constructor(named: PlanOf<'fields'>['named'], others: PlanOf<'fields'>['others']) {
    assert(named.size <= limitNamed, 'named fields are counted in bits')
    const shapes = [...named.values()]
    const numbers = new Map([...named.keys()].map((name, i) => [name, i]))
    const otherwise = (name: string) => (others?.isName(name) ? number.other : number.refused)
    const numberOf = (name: string) => numbers.get(name) ?? otherwise(name)
    this.#checks = shapes.map(({ plan }) => compile(plan))
    this.#isOther = compile(others?.plan ?? { is: 'any' })
    this.#numberOf = numberOf
    this.#numberByWord = Int8Array.from(packedWords, (word) => numberOf(word))
    this.#required = shapes.reduce(
      (bits, { isOptional }, i) => bits | (Number(!isOptional) << i),
      0,
    )
  }

  /** Whether every field may be there and fits, and none is missing. */
  fit(tape: PackedTape, entry: number): boolean {
    const { values, ends } = tape
    const end = ends[entry] ?? 0
    let found = 0
    for (let at = entry + 1; at < end; at = ends[at + 1] ?? end) {
      const field = this.#numberAt(tape, values[at] ?? 0)
      if (field === number.refused) return false
      const check = field < 0 ? this.#isOther : this.#checks[field]
      if (!check?.(tape, at + 1)) return false
      if (field >= 0) found |= 1 << field
    }
    return (found & this.#required) === this.#required
  }

  #numberAt({ texts }: PackedTape, name: number): number {
    if (name >= wordCount) return this.#numberOf(texts.textOf(name))
    return this.#numberByWord[name] ?? number.refused
  }
}
