/**
 * What people are told of what did not hold: refusals of the server, copies of journals that are broken, and a
 * server whose word does not agree with its own earlier one. Tells and keeps; decides nothing.
 */
import type { Head } from '#domain/replica/heads.ts'
import { makeDoubts } from './doubts.ts'
import type { Problem } from '../face/face.ts'
import type { HeadStep } from './head-book.ts'
import type { JournalTrouble } from './inbox.ts'
import type { Loaded } from '../start/loaded.ts'
import type { Clock } from '../ports.ts'
import type { Store } from '../store/store.ts'
import { journalProblem, journalWords, refusalProblem } from './trouble.ts'

export interface ObjectionsOptions {
  readonly store: Pick<Store, 'commit'>
  readonly term: number
  readonly clock: Clock
  readonly loaded: Pick<Loaded, 'doubts' | 'troubles' | 'projector'>
  onChanged(): void
  onFailure(error: unknown): void
}

export interface Objections {
  /** The last thing that the server, or a check of what it sent, objected to. */
  readonly trouble: Problem | undefined
  /** What the server said against its own word, while it is news. */
  readonly doubt: Problem | undefined
  show(problem: Problem): void
  refused(document: string, reason: string): void
  journalBroken(trouble: JournalTrouble): void
  /** A head that the server did not sign. */
  headForged(journal: string): void
  /** It has less than it had signed for. */
  fellBack(steps: readonly HeadStep[]): void
  /** It has another record of this device where it had signed for ours; without `before` a copy wrote it. */
  denied(now: Head, before: Head | undefined): void
  /** It tells another history than before, or than a device has signed. */
  rewrote(journal: string, heads: readonly Head[]): void
  /** It named a record and does not hand it out. */
  withheld(head: Head, kept: number): void
  /** The checkpoint that it handed out does not hold: why, in a word. */
  startDenied(reason: string): void
  /** Records of these came in: what was said against them is over. */
  received(journals: ReadonlySet<string>): void
}

export function makeObjections(options: ObjectionsOptions): Objections {
  const { store, term, clock, loaded, onChanged, onFailure } = options
  const doubts = makeDoubts({ store, term, clock, kept: loaded.doubts, onChanged })
  const damaged = loaded.projector.damaged.at(-1)
  let trouble =
    damaged === undefined
      ? loaded.troubles.at(-1)
      : { code: 'record-damaged', facts: { ...damaged } }

  function show(problem: Problem | undefined): void {
    trouble = problem
    onChanged()
  }

  function doubtIt(problem: Problem, heads: readonly Head[]): void {
    doubts.note(problem, heads).catch(onFailure)
  }

  function rewrote(journal: string, heads: readonly Head[]): void {
    const facts = journalWords(journal, loaded.projector.fold)
    doubtIt({ code: 'server-rewrote', facts }, heads)
  }

  return {
    get trouble() {
      return trouble
    },
    get doubt() {
      return doubts.current
    },
    show,
    refused(document, reason) {
      const problem = refusalProblem(document, reason)
      if (problem !== undefined) show(problem)
    },
    journalBroken: (broken) => show(journalProblem(broken, loaded.projector.fold)),
    headForged: (journal) => show({ code: 'head-forged', facts: { journal } }),
    fellBack(steps) {
      const [first] = steps
      if (first === undefined) return
      const count = steps.reduce((sum, { before, now }) => sum + before.seq - (now?.seq ?? -1), 0)
      const heads = first.now === undefined ? [first.before] : [first.before, first.now]
      doubtIt({ code: 'server-fell-back', facts: { count } }, heads)
    },
    denied(now, before) {
      if (before !== undefined && before.seq >= now.seq) rewrote(now.journal, [before, now])
    },
    rewrote,
    withheld(head, kept) {
      const facts = { ...journalWords(head.journal, loaded.projector.fold), count: head.seq - kept }
      doubtIt({ code: 'journal-withheld', facts }, [head])
    },
    startDenied: (reason) => doubtIt({ code: 'checkpoint-denied', facts: { reason } }, []),
    received(journals) {
      const journal = trouble?.facts?.['journal']
      if (typeof journal === 'string' && journals.has(journal)) show(undefined)
    },
  }
}
