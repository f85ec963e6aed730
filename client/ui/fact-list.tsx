/** Names and values in columns: the head of a document, the facts of a product. */
import { For, type JSX } from 'solid-js'
import css from './fact-list.module.css'

export interface Fact {
  readonly label: string
  readonly value: JSX.Element
  /** Takes the whole width: notes. */
  readonly isWide?: boolean
}

export interface FactListProps {
  readonly facts: readonly Fact[]
}

export function FactList(props: FactListProps) {
  return (
    <dl class={css['facts']}>
      <For each={props.facts}>
        {(fact) => (
          <div class={css['fact']} data-wide={fact.isWide ? '' : undefined}>
            <dt class={css['label']}>{fact.label}</dt>
            <dd class={css['value']}>{fact.value}</dd>
          </div>
        )}
      </For>
    </dl>
  )
}
