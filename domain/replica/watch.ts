/**
 * Tells what a journal has gained, in order and without gaps. A listener of Yjs that throws wedges its
 * document for ever, so nothing that happens in here, or in what it calls, gets out.
 */

import type * as Y from 'yjs'
import { type JournalEntry, journalMap, journalTail, readEntries, seqOfKey } from './journal.ts'

/** What `watchJournal` reports. */
export type WatchProblem =
  /** The listener threw. Its entries are not offered again: read them with `readEntries`. */
  | { readonly code: 'listener-failed'; readonly error: unknown }
  /** A key that is no number, or a value that is no byte array. */
  | { readonly code: 'foreign-entry'; readonly key: string }
  /** An entry that was told before has changed or gone: never by an honest replica. */
  | { readonly code: 'entry-changed'; readonly seq: number }
  /** An entry below the first that was told: the run began too early to include it. */
  | { readonly code: 'entry-late'; readonly seq: number }

/** From where to watch, and who hears of problems. */
export interface WatchOptions {
  /** Tell nothing before this number has arrived; by default the run begins where the document does. */
  readonly fromSeq?: number
  readonly onProblem?: (problem: WatchProblem) => void
}

/**
 * [WCH1] Calls `onEntries` after each transaction that completes the run of numbers, with the new
 * part of it: what was there when watching began is not told. Returns how to stop.
 */
export function watchJournal(
  doc: Y.Doc,
  onEntries: (entries: readonly JournalEntry[]) => void,
  options: WatchOptions = {},
): () => void {
  const root = journalMap(doc)
  const report = quietly(options.onProblem)
  const tail = journalTail(doc)
  const run: Run = { firstSeq: options.fromSeq ?? tail?.firstSeq, nextSeq: options.fromSeq }
  if (tail !== undefined) run.nextSeq = Math.max(run.nextSeq ?? 0, tail.lastSeq + 1)

  function tellNew(event: Y.YMapEvent<unknown>): void {
    for (const key of event.keysChanged) reportKey(root, key, run, report)
    const entries = readEntries(doc, run.nextSeq ?? 0)
    const [first] = entries
    // Above a gap: told when the gap has been filled.
    if (first === undefined || first.seq !== (run.nextSeq ?? first.seq)) return
    run.firstSeq ??= first.seq
    run.nextSeq = first.seq + entries.length
    onEntries(entries)
  }

  function observe(event: Y.YMapEvent<unknown>): void {
    try {
      tellNew(event)
    } catch (error) {
      report({ code: 'listener-failed', error })
    }
  }

  root.observe(observe)
  return () => root.unobserve(observe)
}

/** A reporter that cannot throw. */
export function quietly<Problem>(
  onProblem: ((problem: Problem) => void) | undefined,
): (problem: Problem) => void {
  return (problem) => {
    try {
      onProblem?.(problem)
    } catch {
      // Whoever hears of problems has none left to report his own to.
    }
  }
}

interface Run {
  /** The first number that was there or was told. */
  firstSeq: number | undefined
  /** The number after the last that was there or was told; undefined before any. */
  nextSeq: number | undefined
}

function reportKey(
  root: Y.Map<unknown>,
  key: string | null,
  run: Run,
  report: (problem: WatchProblem) => void,
): void {
  const seq = key === null ? undefined : seqOfKey(key)
  if (seq === undefined) report({ code: 'foreign-entry', key: String(key) })
  else if (run.firstSeq !== undefined && seq < run.firstSeq) report({ code: 'entry-late', seq })
  else if (seq < (run.nextSeq ?? 0)) report({ code: 'entry-changed', seq })
  else if (!(root.get(String(seq)) instanceof Uint8Array)) {
    report({ code: 'foreign-entry', key: String(seq) })
  }
}
