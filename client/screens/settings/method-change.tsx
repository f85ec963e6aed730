/** 成本方法转换: from a month on, with what keeps its value and what would cost something else shown before. */
import { createMemo, createSignal, For, Show } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import { ImpactedDocuments } from '#client/documents/impact.tsx'
import type { MethodChangeDetail } from '#client/engine/face/face.ts'
import { createMethodChange, createMethodImpact } from '#client/queries/create-cost-policy.ts'
import { moneyText } from '#client/text/figures.ts'
import { policyText } from '#client/text/policy-text.ts'
import { problemSentence } from '#client/text/problem-text.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { ChoiceField } from '#client/ui/choice-field.tsx'
import { ConfirmDialog } from '#client/ui/confirm-dialog.tsx'
import { Notice } from '#client/ui/notice.tsx'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { Skeleton } from '#client/ui/skeleton.tsx'
import { showToast } from '#client/ui/toast.tsx'
import { money } from '#domain/values/money.ts'
import css from './settings.module.css'

export function MethodChange() {
  const [isAsked, setAsked] = createSignal(false)
  return (
    <>
      <p class={css['note']}>{t('policy.changeNote')}</p>
      <Show
        when={isAsked()}
        fallback={<Button onPress={() => setAsked(true)}>{t('policy.change')}</Button>}
      >
        <Offered onDone={() => setAsked(false)} />
      </Show>
    </>
  )
}

function Offered(props: { readonly onDone: () => void }) {
  const offered = createMethodChange()
  return (
    <Show when={offered()} fallback={<Skeleton shape="lines" count={3} />}>
      {(detail) => (
        <>
          <ProblemNotices problems={problemsOf(detail())} />
          <Blocked months={detail().months} />
          <Choice months={possible(detail())} onDone={props.onDone} />
        </>
      )}
    </Show>
  )
}

function problemsOf({ problem }: MethodChangeDetail) {
  return problem === undefined ? [] : [problem]
}

function possible({ months }: MethodChangeDetail) {
  return months.filter(({ methods }) => methods.length > 0)
}

/** Why some months are not offered. */
function Blocked(props: { readonly months: MethodChangeDetail['months'] }) {
  const blocked = () => props.months.filter(({ problem }) => problem !== undefined)
  return (
    <ul class={css['reasons']}>
      <For each={blocked()}>
        {({ month, problem, branches }) => (
          <li>
            <span>{t('policy.blocked', t('close.monthText', month))}</span>
            <span class={css['note']}>
              {problem === undefined ? '' : problemSentence(problem)}
              {branches.length === 0
                ? ''
                : ` ${t('policy.branches', branches.join(t('word.listEnd')))}`}
            </span>
          </li>
        )}
      </For>
    </ul>
  )
}

function Choice(props: {
  readonly months: MethodChangeDetail['months']
  readonly onDone: () => void
}) {
  const act = createAct()
  const [month, setMonth] = createSignal<string>()
  const [method, setMethod] = createSignal<string>()
  const [isAsking, setAsking] = createSignal(false)
  const inMonth = createMemo(
    () => props.months.find((each) => each.month === month()) ?? props.months[0],
  )
  const wish = createMemo(() => {
    const from = inMonth()
    const to = from?.methods.find((each) => each === method())
    return from === undefined || to === undefined ? undefined : { month: from.month, method: to }
  })
  const words = () => {
    const { month: from = '', method: to = '' } = wish() ?? {}
    return [from === '' ? '' : t('close.monthText', from), policyText(to)] as const
  }
  const change = async () => {
    const asked = wish()
    setAsking(false)
    if (asked === undefined || (await act.run('changeCostMethod', asked)) === undefined) return
    showToast({ kind: 'done', title: t('policy.changed', ...words()) })
    props.onDone()
  }
  return (
    <Show when={inMonth()} fallback={<p>{t('policy.noMonth')}</p>}>
      {(from) => (
        <>
          <div class={css['row']}>
            <ChoiceField
              label={t('policy.month')}
              value={from().month}
              options={props.months.map(({ month: value }) => ({
                ...{ value, label: t('close.monthText', value) },
              }))}
              onCommit={setMonth}
            />
            <ChoiceField
              label={t('policy.to')}
              value={wish()?.method}
              placeholder={t('word.select')}
              options={from().methods.map((value) => ({ value, label: policyText(value) }))}
              onCommit={setMethod}
            />
            <Button
              kind="main"
              isBusy={act.isBusy()}
              isDisabled={wish() === undefined}
              onPress={() => setAsking(true)}
            >
              {t('policy.change')}
            </Button>
          </div>
          <div class={css['preview']}>
            <Preview wish={wish()} />
          </div>
          <ProblemNotices problems={act.problems()} />
          <ConfirmDialog
            isOpen={isAsking()}
            title={t('policy.confirm', ...words())}
            effect={t('policy.effect')}
            act={t('policy.change')}
            onConfirm={() => void change()}
            onClose={() => setAsking(false)}
          />
        </>
      )}
    </Show>
  )
}

function Preview(props: {
  readonly wish: { readonly month: string; readonly method: string } | undefined
}) {
  const impact = createMethodImpact(() => props.wish)
  return (
    <Show when={props.wish && impact()}>
      {(found) => (
        <Notice
          kind={found().documentCount > 0 ? 'decide' : 'info'}
          title={t('policy.kept', found().pools, moneyText(money(found().valueKept)))}
        >
          <Show when={found().documentCount > 0} fallback={<p>{t('policy.same')}</p>}>
            <ImpactedDocuments impact={found()} />
          </Show>
        </Notice>
      )}
    </Show>
  )
}
