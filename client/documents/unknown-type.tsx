/** An address that names no document type, of an old link or a newer program. */
import { t } from '#client/text/translate.ts'
import { EmptyState } from '#client/ui/empty-state.tsx'
import { Page } from '#client/ui/page.tsx'

export function UnknownType() {
  return (
    <Page title={t('documents.unknown')} back="/">
      <EmptyState
        icon="document"
        title={t('documents.unknown')}
        text={t('documents.unknownNote')}
      />
    </Page>
  )
}
