/** What plays a case: one operation after the other, figures read whenever asked. */

import type { Figure } from './figures.ts'
import type { Expectation, Operation } from './read-cases.ts'

export interface Play {
  /** Enters one operation as a person would; what is refused changes nothing. */
  enter(operation: Operation): void
  /** The figure that an expectation asks for, as of now. */
  read(expectation: Expectation): Figure
}

/** Something that the product cannot do yet: an honest failure, with its name. */
export class NotYet extends Error {}
