/**
 * Chooses one of many by typing: code, name, pinyin initials. While an input method composes, Enter and the
 * arrows belong to it; leaving with an unfinished text puts the chosen one back.
 */
import { createEffect, createSignal, createUniqueId, onMount } from 'solid-js'
import { t } from '#client/text/translate.ts'
import css from './combobox.module.css'
import { FieldFrame, type FieldProps } from './field.tsx'
import fieldCss from './field.module.css'
import { Icon } from './icon.tsx'
import { isComposingKey } from './composition.ts'
import { optionId, SuggestionList } from './suggestion-list.tsx'
import { createSuggestions, type Suggest, type Suggestion } from './suggestions.ts'

export interface ComboboxProps extends FieldProps {
  readonly value: Suggestion | undefined
  readonly suggest: Suggest
  readonly placeholder?: string
  readonly emptyText?: string
  /** Undefined when it was cleared. */
  readonly onChoose: (suggestion: Suggestion | undefined) => void
}

export function Combobox(props: ComboboxProps) {
  const listId = createUniqueId()
  let input: HTMLInputElement | undefined
  const [anchor, setAnchor] = createSignal<HTMLElement>()
  const [text, setText] = createSignal('')
  const [isOpen, setOpen] = createSignal(false)
  const suggestions = createSuggestions((typed) => props.suggest(typed), text, isOpen)
  const shown = () => props.value?.label ?? ''

  createEffect(() => {
    if (!isOpen() && input !== undefined) input.value = shown()
  })
  onMount(() => props.hasFocus && input?.focus())

  const open = (typed: string) => {
    setText(typed)
    setOpen(true)
  }
  const take = (suggestion: Suggestion | undefined) => {
    setOpen(false)
    if (suggestion?.value !== props.value?.value) props.onChoose(suggestion)
  }
  const leave = () => {
    if (isOpen() && input?.value === '' && props.value !== undefined) take(undefined)
    setOpen(false)
  }
  const moveOrOpen = (step: number) => (isOpen() ? suggestions.move(step) : open(''))
  const enter = () => {
    if (input?.value === '') return take(undefined)
    const found = suggestions.highlighted()
    if (found !== undefined) take(found)
  }
  /** True when the key was ours. */
  const act = (key: string): boolean => {
    if (key === 'ArrowDown') moveOrOpen(1)
    else if (key === 'ArrowUp') moveOrOpen(-1)
    else if (!isOpen()) return false
    else if (key === 'Escape') setOpen(false)
    else if (key === 'Enter') enter()
    else return false
    return true
  }
  const keyDown = (event: KeyboardEvent) => {
    if (isComposingKey(event) || !act(event.key)) return
    event.preventDefault()
    event.stopPropagation()
  }
  const active = () =>
    isOpen() && suggestions.items().length > 0 ? optionId(listId, suggestions.index()) : undefined
  return (
    <FieldFrame {...props}>
      {(control) => (
        <div class={fieldCss['box']} ref={setAnchor}>
          <input
            ref={(element) => (input = element)}
            class={fieldCss['control']}
            role="combobox"
            autocomplete="off"
            data-focus={props.hasFocus ? '' : undefined}
            spellcheck={false}
            aria-expanded={isOpen()}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={active()}
            placeholder={props.placeholder ?? t('combobox.typeToSearch')}
            disabled={props.isDisabled}
            readonly={props.isReadOnly}
            onInput={(event) => open(event.currentTarget.value)}
            onFocus={(event) => event.currentTarget.select()}
            onClick={() => !props.isReadOnly && !isOpen() && open('')}
            onBlur={leave}
            onKeyDown={keyDown}
            {...control()}
          />
          <span class={css['arrow']}>
            <Icon name="chevron-down" size={16} />
          </span>
          <SuggestionList
            id={listId}
            label={props.label}
            isOpen={isOpen()}
            anchor={anchor}
            suggestions={suggestions}
            {...(props.emptyText === undefined ? {} : { emptyText: props.emptyText })}
            onTake={take}
          />
        </div>
      )}
    </FieldFrame>
  )
}
