/** One document, draft or posted: the same address shows the editor until it is posted and the form after. */
import { useParams } from '@solidjs/router'
import { Show } from 'solid-js'
import { createDocument, createDraft } from '#client/queries/create-documents.ts'
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import { definitionOf } from '#domain/registry.ts'
import { DocumentView } from './document-view.tsx'
import { Editor } from './editor.tsx'
import { UnknownType } from './unknown-type.tsx'

export function DocumentScreen() {
  const params = useParams<{ type: string; docId: string }>()
  return (
    <Show when={definitionOf(params.type)} keyed fallback={<UnknownType />}>
      {(definition) => (
        <Show when={params.docId} keyed>
          {(docId) => <OneDocument definition={definition} docId={docId} />}
        </Show>
      )}
    </Show>
  )
}

function OneDocument(props: {
  readonly definition: AnyDocumentDefinition
  readonly docId: string
}) {
  const document = createDocument(() => props.docId)
  const draft = createDraft(() => props.docId)
  const editor = () => <Editor definition={props.definition} docId={props.docId} draft={draft()} />
  return (
    <Show when={document()} fallback={editor()}>
      {(found) => <DocumentView definition={props.definition} document={found()} />}
    </Show>
  )
}
