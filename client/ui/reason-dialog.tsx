/** Asks before an act that others will read about: shows its effect, and wants the reason for it. */
import { createSignal, type JSX } from 'solid-js'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { ProblemNotices, type ProblemNoticesProps } from './problem-notices.tsx'
import { TextField } from './text-field.tsx'

export interface ReasonDialogProps extends ProblemNoticesProps {
  readonly title: string
  /** What will be different afterwards, and what stays safe. */
  readonly effect: JSX.Element
  /** What the reason is called. */
  readonly label: string
  readonly act: string
  readonly isDangerous?: boolean
  readonly isBusy?: boolean
  /** The reason without spaces around it; never empty. */
  readonly onConfirm: (reason: string) => void
  readonly onClose: () => void
}

export function ReasonDialog(props: ReasonDialogProps) {
  const [typed, setTyped] = createSignal('')
  const reason = () => typed().trim()
  return (
    <ConfirmDialog
      isOpen
      title={props.title}
      effect={
        <>
          {props.effect}
          <TextField label={props.label} value={typed()} onInput={setTyped} isRequired hasFocus />
          <ProblemNotices problems={props.problems} />
        </>
      }
      act={props.act}
      isDangerous={props.isDangerous === true}
      isBusy={props.isBusy === true}
      isDisabled={reason() === ''}
      onConfirm={() => props.onConfirm(reason())}
      onClose={props.onClose}
    />
  )
}
