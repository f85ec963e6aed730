/** What stands in place of a screen that failed: nothing saved is lost, and two ways on. */
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { ErrorState } from '#client/ui/error-state.tsx'

export interface ErrorScreenProps {
  readonly error: unknown
  readonly onReset: () => void
}

export function ErrorScreen(props: ErrorScreenProps) {
  return (
    <ErrorState
      title={t('error.title')}
      safe={t('error.safe')}
      next={t('error.next')}
      technical={technicalText(props.error)}
      actions={
        <>
          <Button kind="main" icon="refresh" onPress={() => props.onReset()}>
            {t('error.reload')}
          </Button>
          <Button icon="home" onPress={() => location.assign('/')}>
            {t('error.home')}
          </Button>
        </>
      }
    />
  )
}

function technicalText(error: unknown): string {
  const build = String(import.meta.env['VITE_BUILD'] ?? '')
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `${build} ${location.pathname}\n${text}`
}
