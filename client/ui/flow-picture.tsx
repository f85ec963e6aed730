/** Steps in their order as a picture: what is done, what is now, what comes; arrows between them. */
import { For, Show } from 'solid-js'
import css from './flow-picture.module.css'
import { Icon, type IconName } from './icon.tsx'

export interface FlowPlace {
  readonly title: string
  readonly notes: readonly string[]
  readonly state: 'done' | 'now' | 'next' | 'stopped'
}

const icons: Readonly<Record<FlowPlace['state'], IconName>> = {
  done: 'check',
  now: 'clock',
  next: 'more',
  stopped: 'stop',
}

export function FlowPicture(props: {
  readonly label: string
  readonly places: readonly FlowPlace[]
}) {
  return (
    <ol class={css['flow']} aria-label={props.label}>
      <For each={props.places}>
        {(place, index) => (
          <li class={css['place']}>
            <Show when={index() > 0}>
              <span class={css['arrow']} aria-hidden="true">
                <Icon name="arrow-right" size={16} />
              </span>
            </Show>
            <div class={css['card']} data-state={place.state}>
              <p class={css['title']}>
                <Icon name={icons[place.state]} size={16} />
                {place.title}
              </p>
              <For each={place.notes}>{(note) => <p class={css['note']}>{note}</p>}</For>
            </div>
          </li>
        )}
      </For>
    </ol>
  )
}
