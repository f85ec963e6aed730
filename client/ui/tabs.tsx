/** Parts of one subject side by side in place; arrows move between them. */
import { Tabs as Kobalte } from '@kobalte/core/tabs'
import { For, type JSX, Show } from 'solid-js'
import { countText } from '#client/text/figures.ts'
import css from './tabs.module.css'

export interface Tab {
  readonly key: string
  readonly label: string
  readonly count?: number
}

export interface TabsProps {
  readonly label: string
  readonly tabs: readonly Tab[]
  readonly chosen: string
  readonly onChoose: (key: string) => void
  /** The content of the chosen one. */
  readonly children: (key: string) => JSX.Element
}

export function Tabs(props: TabsProps) {
  return (
    <Kobalte class={css['tabs']} value={props.chosen} onChange={props.onChoose}>
      <Kobalte.List class={css['list']} aria-label={props.label} data-print="hide">
        <For each={props.tabs}>
          {(tab) => (
            <Kobalte.Trigger class={css['tab']} value={tab.key}>
              {tab.label}
              <Show when={tab.count !== undefined}>
                <span class={css['count']}>{countText(tab.count ?? 0)}</span>
              </Show>
            </Kobalte.Trigger>
          )}
        </For>
      </Kobalte.List>
      <For each={props.tabs}>
        {(tab) => (
          <Kobalte.Content class={css['content']} value={tab.key}>
            {props.children(tab.key)}
          </Kobalte.Content>
        )}
      </For>
    </Kobalte>
  )
}
