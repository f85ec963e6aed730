/** The shape of what is coming, shown only when it takes longer than 150 ms. */
import { For, Show } from 'solid-js'
import { t } from '#client/text/translate.ts'
import { createLate } from './late.ts'
import css from './skeleton.module.css'

export interface SkeletonProps {
  readonly shape: 'lines' | 'table' | 'figures'
  /** Lines, rows or figures. */
  readonly count?: number
}

export function Skeleton(props: SkeletonProps) {
  const isLate = createLate(() => true)
  const bars = () => Array.from({ length: props.count ?? 4 }, (_, index) => index)
  return (
    <Show when={isLate()} fallback={<div class={css['waiting']} />}>
      <div class={css[props.shape]} role="status" aria-label={t('word.loading')}>
        <For each={bars()}>{() => <span class={css['bar']} />}</For>
      </div>
    </Show>
  )
}
