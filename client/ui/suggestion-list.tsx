/** The list of suggestions under an input that keeps the focus. */
import { createEffect, For, Show } from 'solid-js'
import { t } from '#client/text/translate.ts'
import { Floating } from './floating.tsx'
import css from './suggestion-list.module.css'
import type { Suggestion, Suggestions } from './suggestions.ts'

export interface SuggestionListProps {
  readonly id: string
  readonly label: string
  readonly isOpen: boolean
  readonly anchor: () => HTMLElement | undefined
  readonly suggestions: Suggestions
  /** Shown where nothing is found. */
  readonly emptyText?: string
  readonly onTake: (suggestion: Suggestion) => void
}

/** The id of one option, for aria-activedescendant. */
export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`
}

export function SuggestionList(props: SuggestionListProps) {
  let list: HTMLDivElement | undefined
  createEffect(() => {
    const index = props.suggestions.index()
    list?.querySelector(`#${CSS.escape(optionId(props.id, index))}`)?.scrollIntoView({
      block: 'nearest',
    })
  })
  const width = () => Math.max(220, props.anchor()?.offsetWidth ?? 0)
  return (
    <Floating
      isOpen={props.isOpen}
      anchor={props.anchor}
      minWidth={width()}
      revision={props.suggestions.items()}
    >
      <div
        ref={(element) => (list = element)}
        id={props.id}
        role="listbox"
        aria-label={props.label}
        class={css['list']}
      >
        <For each={props.suggestions.items()}>
          {(item, index) => (
            <div
              id={optionId(props.id, index())}
              role="option"
              class={css['option']}
              aria-selected={index() === props.suggestions.index()}
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => props.suggestions.point(index())}
              onClick={() => props.onTake(item)}
            >
              <span class={css['words']}>
                <span class={css['label']}>{item.label}</span>
                <Show when={item.note}>
                  <span class={css['note']}>{item.note}</span>
                </Show>
              </span>
              <Show when={item.end}>
                <span class={css['end']}>{item.end}</span>
              </Show>
            </div>
          )}
        </For>
      </div>
      <Show when={props.suggestions.items().length === 0}>
        <p class={css['empty']}>
          {props.suggestions.isWaiting()
            ? t('word.loading')
            : (props.emptyText ?? t('combobox.nothing'))}
        </p>
      </Show>
    </Floating>
  )
}
