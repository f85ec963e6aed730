/**
 * A screen's outline: title with its stamp, lead sentence, acts at the right, content, and on the floor a
 * bar of acts in the reach of a thumb. `isFull` gives the height that is left to one table.
 */
import { createEffect, type JSX, Show } from 'solid-js'
import { t } from '#client/text/translate.ts'
import { classes } from './classes.ts'
import { Icon } from './icon.tsx'
import css from './page.module.css'

export interface PageProps {
  readonly title: string
  /** Where the arrow before the title leads; browser history when it came from there. */
  readonly back?: string
  readonly stamp?: JSX.Element
  readonly lead?: JSX.Element
  readonly actions?: JSX.Element
  readonly children: JSX.Element
  /** Acts at the bottom edge: always on the floor, and wherever the content is longer than the screen. */
  readonly footer?: JSX.Element
  readonly isFull?: boolean
  /** Reading width for forms and settings. */
  readonly isNarrow?: boolean
}

export function Page(props: PageProps) {
  createEffect(() => {
    document.title = `${props.title} · ${t('app.name')}`
  })
  return (
    <div class={classes(css['page'], props.isFull && css['full'], props.isNarrow && css['narrow'])}>
      <header class={css['head']} data-print="hide">
        <Show when={props.back}>
          {(back) => (
            <a class={css['back']} href={back()} aria-label={t('word.back')} title={t('word.back')}>
              <Icon name="arrow-left" />
            </a>
          )}
        </Show>
        <div class={css['titles']}>
          <h1 class={css['title']}>
            {props.title}
            {props.stamp}
          </h1>
          <Show when={props.lead}>{(lead) => <p class={css['lead']}>{lead()}</p>}</Show>
        </div>
        <div class={css['actions']}>{props.actions}</div>
      </header>
      <div class={css['content']}>{props.children}</div>
      <Show when={props.footer}>
        {(footer) => (
          <footer class={css['footer']} data-print="hide">
            {footer()}
          </footer>
        )}
      </Show>
    </div>
  )
}
