/** Clears a device that was shut out, after the server has signed for everything that is on it. */
import { createAct } from '#client/commands/create-act.ts'
import { t } from '#client/text/translate.ts'
import { ConfirmDialog } from '#client/ui/confirm-dialog.tsx'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'

export function WipeDevice(props: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const act = createAct()
  const wipe = async () => {
    const done = await act.run('wipeDevice', {})
    // A page that has shown this company begins again with an empty device.
    if (done !== undefined) location.reload()
  }
  return (
    <ConfirmDialog
      isOpen={props.isOpen}
      title={t('shutOut.wipeTitle')}
      effect={
        <>
          <p>{t('shutOut.wipeEffect')}</p>
          <ProblemNotices problems={act.problems()} />
        </>
      }
      act={t('shutOut.wipe')}
      isDangerous
      isBusy={act.isBusy()}
      onConfirm={() => void wipe()}
      onClose={props.onClose}
    />
  )
}
