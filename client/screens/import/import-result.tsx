/** What a judged file would do: counts and totals to hold against the old system, then problems by row. */
import { Show } from 'solid-js'
import { countText, moneyText } from '#client/text/figures.ts'
import { problemSentence } from '#client/text/problem-text.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { DataTable } from '#client/ui/data-table.tsx'
import { Figure } from '#client/ui/figure.tsx'
import { Notice } from '#client/ui/notice.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import type { TableColumn } from '#client/ui/table-column.ts'
import type { ImportPlan } from '#domain/exchange/import-plan.ts'
import type { ImportProblem } from '#domain/exchange/import-problem.ts'
import { createdText } from './created-text.ts'
import css from './import.module.css'

export interface ImportResultProps {
  readonly fileName: string
  readonly plan: ImportPlan
  readonly onApply: () => void
  readonly onAnother: () => void
}

export function ImportResult(props: ImportResultProps) {
  const counts = () => props.plan.counts
  const isAll = () => counts().rejected === 0
  return (
    <>
      <Sheet
        title={t('import.result')}
        note={props.fileName}
        actions={
          <>
            <Button onPress={props.onAnother}>{t('import.another')}</Button>
            <Button kind="main" isDisabled={counts().accepted === 0} onPress={props.onApply}>
              {t(isAll() ? 'import.applyAll' : 'import.applyAccepted', counts().accepted)}
            </Button>
          </>
        }
      >
        <div class={css['figures']}>
          <Figure label={t('import.rows')}>{countText(counts().rows)}</Figure>
          <Figure label={t('import.accepted')}>{countText(counts().accepted)}</Figure>
          <Figure label={t('import.rejected')}>{countText(counts().rejected)}</Figure>
          <Show when={counts().openingLines > 0}>
            <Figure label={t('import.openingValue')}>
              {moneyText(props.plan.totals.openingValue)}
            </Figure>
          </Show>
        </div>
        <Show when={createdText(counts().created)}>
          {(text) => <p class={css['created']}>{t('import.created', text())}</p>}
        </Show>
      </Sheet>
      <Show
        when={props.plan.problems.length > 0}
        fallback={<Notice kind="proven" title={t('import.noProblems')} />}
      >
        <Sheet title={t('import.problems')} note={countText(counts().problems)} isFlush>
          <div class={css['problems']}>
            <DataTable
              label={t('import.problems')}
              columns={columns()}
              count={props.plan.problems.length}
              row={(index) => props.plan.problems[index]}
              rowKey={(problem) => `${problem.row}|${problem.column}|${problem.code}`}
            />
          </div>
        </Sheet>
      </Show>
    </>
  )
}

function columns(): readonly TableColumn<ImportProblem>[] {
  return [
    {
      key: 'row',
      label: t('import.row'),
      width: 72,
      align: 'end',
      render: (problem) => countText(problem.row),
    },
    { key: 'column', label: t('import.column'), width: 120, render: (problem) => problem.column },
    {
      key: 'value',
      label: t('import.value'),
      width: 140,
      grow: 1,
      render: (problem) => <span class={css['value']}>{problem.value}</span>,
    },
    { key: 'problem', label: t('import.problem'), width: 240, grow: 2, render: problemSentence },
  ]
}
