/**
 * States as a shop knows them: a small stamp (已审核, 红冲…), or the large one with who and when that ends a
 * paper form. Indigo for what stands, red for what is reversed, amber for what waits for a decision, green
 * for what is proven; a draft has only a dashed outline.
 */
import { type JSX, Show } from 'solid-js'
import { type TextKey, t } from '#client/text/translate.ts'
import { classes } from './classes.ts'
import { Icon, type IconName } from './icon.tsx'
import css from './stamp.module.css'

export type StampState =
  | 'draft'
  | 'submitted'
  | 'posted'
  | 'saved'
  | 'synced'
  | 'sealed'
  | 'reversed'
  | 'unapproved'
  | 'declined'
  | 'discarded'
  | 'pending'

type Tone = 'outline' | 'accent' | 'green' | 'amber' | 'red' | 'grey'

interface Look {
  readonly tone: Tone
  readonly text: TextKey
  readonly icon?: IconName
}

const looks: Readonly<Record<StampState, Look>> = {
  draft: { tone: 'outline', text: 'state.draft' },
  submitted: { tone: 'amber', text: 'state.submitted' },
  posted: { tone: 'accent', text: 'state.posted' },
  saved: { tone: 'accent', text: 'state.saved', icon: 'saved' },
  synced: { tone: 'green', text: 'state.synced', icon: 'synced' },
  sealed: { tone: 'green', text: 'state.sealed', icon: 'lock' },
  reversed: { tone: 'red', text: 'state.reversed' },
  unapproved: { tone: 'grey', text: 'state.unapproved' },
  declined: { tone: 'red', text: 'state.declined' },
  discarded: { tone: 'grey', text: 'state.discarded' },
  pending: { tone: 'amber', text: 'state.pending' },
}

export interface StampProps {
  readonly state: StampState
  /** In place of the state's own word. */
  readonly text?: string
}

export function Stamp(props: StampProps) {
  const look = () => looks[props.state]
  return (
    <span class={classes(css['stamp'], css[look().tone])}>
      <Show when={look().icon}>{(icon) => <Icon name={icon()} size={14} />}</Show>
      {props.text ?? t(look().text)}
    </span>
  )
}

export interface BadgeProps {
  readonly children: JSX.Element
  readonly tone?: Exclude<Tone, 'outline'>
}

/** A small word that qualifies the one before it (赠品, 停用, 店长). */
export function Badge(props: BadgeProps) {
  return <span class={classes(css['badge'], css[props.tone ?? 'grey'])}>{props.children}</span>
}

export interface DateStampProps {
  readonly state: StampState
  readonly date: string
  readonly by: string
}

/** The round-cornered stamp of an accounts office: word, date, name. */
export function DateStamp(props: DateStampProps) {
  return (
    <span class={classes(css['dateStamp'], css[looks[props.state].tone])}>
      <span class={css['dateStampWord']}>{t(looks[props.state].text)}</span>
      <span class={css['dateStampDate']}>{props.date}</span>
      <span class={css['dateStampName']}>{props.by}</span>
    </span>
  )
}
