/**
 * A question as a Solid accessor: asked once, asked again when its arguments change or one of its topics is
 * announced, never showing an answer to an older question, keeping the last answer while the next is on its
 * way (no flicker). The only way for a screen to read.
 */
import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js'
import type { QueryArgs, QueryName, QueryResult, Topic } from '#client/engine/face/face.ts'
import { makeAsker } from './asker.ts'
import { engine } from './engine.ts'
import { keepEqual } from './keep-equal.ts'
import { nextFrame } from './next-frame.ts'
import { hears } from './topics.ts'

/**
 * `args` returning undefined means "nothing to ask yet". Reading the accessor throws what the engine threw, so
 * that the screen's error boundary shows it; the next answer heals it.
 */
export function createQuery<Name extends QueryName>(
  name: Name,
  args: Accessor<QueryArgs<Name> | undefined>,
  topics: Accessor<readonly Topic[]>,
): Accessor<QueryResult<Name> | undefined> {
  const [answer, setAnswer] = createSignal<QueryResult<Name> | undefined>(undefined)
  const [failure, setFailure] = createSignal<{ readonly error: unknown } | undefined>(undefined)
  const asker = makeAsker<QueryArgs<Name>, QueryResult<Name>>({
    read: (current) => engine().read(name, current),
    onAnswer(value) {
      setFailure(undefined)
      setAnswer((before) => keepEqual(before, value))
    },
    onFailure: (error) => setFailure({ error }),
    nextFrame,
  })
  onCleanup(asker.stop)
  createEffect(on(args, (current) => asker.ask(current)))
  listen(topics, asker.askAgain)
  return () => {
    const failed = failure()
    if (failed !== undefined) throw failed.error
    return answer()
  }
}

/** Calls `again` for each announcement that concerns `topics`, until the owner is gone. */
export function listen(topics: Accessor<readonly Topic[]>, again: () => void): void {
  const stop = engine().subscribe((announced) => {
    if (hears(topics(), announced)) again()
  })
  onCleanup(stop)
}
