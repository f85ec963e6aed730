/** One document, draft or posted: the same address shows the editor until it is posted and the form after. */
import { useParams } from '@solidjs/router'
import { Match, Show, Switch } from 'solid-js'
import { createDocument, createDraft } from '#client/queries/create-documents.ts'
import { t } from '#client/text/translate.ts'
import { EmptyState } from '#client/ui/empty-state.tsx'
import { Page } from '#client/ui/page.tsx'
import { definitionOf } from '#domain/registry.ts'
import { DocumentView } from './document-view.tsx'
import { Editor } from './editor.tsx'

export function DocumentScreen() {
  const params = useParams<{ type: string; docId: string }>()
  return (
    <Show when={`${params.type}/${params.docId}`} keyed>
      <OneDocument type={params.type} docId={params.docId} />
    </Show>
  )
}

function OneDocument(props: { readonly type: string; readonly docId: string }) {
  const document = createDocument(() => props.docId)
  const draft = createDraft(() => props.docId)
  const definition = () => definitionOf(document()?.type ?? props.type)
  return (
    <Switch
      fallback={
        <Page title={t('documents.unknown')} back="/">
          <EmptyState
            icon="document"
            title={t('documents.unknown')}
            text={t('documents.unknownNote')}
          />
        </Page>
      }
    >
      <Match when={document() !== undefined && definition()}>
        {(known) => (
          <Show when={document()}>
            {(found) => <DocumentView definition={known()} document={found()} />}
          </Show>
        )}
      </Match>
      <Match when={definition()}>
        {(known) => <Editor definition={known()} docId={props.docId} draft={draft()} />}
      </Match>
    </Switch>
  )
}
