/**
 * Keeps the answers of the screens that are open for the first moment of the next start (glance.ts): once it
 * has been quiet for a while, and only where no change is on its way to the store.
 */
import { addDays, businessDateOf, startOf, type Zone } from '#domain/values/business-date.ts'
import type { DeviceClock } from '../own/device-clock.ts'
import type { QueryName } from '../face/face.ts'
import { glanceName, type KeptAnswer, type KeptGlance, questionText } from './glance.ts'
import type { Timers } from '../ports.ts'
import type { WatchedStore } from '../store/watched-store.ts'

export interface GlanceKeeperOptions {
  readonly store: WatchedStore
  readonly term: number
  readonly timers: Timers
  readonly build: string
  readonly clock: DeviceClock
  zone(): Zone
  /** Until when, by the device's clock, somebody may work here without being asked; undefined for nobody. */
  readyUntilMs(): number | undefined
  read(name: QueryName, args: unknown): Promise<unknown>
}

interface Question {
  readonly name: QueryName
  readonly args: unknown
}

export interface GlanceKeeper {
  /** A screen has asked. */
  asked(name: QueryName, args: unknown): void
  close(): void
}

/** Questions whose answers follow from the store alone. */
const kinds: ReadonlySet<QueryName> = new Set<QueryName>([
  ...(['session', 'stock', 'products', 'masters', 'documents', 'findings', 'home'] as const),
  'decisions',
])
const limitQuestions = 16
const limitLetters = 1_000_000
const quietMs = 3_000
const longestMs = 86_400_000

export function makeGlanceKeeper(options: GlanceKeeperOptions): GlanceKeeper {
  const { store, term, timers, clock } = options
  const questions = new Map<string, Question>()
  let cancel: (() => void) | undefined
  let isClosed = false

  const unwatch = store.onChange(later)

  function later(): void {
    cancel?.()
    if (!isClosed) cancel = timers.after(quietMs, () => void run())
  }

  async function run(): Promise<void> {
    const untilMs = options.readyUntilMs()
    if (isClosed || untilMs === undefined) return
    const mark = store.changes
    if (mark === undefined) return later()
    const fromMs = clock.now() - clock.offset().ms
    try {
      const answers = await answered()
      const kept: KeptGlance = {
        ...{ build: options.build, fromMs, answers },
        untilMs: Math.min(untilMs, fromMs + longestMs),
      }
      if (isClosed || JSON.stringify(answers).length > limitLetters) return
      if (store.changes === mark) await store.commit({ term, values: { [glanceName]: kept } })
      else later()
    } catch {
      // The next start is slower by it; a store that fails shows where it matters.
    }
  }

  async function answered(): Promise<KeptAnswer[]> {
    const answers: KeptAnswer[] = []
    for (const [question, { name, args }] of questions) {
      const value = await options.read(name, args)
      const ends = name === 'home' ? { untilMs: dayEndsMs(options) } : {}
      if (value !== undefined) answers.push({ question, value, ...ends })
    }
    return answers
  }

  return {
    asked(name, args) {
      if (!kinds.has(name)) return
      const isNew = note(questions, { name, args })
      if (isNew) later()
    },
    close() {
      isClosed = true
      unwatch()
      cancel?.()
    },
  }
}

/** Puts a question last and forgets the oldest; whether it is a new one. */
function note(questions: Map<string, Question>, asked: Question): boolean {
  const text = questionText(asked.name, asked.args)
  const isNew = !questions.delete(text)
  questions.set(text, asked)
  for (const oldest of questions.keys()) {
    if (questions.size <= limitQuestions) break
    questions.delete(oldest)
  }
  return isNew
}

/** By the device's own clock, as everything that is kept. */
function dayEndsMs({ clock, zone }: GlanceKeeperOptions): number {
  const tomorrow = addDays(businessDateOf(clock.now(), zone()), 1)
  return startOf(tomorrow, zone()) - clock.offset().ms
}
