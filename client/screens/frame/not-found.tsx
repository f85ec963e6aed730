/** An address that leads nowhere. */
import { t } from '#client/text/translate.ts'
import { EmptyState } from '#client/ui/empty-state.tsx'
import { Page } from '#client/ui/page.tsx'

export function NotFound() {
  return (
    <Page title={t('frame.notFound')} back="/">
      <EmptyState icon="search" title={t('frame.notFound')} text={t('frame.notFoundNext')} />
    </Page>
  )
}
