/** What is closed, newest first; the last closing can be taken back with a reason. */
import { createSignal, For, Show } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import type { ClosingSeal } from '#client/engine/face/face.ts'
import { momentText } from '#client/text/dates.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { EmptyState } from '#client/ui/empty-state.tsx'
import { ReasonDialog } from '#client/ui/reason-dialog.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { Stamp } from '#client/ui/stamp.tsx'
import { showToast } from '#client/ui/toast.tsx'
import { instant } from '#domain/values/instant.ts'
import { createSession } from '#client/queries/create-session.ts'
import { concernTitle } from './concern.tsx'
import rowCss from '../entry-row.module.css'
import css from './month-close.module.css'

export function ClosedMonths(props: {
  readonly branchId: string
  readonly seals: readonly ClosingSeal[]
}) {
  const act = createAct()
  const [reopening, setReopening] = createSignal<ClosingSeal>()
  const reopen = async (seal: ClosingSeal, reason: string) => {
    const { branchId } = props
    const done = await act.run('reopenMonth', { branchId, seal: seal.recordId, reason })
    if (done === undefined) return
    setReopening(undefined)
    showToast({ kind: 'done', title: t('close.reopened', t('close.monthText', seal.month)) })
  }
  return (
    <Sheet title={t('close.history')} isFlush>
      <For each={props.seals} fallback={<EmptyState icon="lock" title={t('close.none')} />}>
        {(seal, index) => (
          <Closed seal={seal} isLast={index() === 0} onReopen={() => setReopening(seal)} />
        )}
      </For>
      <Show when={reopening()} keyed>
        {(seal) => (
          <ReasonDialog
            title={t('close.reopenConfirm', t('close.monthText', seal.month))}
            effect={<p>{t('close.reopenEffect')}</p>}
            label={t('close.reason')}
            problems={act.problems()}
            act={t('close.reopen')}
            isDangerous
            isBusy={act.isBusy()}
            onConfirm={(reason) => void reopen(seal, reason)}
            onClose={() => setReopening(undefined)}
          />
        )}
      </Show>
    </Sheet>
  )
}

function Closed(props: {
  readonly seal: ClosingSeal
  readonly isLast: boolean
  readonly onReopen: () => void
}) {
  const session = createSession()
  const zone = () => ({ offsetMinutes: session()?.zone?.offsetMinutes ?? 480 })
  const who = () => (props.seal.isAutomatic ? t('close.automatic') : props.seal.by)
  const over = () => props.seal.overridden.map(concernTitle).join(t('word.listEnd'))
  return (
    <div class={rowCss['row']}>
      <div class={css['head']}>
        <span class={css['name']}>{t('close.monthText', props.seal.month)}</span>
        <Stamp state="sealed" />
      </div>
      <p class={rowCss['note']}>
        {t('close.by', who(), momentText(instant(props.seal.at), zone()))}
        <Show when={over() !== ''}> · {t('close.over', over())}</Show>
      </p>
      <Show when={props.isLast}>
        <div class={rowCss['act']}>
          <Button kind="quiet" size="small" onPress={props.onReopen}>
            {t('close.reopen')}
          </Button>
        </div>
      </Show>
    </div>
  )
}
