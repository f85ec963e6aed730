/**
 * A question as a Solid accessor: asked once, asked again when its arguments change or one of its topics is
 * announced, never showing an answer to an older question, keeping the last answer while the next is on its
 * way (no flicker). The only way for a screen to read.
 */
import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js'
import type { QueryArgs, QueryName, QueryResult, Topic } from '#client/engine/face.ts'
import { engine } from './engine.ts'

/** True when an announcement of `topics` concerns this question. */
type Concerns = (topics: readonly Topic[]) => boolean

/**
 * `args` returning undefined means "nothing to ask yet". `topics` are prefixes: `stock` also hears
 * `stock:{sku}`, `stock:{sku}` hears only itself and `stock`-wide announcements.
 */
export function createQuery<Name extends QueryName>(
  name: Name,
  args: Accessor<QueryArgs<Name> | undefined>,
  topics: Accessor<readonly Topic[]>,
): Accessor<QueryResult<Name> | undefined> {
  const [answer, setAnswer] = createSignal<QueryResult<Name> | undefined>(undefined)
  let asked = 0
  const ask = async (): Promise<void> => {
    const current = args()
    if (current === undefined) return
    asked += 1
    const mine = asked
    const result = await engine().read(name, current)
    if (mine === asked) setAnswer(() => result)
  }
  createEffect(on(args, () => void ask()))
  listen((announced) => hears(topics(), announced), ask)
  return answer
}

/** Runs `again` once per announcement that concerns it, until the owner is gone. */
export function listen(concerns: Concerns, again: () => Promise<void>): void {
  const stop = engine().subscribe((announced) => {
    if (concerns(announced)) void again()
  })
  onCleanup(stop)
}

/** `*` announces everything, `draft:*` all drafts; `stock:{sku}` also concerns who asked for `stock`. */
export function hears(topics: readonly Topic[], announced: readonly Topic[]): boolean {
  return announced.some((each) => topics.some((topic) => concerns(each, topic)))
}

function concerns(announced: Topic, topic: Topic): boolean {
  if (announced === '*' || announced === topic || announced.startsWith(`${topic}:`)) return true
  return announced.endsWith(':*') && topic.startsWith(announced.slice(0, -1))
}
