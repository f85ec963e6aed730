/** The documents one business act runs through, as stamps on a thin line: 订单 → 入库 → 发票 → 付款. */
import { For, Show } from 'solid-js'
import { classes } from './classes.ts'
import css from './document-chain.module.css'
import { Stamp, type StampState } from './stamp.tsx'

export interface ChainLink {
  readonly label: string
  /** Its number; absent where it does not exist yet. */
  readonly number?: string
  readonly href?: string
  readonly state?: StampState
  readonly isHere?: boolean
}

export interface DocumentChainProps {
  readonly label: string
  readonly links: readonly ChainLink[]
}

export function DocumentChain(props: DocumentChainProps) {
  return (
    <ol class={css['chain']} aria-label={props.label}>
      <For each={props.links}>
        {(link) => (
          <li
            class={classes(css['link'], link.number === undefined && css['open'])}
            aria-current={link.isHere ? 'step' : undefined}
          >
            <span class={css['knot']} />
            <span class={css['label']}>{link.label}</span>
            <Show when={link.number}>
              {(number) => (
                <Show when={link.href} fallback={<span class={css['number']}>{number()}</span>}>
                  {(href) => (
                    <a class={css['number']} href={href()}>
                      {number()}
                    </a>
                  )}
                </Show>
              )}
            </Show>
            <Show when={link.state}>{(state) => <Stamp state={state()} />}</Show>
          </li>
        )}
      </For>
    </ol>
  )
}
