/** 月末结账 (month close): what is not in order, each thing with its records; closing, and taking it back. */
import { createMemo, createSignal, For, Show } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import type { ClosingDetail } from '#client/engine/face/face.ts'
import { createClosing } from '#client/queries/create-closing.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { ChoiceField } from '#client/ui/choice-field.tsx'
import { ConfirmDialog } from '#client/ui/confirm-dialog.tsx'
import { EmptyState } from '#client/ui/empty-state.tsx'
import { Page } from '#client/ui/page.tsx'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { Skeleton } from '#client/ui/skeleton.tsx'
import { showToast } from '#client/ui/toast.tsx'
import { ClosedMonths } from './closed-months.tsx'
import { Concern } from './concern.tsx'
import css from './month-close.module.css'

export function MonthClose() {
  const [month, setMonth] = createSignal<string>()
  const closing = createClosing(month)
  return (
    <Page title={t('close.title')} lead={t('close.lead')}>
      <Show when={closing()} fallback={<Skeleton shape="lines" count={6} />}>
        {(detail) => (
          <>
            <ProblemNotices problems={problemsOf(detail())} />
            <Show when={detail().problem === undefined}>
              <Closable detail={detail()} month={month()} onMonth={setMonth} />
            </Show>
            <ClosedMonths branchId={detail().branchId} seals={detail().seals} />
          </>
        )}
      </Show>
    </Page>
  )
}

function problemsOf({ problem }: ClosingDetail) {
  return problem === undefined ? [] : [problem]
}

function Closable(props: {
  readonly detail: ClosingDetail
  readonly month: string | undefined
  readonly onMonth: (month: string | undefined) => void
}) {
  const act = createAct()
  const [accepted, setAccepted] = createSignal<readonly string[]>([])
  const [isAsking, setAsking] = createSignal(false)
  const chosen = createMemo(() => {
    const { months } = props.detail
    return months.find((each) => each === props.month) ?? months[0]
  })
  const isReady = () => props.detail.concerns.every(({ code }) => accepted().includes(code))
  const accept = (code: string, isSeen: boolean) =>
    setAccepted((codes) => (isSeen ? [...codes, code] : codes.filter((each) => each !== code)))
  const close = async (month: string) => {
    setAsking(false)
    const { branchId } = props.detail
    const done = await act.run('closeMonth', { branchId, month, accepted: accepted() })
    if (done === undefined) return
    setAccepted([])
    props.onMonth(undefined)
    showToast({ kind: 'done', title: t('close.done', t('close.monthText', month)) })
  }
  return (
    <Show when={chosen()} fallback={<NothingToClose />}>
      {(asked) => (
        <Sheet title={t('close.checks')} isFlush>
          <For each={props.detail.concerns} fallback={<InOrder />}>
            {(each) => (
              <Concern
                concern={each}
                isAccepted={accepted().includes(each.code)}
                onAccept={(isSeen) => accept(each.code, isSeen)}
              />
            )}
          </For>
          <div class={css['acts']}>
            <ChoiceField
              label={t('close.month')}
              value={asked()}
              options={props.detail.months.map((value) => ({
                value,
                label: t('close.monthText', value),
              }))}
              onCommit={(value) => props.onMonth(value ?? undefined)}
            />
            <Button
              kind="main"
              icon="lock"
              isBusy={act.isBusy()}
              isDisabled={!isReady()}
              onPress={() => setAsking(true)}
            >
              {t('close.act')}
            </Button>
          </div>
          <ProblemNotices problems={act.problems()} />
          <ConfirmDialog
            isOpen={isAsking()}
            title={t('close.confirm', t('close.monthText', asked()))}
            effect={t('close.effect')}
            act={t('close.act')}
            onConfirm={() => void close(asked())}
            onClose={() => setAsking(false)}
          />
        </Sheet>
      )}
    </Show>
  )
}

function InOrder() {
  return <EmptyState icon="check" title={t('close.inOrder')} text={t('close.inOrderNote')} />
}

function NothingToClose() {
  return (
    <Sheet>
      <EmptyState icon="lock" title={t('close.nothing')} text={t('close.nothingNote')} />
    </Sheet>
  )
}
