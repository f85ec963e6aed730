/** Taking a posted document back: 红冲 for good, or 反审核, which opens its draft again. What it changes is shown first. */
import { useNavigate } from '@solidjs/router'
import { Show } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import type { DocumentDetail } from '#client/engine/face/face.ts'
import { t } from '#client/text/translate.ts'
import { ReasonDialog } from '#client/ui/reason-dialog.tsx'
import { showToast } from '#client/ui/toast.tsx'
import { Impact } from './impact.tsx'

export type TakeBackAct = 'reverse' | 'unapprove'

const texts = {
  reverse: {
    title: 'documents.reverseTitle',
    effect: 'documents.reverseEffect',
    act: 'documents.reverse',
    done: 'documents.reversed',
  },
  unapprove: {
    title: 'versions.unapproveTitle',
    effect: 'versions.unapproveEffect',
    act: 'versions.unapprove',
    done: 'versions.unapproved',
  },
} as const

export interface TakeBackProps {
  /** Which of the two is asked about; undefined: neither. */
  readonly act: TakeBackAct | undefined
  readonly document: DocumentDetail
  readonly onClose: () => void
}

export function TakeBack(props: TakeBackProps) {
  return (
    <Show when={props.act} keyed>
      {(act) => <Confirmed act={act} document={props.document} onClose={props.onClose} />}
    </Show>
  )
}

function Confirmed(props: TakeBackProps & { readonly act: TakeBackAct }) {
  const act = createAct()
  const navigate = useNavigate()
  const said = () => texts[props.act]
  const takeBack = async (reason: string) => {
    const { docId, type, number } = props.document
    const text = t(said().done, number)
    const args = { docId, reason }
    const reopened = props.act === 'unapprove' ? await act.run('unapprove', args) : undefined
    const reversed = props.act === 'reverse' ? await act.run('reverse', args) : undefined
    if (reopened === undefined && reversed === undefined) return
    props.onClose()
    showToast({ kind: 'done', title: text })
    if (reopened !== undefined) navigate(`/documents/${type}/${reopened.docId}`)
  }
  return (
    <ReasonDialog
      title={t(said().title, props.document.number)}
      effect={
        <>
          <p>{t(said().effect, props.document.lines.length)}</p>
          <Impact docId={props.document.docId} act={props.act} />
        </>
      }
      label={t('documents.reason')}
      problems={act.problems()}
      act={t(said().act)}
      isDangerous={props.act === 'reverse'}
      isBusy={act.isBusy()}
      onConfirm={(reason) => void takeBack(reason)}
      onClose={props.onClose}
    />
  )
}
