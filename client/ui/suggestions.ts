/**
 * What is offered while somebody types: answers in order of asking (a late answer to an older text is
 * dropped), a highlighted one, and what Enter would take. Used by the combobox and the line grid.
 */
import { type Accessor, createEffect, createSignal, on } from 'solid-js'

/** One offered thing. */
export interface Suggestion {
  readonly value: string
  readonly label: string
  /** Second voice after the label: specification, code. */
  readonly note?: string
  /** At the far end: stock, price. */
  readonly end?: string
}

export type Suggest = (text: string) => readonly Suggestion[] | Promise<readonly Suggestion[]>

export interface Suggestions {
  readonly items: Accessor<readonly Suggestion[]>
  readonly index: Accessor<number>
  /** The highlighted one, when the list answers the text as it now stands. */
  readonly highlighted: Accessor<Suggestion | undefined>
  readonly isWaiting: Accessor<boolean>
  readonly move: (step: number) => void
  readonly point: (index: number) => void
}

/** Asks again whenever the text changes while `isOpen`. */
export function createSuggestions(
  suggest: (text: string) => ReturnType<Suggest>,
  text: Accessor<string>,
  isOpen: Accessor<boolean>,
): Suggestions {
  const [items, setItems] = createSignal<readonly Suggestion[]>([])
  const [index, setIndex] = createSignal(0)
  const [answered, setAnswered] = createSignal<string>()
  let asked = 0

  createEffect(
    on([text, isOpen], async ([current, isAsking]) => {
      asked += 1
      if (!isAsking) {
        setAnswered(undefined)
        setItems([])
        return
      }
      const mine = asked
      const answer = suggest(current)
      const found = answer instanceof Promise ? await answer.catch(() => []) : answer
      if (mine !== asked) return
      setItems(found)
      setIndex(0)
      setAnswered(current)
    }),
  )

  const isWaiting = () => isOpen() && answered() !== text()
  return {
    items,
    index,
    isWaiting,
    highlighted: () => (isWaiting() ? undefined : items()[index()]),
    move: (step) => {
      const count = items().length
      if (count > 0) setIndex((at) => (at + step + count) % count)
    },
    point: setIndex,
  }
}
