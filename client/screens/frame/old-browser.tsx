/** What stands in place of the app in a browser that lacks what the engine cannot do without. */
import { t } from '#client/text/translate.ts'
import { createAppearance } from '#client/ui/appearance.ts'
import { EmptyState } from '#client/ui/empty-state.tsx'

export function OldBrowser() {
  createAppearance()
  return (
    <main>
      <EmptyState icon="device" title={t('browser.old')} text={t('browser.oldNext')} />
    </main>
  )
}
