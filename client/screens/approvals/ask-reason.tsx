/** 驳回, 退回修改, 撤回: acts that say why. */
import { Show } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import type { ApprovalDetail } from '#client/engine/face/face.ts'
import { t } from '#client/text/translate.ts'
import { ReasonDialog } from '#client/ui/reason-dialog.tsx'
import { showToast } from '#client/ui/toast.tsx'

export type ReasonedAct = 'decline' | 'send-back' | 'withdraw'

const texts = {
  decline: {
    title: 'approval.declineTitle',
    effect: 'approval.declineEffect',
    act: 'approval.decline',
    done: 'approval.declined',
  },
  'send-back': {
    title: 'approval.sendBackTitle',
    effect: 'approval.sendBackEffect',
    act: 'approval.sendBack',
    done: 'approval.sentBack',
  },
  withdraw: {
    title: 'approval.withdrawTitle',
    effect: 'approval.withdrawEffect',
    act: 'approval.withdraw',
    done: 'approval.withdrawn',
  },
} as const

interface AskReasonProps {
  /** Undefined: nothing is asked. */
  readonly act: ReasonedAct | undefined
  readonly approval: ApprovalDetail
  readonly onClose: () => void
}

export function AskReason(props: AskReasonProps) {
  return (
    <Show when={props.act} keyed>
      {(act) => <Asked act={act} approval={props.approval} onClose={props.onClose} />}
    </Show>
  )
}

function Asked(props: AskReasonProps & { readonly act: ReasonedAct }) {
  const act = createAct()
  const said = () => texts[props.act]
  const confirm = async (reason: string) => {
    const { docId, submission, number } = props.approval
    const isDone =
      props.act === 'withdraw'
        ? await act.run('withdrawSubmission', { docId, submission, reason })
        : await act.run('decide', { docId, submission, verdict: props.act, note: reason })
    if (isDone === undefined) return
    props.onClose()
    showToast({ kind: 'done', title: t(said().done, number) })
  }
  return (
    <ReasonDialog
      title={t(said().title)}
      effect={<p>{t(said().effect)}</p>}
      label={t('approval.reason')}
      problems={act.problems()}
      act={t(said().act)}
      isDangerous={props.act === 'decline'}
      isBusy={act.isBusy()}
      onConfirm={(reason) => void confirm(reason)}
      onClose={props.onClose}
    />
  )
}
