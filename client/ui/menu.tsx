/** Acts behind a button: arrows and letters move, Enter acts, Esc closes. Choices carry a check mark. */
import { DropdownMenu } from '@kobalte/core/dropdown-menu'
import { For, type JSX, Show } from 'solid-js'
import { classes } from './classes.ts'
import { Icon, type IconName } from './icon.tsx'
import { KeyHint } from './key-hint.tsx'
import css from './menu.module.css'

export interface MenuAct {
  readonly kind?: 'act'
  readonly label: string
  readonly icon?: IconName
  readonly keys?: string
  readonly note?: string
  /** One of several is in force: shows a check mark. */
  readonly isChosen?: boolean
  readonly isDangerous?: boolean
  readonly isDisabled?: boolean
  readonly onPress: () => void
}

export type MenuItem =
  | MenuAct
  | { readonly kind: 'rule' }
  | { readonly kind: 'title'; readonly label: string }

export interface MenuProps {
  /** The name of the trigger where `children` is only an icon. */
  readonly label?: string
  /** What stands in the trigger. */
  readonly children: JSX.Element
  readonly items: readonly MenuItem[]
  readonly look?: 'plain' | 'quiet' | 'bare'
  /** Which corner of the trigger it hangs from. */
  readonly side?: 'start' | 'end'
  /** Beside the trigger instead of below. */
  readonly place?: 'right'
}

export function Menu(props: MenuProps) {
  return (
    <DropdownMenu gutter={4} modal={false} placement={placementOf(props)}>
      <DropdownMenu.Trigger
        class={classes(css['trigger'], css[props.look ?? 'quiet'])}
        aria-label={props.label}
        title={props.label}
      >
        {props.children}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content class={css['menu']}>
          <For each={props.items}>{(item) => menuRow(item)}</For>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  )
}

function placementOf(menu: MenuProps) {
  if (menu.place === 'right') return 'right-start'
  return menu.side === 'start' ? 'bottom-start' : 'bottom-end'
}

function menuRow(item: MenuItem): JSX.Element {
  if (item.kind === 'rule') return <DropdownMenu.Separator class={css['rule']} />
  if (item.kind === 'title') return <p class={css['title']}>{item.label}</p>
  return (
    <DropdownMenu.Item
      class={classes(css['item'], item.isDangerous && css['danger'])}
      disabled={item.isDisabled === true}
      onSelect={item.onPress}
      textValue={item.label}
    >
      <span class={css['mark']}>
        <Show
          when={item.isChosen}
          fallback={<Show when={item.icon}>{(icon) => <Icon name={icon()} size={18} />}</Show>}
        >
          <Icon name="check" size={18} />
        </Show>
      </span>
      <span class={css['word']}>{item.label}</span>
      <Show when={item.note}>{(note) => <span class={css['note']}>{note()}</span>}</Show>
      <Show when={item.keys}>{(keys) => <KeyHint keys={keys()} />}</Show>
    </DropdownMenu.Item>
  )
}
