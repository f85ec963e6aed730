/**
 * 业务时间 (business time) of a draft: the moment of posting unless somebody says when it really happened (补录).
 * Closed until it is wanted, so that the forms of every day stay as they are.
 */
import { createSignal, Show } from 'solid-js'
import type { FieldValue } from '#client/engine/face/face.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { MomentField } from '#client/ui/moment-field.tsx'
import type { Zone } from '#domain/values/business-date.ts'
import { instant, isInstant } from '#domain/values/instant.ts'
import css from './documents.module.css'

export interface BusinessTimeProps {
  readonly value: FieldValue | undefined
  /** 营业前, 营业后: the day of the moment counts, not its hour. */
  readonly isOfDay: boolean
  readonly zone: Pick<Zone, 'offsetMinutes'>
  readonly problem: string | undefined
  readonly onCommit: (at: number | undefined) => void
}

export function BusinessTime(props: BusinessTimeProps) {
  const [isOpen, setOpen] = createSignal(false)
  const at = () =>
    typeof props.value === 'number' && isInstant(props.value) ? instant(props.value) : undefined
  return (
    <Show
      when={isOpen() || at() !== undefined || props.problem !== undefined}
      fallback={
        <div class={css['fact']}>
          <span class={css['factLabel']}>{t('editor.businessTime')}</span>
          <span class={css['moment']}>
            {t(props.isOfDay ? 'editor.today' : 'editor.whenPosted')}
            <Button kind="quiet" size="small" icon="clock" onPress={() => setOpen(true)}>
              {t('editor.backdate')}
            </Button>
          </span>
        </div>
      }
    >
      <MomentField
        label={t('editor.businessTime')}
        hint={t(props.isOfDay ? 'editor.partOfDayHint' : 'editor.businessTimeHint')}
        value={at()}
        zone={props.zone}
        problem={props.problem}
        onCommit={props.onCommit}
      />
    </Show>
  )
}
