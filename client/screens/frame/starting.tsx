/** The first moment of the app: its mark, and words only when it takes longer than a moment. */
import { Show } from 'solid-js'
import { t } from '#client/text/translate.ts'
import { createLate } from '#client/ui/late.ts'
import { BrandMark } from './brand-mark.tsx'
import css from './starting.module.css'

export function Starting() {
  const isLate = createLate(() => true)
  return (
    <Show when={isLate()}>
      <div class={css['starting']} role="status">
        <BrandMark size={56} />
        <p class={css['words']}>{t('app.starting')}</p>
      </div>
    </Show>
  )
}
