/**
 * The one box opened: a text on top, what it found below in sections, arrows and Enter. Shell only: what is
 * found and what happens is handed in. Opens where the box of the top bar stands.
 */
import { Dialog as Kobalte } from '@kobalte/core/dialog'
import { createEffect, createMemo, createSignal, createUniqueId, For, on, Show } from 'solid-js'
import { t } from '#client/text/translate.ts'
import css from './command-palette.module.css'
import { isComposingKey } from './composition.ts'
import { createFocusReturn } from './focus-return.ts'
import { Icon, type IconName } from './icon.tsx'

export interface PaletteItem {
  readonly key: string
  readonly label: string
  /** Second voice after the label. */
  readonly note?: string
  /** At the far end: stock, state, keys. */
  readonly end?: string
  readonly icon: IconName
  readonly onRun: () => void
}

export interface PaletteSection {
  readonly title: string
  readonly items: readonly PaletteItem[]
}

export interface CommandPaletteProps {
  readonly isOpen: boolean
  readonly text: string
  readonly sections: readonly PaletteSection[]
  /** Something is still being looked up. */
  readonly isWaiting?: boolean
  readonly onText: (text: string) => void
  readonly onClose: () => void
}

export function CommandPalette(props: CommandPaletteProps) {
  const giveBack = createFocusReturn(() => props.isOpen)
  return (
    <Kobalte open={props.isOpen} onOpenChange={(isOpen) => !isOpen && props.onClose()} modal>
      <Kobalte.Portal>
        <Kobalte.Overlay class={css['scrim']} />
        <Kobalte.Content
          class={css['palette']}
          aria-label={t('palette.title')}
          onCloseAutoFocus={giveBack}
        >
          <PaletteBody {...props} />
        </Kobalte.Content>
      </Kobalte.Portal>
    </Kobalte>
  )
}

function PaletteBody(props: CommandPaletteProps) {
  const listId = createUniqueId()
  let list: HTMLDivElement | undefined
  const [index, setIndex] = createSignal(0)
  const items = createMemo(() => props.sections.flatMap((section) => section.items))
  createEffect(
    on(
      () => props.text,
      () => setIndex(0),
      { defer: true },
    ),
  )
  createEffect(() => {
    const chosen = items()[Math.min(index(), items().length - 1)]
    if (chosen === undefined) return
    const option = list?.querySelector(`[data-key="${CSS.escape(chosen.key)}"]`)
    option?.scrollIntoView({ block: 'nearest' })
  })
  const chosen = () => items()[Math.min(index(), items().length - 1)]
  const run = (item: PaletteItem) => {
    props.onClose()
    item.onRun()
  }
  const move = (step: number) => {
    const count = items().length
    if (count > 0) setIndex((at) => (at + step + count) % count)
  }
  const enter = () => {
    const item = chosen()
    if (item !== undefined && !props.isWaiting) run(item)
  }
  const keyDown = (event: KeyboardEvent) => {
    if (isComposingKey(event)) return
    if (event.key === 'ArrowDown') move(1)
    else if (event.key === 'ArrowUp') move(-1)
    else if (event.key === 'Enter') enter()
    else return
    event.preventDefault()
  }
  return (
    <>
      <div class={css['box']}>
        <Icon name="search" />
        <input
          class={css['input']}
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-label={t('frame.box')}
          aria-activedescendant={chosen() === undefined ? undefined : `${listId}-${chosen()?.key}`}
          autocomplete="off"
          spellcheck={false}
          autofocus
          placeholder={t('frame.box')}
          value={props.text}
          onInput={(event) => props.onText(event.currentTarget.value)}
          onKeyDown={keyDown}
        />
        <Kobalte.CloseButton class={css['close']} aria-label={t('word.close')}>
          <Icon name="close" size={18} />
        </Kobalte.CloseButton>
      </div>
      <div
        ref={(element) => (list = element)}
        id={listId}
        class={css['list']}
        role="listbox"
        aria-label={t('palette.title')}
      >
        <For each={props.sections}>
          {(section) => (
            <Section
              section={section}
              listId={listId}
              chosenKey={chosen()?.key}
              onPoint={(item) => setIndex(items().indexOf(item))}
              onRun={run}
            />
          )}
        </For>
      </div>
      <Show when={items().length === 0 && props.text !== '' && !props.isWaiting}>
        <div class={css['empty']} role="status">
          <p>{t('palette.nothing', props.text)}</p>
          <p class={css['emptyNext']}>{t('palette.nothingNext')}</p>
        </div>
      </Show>
      <p class={css['keys']}>{t('palette.keys')}</p>
    </>
  )
}

interface SectionProps {
  readonly section: PaletteSection
  readonly listId: string
  readonly chosenKey: string | undefined
  readonly onPoint: (item: PaletteItem) => void
  readonly onRun: (item: PaletteItem) => void
}

function Section(props: SectionProps) {
  const titleId = createUniqueId()
  return (
    <Show when={props.section.items.length > 0}>
      <div role="group" aria-labelledby={titleId}>
        <p id={titleId} class={css['section']}>
          {props.section.title}
        </p>
        <For each={props.section.items}>
          {(item) => (
            <div
              id={`${props.listId}-${item.key}`}
              data-key={item.key}
              class={css['item']}
              role="option"
              aria-selected={item.key === props.chosenKey}
              onMouseMove={() => props.onPoint(item)}
              onClick={() => props.onRun(item)}
            >
              <Icon name={item.icon} size={18} />
              <span class={css['words']}>
                {item.label}
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
    </Show>
  )
}
