/**
 * 一瞥 (glance): the answers that the screens were shown last, kept with the store for the first moment of the
 * next start, before the engine runs. INVARIANT: the store removes them with the first change of anything
 * they follow from, so what is found is what the engine would say. Read here with bare IndexedDB: this file
 * is a part of the page's first script and imports nothing.
 */
import type { QueryName } from '../face/face.ts'

/** The named value under which a store keeps it. */
export const glanceName = 'glance'

export interface KeptGlance {
  readonly build: string
  /** By the device's own clock, ms: true from then until then. */
  readonly fromMs: number
  readonly untilMs: number
  readonly answers: readonly KeptAnswer[]
}

export interface KeptAnswer {
  readonly question: string
  readonly value: unknown
  /** Where it ends before the others, ms. */
  readonly untilMs?: number
}

/** What was kept for a question; undefined where nothing was. */
export type Glance = (name: QueryName, args: unknown) => unknown

export function questionText(name: QueryName, args: unknown): string {
  return `${name}|${JSON.stringify(args)}`
}

/** Undefined where it is of another build, or its time is over (or has not come: the clock was set). */
export function glanceOf(
  kept: KeptGlance | undefined,
  now: { readonly build: string; readonly nowMs: number },
): Glance | undefined {
  if (kept === undefined || kept.build !== now.build) return undefined
  const { nowMs } = now
  if (nowMs < kept.fromMs || nowMs >= kept.untilMs) return undefined
  const answers = kept.answers.filter(({ untilMs = kept.untilMs }) => nowMs < untilMs)
  const values = new Map(answers.map(({ question, value }) => [question, value]))
  return (name, args) => values.get(questionText(name, args))
}

/** Never rejects and creates nothing: without a store, or with changes still in its log, there is none. */
export function readKeptGlance(databaseName: string): Promise<KeptGlance | undefined> {
  return new Promise((resolve) => {
    const none = () => resolve(undefined)
    const opening = indexedDB.open(databaseName)
    opening.onupgradeneeded = () => opening.transaction?.abort()
    opening.onerror = none
    opening.onblocked = none
    opening.onsuccess = () => {
      const database = opening.result
      try {
        const transaction = database.transaction(['log', 'values'], 'readonly')
        const changes = transaction.objectStore('log').count()
        const kept = transaction.objectStore('values').get(glanceName)
        transaction.onabort = none
        transaction.oncomplete = () => {
          database.close()
          resolve(changes.result === 0 ? (kept.result as KeptGlance | undefined) : undefined)
        }
      } catch {
        // A store of another shape: the engine will see to it.
        database.close()
        none()
      }
    }
  })
}

export interface GlancingEnds {
  ask(name: QueryName, args: unknown): Promise<unknown>
  readonly glance: Promise<Glance | undefined>
  /** A question was answered at a glance. */
  onShown?(): void
  /** What was shown at a glance is to be asked again. */
  onAwake(): void
}

export interface GlancingReader {
  read(name: QueryName, args: unknown): Promise<unknown>
  /** The engine has spoken: from now on only it answers. `isTold`: everybody asks again anyway. */
  awake(isTold: boolean): void
}

/** Answers from the glance until the engine itself has said anything. */
export function makeGlancingReader(ends: GlancingEnds): GlancingReader {
  const { ask, glance, onAwake } = ends
  let isAwake = false
  let isShown = false
  return {
    read(name, args) {
      const asked = ask(name, args)
      if (isAwake) return asked
      return new Promise((resolve, reject) => {
        asked.then(resolve, reject)
        void glance.then((kept) => {
          const value = isAwake ? undefined : kept?.(name, args)
          if (value === undefined) return
          isShown = true
          // A task for each, so that no screen is drawn with another one in a single long task.
          setTimeout(() => resolve(value))
          ends.onShown?.()
        })
      })
    },
    awake(isTold) {
      if (isAwake) return
      isAwake = true
      if (isShown && !isTold) onAwake()
    },
  }
}
