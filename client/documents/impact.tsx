/**
 * 影响预览: what an act would change in figures that people know, before it is done. Each document opens; nothing
 * is shown where nothing changes, so that it means something when it is there.
 */
import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { ImpactRows, QueryArgs } from '#client/engine/face/face.ts'
import { createImpact } from '#client/queries/create-documents.ts'
import { t } from '#client/text/translate.ts'
import { MoneyText } from '#client/ui/money-text.tsx'
import { Notice } from '#client/ui/notice.tsx'
import { QuantityText } from '#client/ui/quantity-text.tsx'
import { money } from '#domain/values/money.ts'
import { quantity } from '#domain/values/quantity.ts'
import css from './documents.module.css'

export type ImpactProps = QueryArgs<'impact'>

/** Rows that are shown; the rest is counted. */
const limitRows = 6

export function Impact(props: ImpactProps) {
  const impact = createImpact(() => ({
    docId: props.docId,
    act: props.act,
    ...(props.supplied === undefined ? {} : { supplied: props.supplied }),
  }))
  const isAnything = ({ documentCount, negative, differences = [] }: ImpactRows) =>
    documentCount + negative.length + differences.length > 0
  return (
    <Show when={impact()}>
      {(found) => (
        <Show when={isAnything(found())}>
          <Notice kind="decide" title={t('impact.title')}>
            <ImpactedDocuments impact={found()} />
            <Months label={t('impact.profit')} months={profits(found())} />
            <Months label={t('impact.differences')} months={found().differences ?? []} />
            <Negative rows={found().negative} />
          </Notice>
        </Show>
      )}
    </Show>
  )
}

/** Posted documents that would cost something else; the first of them, the rest counted. */
export function ImpactedDocuments(props: { readonly impact: ImpactRows }) {
  const shown = () => (props.impact.documents ?? []).slice(0, limitRows)
  const more = () => props.impact.documentCount - shown().length
  return (
    <Show when={props.impact.documentCount > 0}>
      <p>{t('impact.documents', props.impact.documentCount)}</p>
      <ul class={css['impact']}>
        <For each={shown()}>
          {(row) => (
            <li>
              <A href={`/documents/${row.type}/${row.docId}`}>{row.number}</A>
              <span class={css['end']}>
                <MoneyText value={money(Math.abs(row.costBefore))} />
                {' → '}
                <MoneyText value={money(Math.abs(row.costAfter))} />
              </span>
            </li>
          )}
        </For>
      </ul>
      <Show when={shown().length > 0 && more() > 0}>
        <p class={css['note']}>{t('impact.more', more())}</p>
      </Show>
    </Show>
  )
}

function profits({ months = [] }: ImpactRows) {
  return months.map(({ month, profitChange }) => ({ month, amount: profitChange }))
}

function Months(props: {
  readonly label: string
  readonly months: readonly { readonly month: string; readonly amount: number }[]
}) {
  return (
    <Show when={props.months.length > 0}>
      <p>{props.label}</p>
      <ul class={css['impact']}>
        <For each={props.months}>
          {({ month, amount }) => (
            <li>
              <span>{month}</span>
              <span class={css['end']}>
                {amount > 0 ? '+' : ''}
                <MoneyText value={money(amount)} />
              </span>
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}

function Negative(props: { readonly rows: ImpactRows['negative'] }) {
  return (
    <Show when={props.rows.length > 0}>
      <p>{t('impact.negative', props.rows.length)}</p>
      <ul class={css['impact']}>
        <For each={props.rows.slice(0, limitRows)}>
          {(row) => (
            <li>
              <A href={`/stock/${row.skuId}`}>{`${row.name} · ${row.warehouseName}`}</A>
              <span class={css['end']}>
                <QuantityText value={quantity(row.before)} />
                {' → '}
                <QuantityText value={quantity(row.after)} />
              </span>
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}
