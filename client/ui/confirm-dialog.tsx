/** Asks before an act that matters and shows its effect first. The word on the button is the act itself. */
import type { JSX } from 'solid-js'
import { t } from '#client/text/translate.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

export interface ConfirmDialogProps {
  readonly isOpen: boolean
  readonly title: string
  /** What will be different afterwards, and what stays safe. */
  readonly effect: JSX.Element
  readonly act: string
  readonly isDangerous?: boolean
  readonly isBusy?: boolean
  /** The act cannot be confirmed yet (a reason is missing). */
  readonly isDisabled?: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Dialog
      isOpen={props.isOpen}
      title={props.title}
      size="small"
      onClose={props.onClose}
      footer={
        <>
          <Button onPress={props.onClose}>{t('word.cancel')}</Button>
          <Button
            kind={props.isDangerous ? 'danger' : 'main'}
            isBusy={props.isBusy === true}
            isDisabled={props.isDisabled === true}
            onPress={props.onConfirm}
          >
            {props.act}
          </Button>
        </>
      }
    >
      {props.effect}
    </Dialog>
  )
}
