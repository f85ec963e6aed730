/** What was set aside on this device: what each is, why, and what can be done about it. */
import { useNavigate } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import type { SetAsideRow } from '#client/engine/face/face.ts'
import { createSession, createSetAside } from '#client/queries/create-session.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { showToast } from '#client/ui/toast.tsx'
import { LooseDocumentRow } from '../loose-document-row.tsx'
import { exportUnsent } from '../save-file.ts'
import rowCss from '../entry-row.module.css'
import css from './settings.module.css'

export function SetAside() {
  const rows = createSetAside()
  return (
    <Show when={(rows() ?? []).length > 0}>
      <Sheet
        title={t('aside.title')}
        note={t('aside.note')}
        isFlush
        actions={
          <Button size="small" icon="download" onPress={() => void exportUnsent()}>
            {t('aside.export')}
          </Button>
        }
      >
        <For each={rows()}>{(row) => <Row row={row} />}</For>
      </Sheet>
    </Show>
  )
}

function Row(props: { readonly row: SetAsideRow }) {
  const session = createSession()
  const zone = () => session()?.zone ?? { offsetMinutes: 480 }
  const why = () => t(props.row.isOwn ? 'aside.refused' : 'aside.contradicted', props.row.code)
  return (
    <Show
      when={props.row.document}
      fallback={
        <div class={rowCss['row']}>
          <div>{whatText(props.row)}</div>
          <div class={rowCss['note']}>{why()}</div>
          <Show when={props.row.isOwn}>
            <div class={rowCss['act']}>
              <Acts row={props.row} />
            </div>
          </Show>
        </div>
      }
    >
      {(document) => (
        <LooseDocumentRow document={document()} zone={zone()} reason={why()}>
          <Acts row={props.row} />
        </LooseDocumentRow>
      )}
    </Show>
  )
}

function whatText({ isOwn, of, records }: SetAsideRow): string {
  if (isOwn) return t('aside.masters')
  return t('aside.copy', of ?? t('aside.server'), records)
}

function Acts(props: { readonly row: SetAsideRow }) {
  const act = createAct()
  const navigate = useNavigate()
  const offer = async () => {
    const done = await act.run('offerAgain', { key: props.row.key })
    if (done !== undefined) showToast({ kind: 'done', title: t('aside.offered') })
  }
  const takeBack = async () => {
    const done = await act.run('takeBackToDraft', { key: props.row.key })
    if (done !== undefined) navigate(`/documents/${done.type}/${done.docId}`)
  }
  return (
    <Show when={!props.row.isPosted} fallback={t('aside.posted')}>
      <div class={css['acts']}>
        <Button size="small" isBusy={act.isBusy()} onPress={() => void offer()}>
          {t('aside.offer')}
        </Button>
        <Show when={props.row.canTakeBack}>
          <Button size="small" kind="quiet" isBusy={act.isBusy()} onPress={() => void takeBack()}>
            {t(props.row.isDraft ? 'aside.openDraft' : 'aside.takeBack')}
          </Button>
        </Show>
      </div>
      <ProblemNotices problems={act.problems()} />
    </Show>
  )
}
