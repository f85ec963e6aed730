/**
 * What the server said and what does not agree with what it had signed or handed out before: a server that
 * was put back, or whose operator lies. Kept with both signed heads, so that it can be shown to somebody, and
 * told for a day. Decides nothing about records.
 */
import type { Head } from '#domain/replica/heads.ts'
import type { Problem } from '../face/face.ts'
import type { Clock } from '../ports.ts'
import type { Store } from '../store/store.ts'

export interface Doubt {
  readonly problem: Problem
  /** Device time. */
  readonly atMs: number
  /** What the server signed, the older first. */
  readonly heads: readonly Head[]
}

export interface Doubts {
  /** The newest, while it is news. */
  readonly current: Problem | undefined
  note(problem: Problem, heads: readonly Head[]): Promise<void>
}

export interface DoubtsOptions {
  readonly store: Pick<Store, 'commit'>
  readonly term: number
  readonly clock: Clock
  readonly kept: readonly Doubt[]
  onChanged(): void
}

const doubtsName = 'doubts'
/** A liar who goes on and on shall not fill the disk: the first and the newest are kept. */
const limitDoubts = 20
const newsMs = 86_400_000

export function makeDoubts({ store, term, clock, kept, onChanged }: DoubtsOptions): Doubts {
  let doubts = kept

  function isNews({ atMs }: Doubt): boolean {
    return Math.abs(clock.nowMs() - atMs) < newsMs
  }

  function isKnown({ code, facts }: Problem): boolean {
    return doubts.some(
      (each) =>
        isNews(each) &&
        each.problem.code === code &&
        each.problem.facts?.['journal'] === facts?.['journal'],
    )
  }

  return {
    get current() {
      return doubts.filter(isNews).at(-1)?.problem
    },
    async note(problem, heads) {
      if (isKnown(problem)) return
      const [first, ...others] = [...doubts, { problem, atMs: clock.nowMs(), heads }]
      if (first === undefined) return
      doubts = [first, ...others.slice(1 - limitDoubts)]
      onChanged()
      await store.commit({ term, values: { [doubtsName]: doubts } })
    },
  }
}

export async function doubtsOf(store: Pick<Store, 'value'>): Promise<readonly Doubt[]> {
  return ((await store.value(doubtsName)) as readonly Doubt[] | undefined) ?? []
}
