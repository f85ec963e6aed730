/** One expectation beside what was found. */

import { claims, type Figure, shown } from './figures.ts'
import type { Expectation, Value } from './read-cases.ts'

export interface Scored {
  readonly what: string
  /** The selectors of the expectation, as text: 'of 3', 'sku A wh W'. */
  readonly about: string
  readonly expected: Value
  readonly got: Value
  readonly isRight: boolean
}

export function score(expectation: Expectation, got: Figure): Scored {
  const { what, is, after: _, seen: __, ...selectors } = expectation
  return {
    what,
    about: Object.entries(selectors)
      .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
      .join(' '),
    expected: is as Value,
    got: shown(got),
    isRight: claims(is as Value, got),
  }
}
