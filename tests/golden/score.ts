/**
 * Scores cases: chooses the policy, plays the operations in the order of entry and reads each figure
 * at its point, then, where records are written, reads the final figures of every order of arrival.
 */

import { chooseVariant } from './own-policy.ts'
import { NotYet, type Play } from './play.ts'
import { playBom } from './players/bom.ts'
import { arrivalProblems, playLedger } from './players/ledger.ts'
import { playLots } from './players/lots.ts'
import { playPlace } from './players/place.ts'
import { playReserve } from './players/reserve.ts'
import { playSplit } from './players/split.ts'
import { playUom } from './players/uom.ts'
import { CaseProblem, type GoldenCase, type UnreadableCase, type Variant } from './read-cases.ts'
import { type Scored, score } from './scored.ts'

export interface Outcome {
  readonly id: string
  readonly outcome: 'pass' | 'fail' | 'other'
  /** Of 'other': whose policy or work it is. Of 'fail': what is missing or thrown, where that is why. */
  readonly reason?: string
  readonly expectations: readonly Scored[]
}

type OpenPlay = (golden: GoldenCase, variant: Variant) => Play

const players: Readonly<Record<string, OpenPlay>> = {
  bom: (_, { setup }) => playBom(setup),
  ledger: playLedger,
  lots: (_, { setup }) => playLots(setup),
  place: (_, { setup }) => playPlace(setup),
  reserve: playReserve,
  split: (_, { setup }) => playSplit(setup),
  uom: (_, { setup }) => playUom(setup),
}

export function scoreCase(golden: GoldenCase | UnreadableCase): Outcome {
  if ('problem' in golden) return failed(golden.id, golden.problem)
  const openPlay = players[golden.model]
  if (openPlay === undefined) {
    return {
      id: golden.id,
      outcome: 'other',
      reason: `own work: ${golden.model}`,
      expectations: [],
    }
  }
  try {
    return scoreReadable(golden, openPlay)
  } catch (error) {
    return failed(golden.id, reasonOf(error))
  }
}

function scoreReadable(golden: GoldenCase, openPlay: OpenPlay): Outcome {
  const { id, tags } = golden
  const chosen = chooseVariant(golden)
  if ('foreign' in chosen) {
    const reason = `other policy: ${[...tags, ...chosen.foreign].join(', ')}`
    return { id, outcome: 'other', reason, expectations: [] }
  }
  const expectations = playInOrder(golden, chosen.variant, openPlay)
  const isRight = expectations.every((each) => each.isRight)
  const problem =
    isRight && golden.model === 'ledger' ? arrivalProblems(golden, chosen.variant) : undefined
  const outcome = isRight && problem === undefined ? 'pass' : 'fail'
  return { id, outcome, ...(problem !== undefined && { reason: problem }), expectations }
}

function playInOrder(golden: GoldenCase, variant: Variant, openPlay: OpenPlay): Scored[] {
  const play = openPlay(golden, variant)
  const last = golden.ops.at(-1)?.n
  const dueAfter = (n: number) =>
    variant.expect.filter(({ after }) => (after === undefined ? last : after) === n)
  return golden.ops.flatMap((op) => {
    play.enter(op)
    return dueAfter(op.n).map((expectation) => score(expectation, play.read(expectation)))
  })
}

function failed(id: string, reason: string): Outcome {
  return { id, outcome: 'fail', reason, expectations: [] }
}

/** Whatever the product or the case does wrong costs this case alone. */
function reasonOf(error: unknown): string {
  if (error instanceof NotYet) return `not yet: ${error.message}`
  if (error instanceof CaseProblem) return error.message
  return `thrown: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}
