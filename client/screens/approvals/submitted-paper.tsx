/** What was submitted, as it would stand on paper: nothing that is read here can change under the reader. */
import { For, Show } from 'solid-js'
import type { ApprovalDetail } from '#client/engine/face/face.ts'
import { t } from '#client/text/translate.ts'
import { FactList } from '#client/ui/fact-list.tsx'
import { Notice } from '#client/ui/notice.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import css from './approvals.module.css'

type Paper = NonNullable<ApprovalDetail['paper']>

export function SubmittedPaper(props: { readonly paper: Paper | undefined }) {
  return (
    <Show
      when={props.paper}
      fallback={
        <Notice kind="info" title={t('approval.noPaper')}>
          {t('approval.noPaperNote')}
        </Notice>
      }
    >
      {(paper) => (
        <Sheet title={t('approval.paper')}>
          <FactList facts={paper().header.map(({ label, text }) => ({ label, value: text }))} />
          <div class={css['lines']}>
            <For each={paper().rows}>{(row) => <PaperLine paper={paper()} row={row} />}</For>
          </div>
          <Show when={paper().due}>
            {(due) => (
              <p class={css['due']}>
                <span>{t('word.total')}</span>
                <strong>¥{due().amount}</strong>
                <span class={css['note']}>{due().inWords}</span>
              </p>
            )}
          </Show>
        </Sheet>
      )}
    </Show>
  )
}

/** The first column names the goods; the others stand beside their labels, on a phone below. */
function PaperLine(props: { readonly paper: Paper; readonly row: readonly string[] }) {
  const cells = () =>
    props.row.flatMap((text, i) => {
      const column = props.paper.columns[i]
      return column === undefined || i === 0 || text === '' ? [] : [{ text, label: column.label }]
    })
  return (
    <div class={css['line']}>
      <span class={css['title']}>{props.row[0]}</span>
      <span class={css['cells']}>
        <For each={cells()}>
          {({ text, label }) => (
            <span>
              <span class={css['note']}>{label}</span> {text}
            </span>
          )}
        </For>
      </span>
    </div>
  )
}
