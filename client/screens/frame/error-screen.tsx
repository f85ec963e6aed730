/**
 * What stands in place of a screen that failed: nothing saved is lost, and two ways on. A screen whose program
 * file could not be had (another version was installed meanwhile, a proxy answered its own page) needs the whole
 * page anew: the browser remembers the failure.
 */
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { ErrorState } from '#client/ui/error-state.tsx'

export interface ErrorScreenProps {
  readonly error: unknown
  readonly onReset: () => void
}

export function ErrorScreen(props: ErrorScreenProps) {
  const isFileMissing = () => isAboutProgramFile(props.error)
  return (
    <ErrorState
      title={isFileMissing() ? t('error.fileTitle') : t('error.title')}
      safe={t('error.safe')}
      next={isFileMissing() ? t('error.fileNext') : t('error.next')}
      technical={technicalText(props.error)}
      actions={
        <>
          <Button
            kind="main"
            icon="refresh"
            onPress={() => (isFileMissing() ? location.reload() : props.onReset())}
          >
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

/** Browsers have no code for it, only sentences: Chromium's, Firefox's, Safari's, Vite's for a style sheet. */
function isAboutProgramFile(error: unknown): boolean {
  const files = /dynamically imported module|importing a module script|unable to preload css/i
  return error instanceof Error && files.test(error.message)
}

function technicalText(error: unknown): string {
  const build = String(import.meta.env['VITE_BUILD'] ?? '')
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `${build} ${location.pathname}\n${text}`
}
