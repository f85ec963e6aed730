/** What is closed, newest first; the last closing can be taken back with a reason. */
import { createSignal, For, Show } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import type { ClosingSeal } from '#client/engine/face/face.ts'
import { momentText } from '#client/text/dates.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { ConfirmDialog } from '#client/ui/confirm-dialog.tsx'
import { EmptyState } from '#client/ui/empty-state.tsx'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { Stamp } from '#client/ui/stamp.tsx'
import { TextField } from '#client/ui/text-field.tsx'
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
  const [reason, setReason] = createSignal('')
  const reopen = async (seal: ClosingSeal) => {
    setReopening(undefined)
    const { branchId } = props
    const args = { branchId, seal: seal.recordId, reason: reason().trim() }
    const done = await act.run('reopenMonth', args)
    if (done === undefined) return
    setReason('')
    showToast({ kind: 'done', title: t('close.reopened', t('close.monthText', seal.month)) })
  }
  return (
    <Sheet title={t('close.history')} isFlush>
      <ProblemNotices problems={act.problems()} />
      <For each={props.seals} fallback={<EmptyState icon="lock" title={t('close.none')} />}>
        {(seal, index) => (
          <Closed seal={seal} isLast={index() === 0} onReopen={() => setReopening(seal)} />
        )}
      </For>
      <ConfirmDialog
        isOpen={reopening() !== undefined}
        title={t('close.reopenConfirm', t('close.monthText', reopening()?.month ?? ''))}
        effect={
          <div class={rowCss['fields']}>
            <p>{t('close.reopenEffect')}</p>
            <TextField
              label={t('close.reason')}
              value={reason()}
              onInput={setReason}
              isRequired
              hasFocus
            />
          </div>
        }
        act={t('close.reopen')}
        isDangerous
        isDisabled={reason().trim() === ''}
        onConfirm={() => {
          const seal = reopening()
          if (seal !== undefined) void reopen(seal)
        }}
        onClose={() => setReopening(undefined)}
      />
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
