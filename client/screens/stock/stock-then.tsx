/** 时点库存: what a SKU's stock was at the end of a day, as known now and as believed then, and why they differ. */
import { A } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import type { StockThen as Answer } from '#client/engine/face/face.ts'
import { createSession } from '#client/queries/create-session.ts'
import { createStockThen } from '#client/queries/create-stock.ts'
import { momentText } from '#client/text/dates.ts'
import { t } from '#client/text/translate.ts'
import { DateField } from '#client/ui/date-field.tsx'
import { Figure } from '#client/ui/figure.tsx'
import { MoneyText } from '#client/ui/money-text.tsx'
import { QuantityText } from '#client/ui/quantity-text.tsx'
import { Skeleton } from '#client/ui/skeleton.tsx'
import { addDays, type BusinessDate, startOf } from '#domain/values/business-date.ts'
import { instant } from '#domain/values/instant.ts'
import { money } from '#domain/values/money.ts'
import { quantity } from '#domain/values/quantity.ts'
import css from './stock.module.css'

const china = { offsetMinutes: 480, cutOffMinutes: 0 }

export function StockThen(props: { readonly skuId: string; readonly unit: string }) {
  const session = createSession()
  const [day, setDay] = createSignal<BusinessDate>()
  const zone = () => session()?.zone ?? china
  const endOfDay = () => {
    const chosen = day()
    return chosen === undefined ? undefined : startOf(addDays(chosen, 1), zone()) - 1
  }
  const then = createStockThen(() => props.skuId, endOfDay)
  return (
    <div class={css['then']}>
      <DateField label={t('then.day')} value={day()} onCommit={setDay} />
      <Show when={day() !== undefined}>
        <Show when={then()} fallback={<Skeleton shape="lines" count={2} />}>
          {(found) => <Both then={found()} unit={props.unit} />}
        </Show>
      </Show>
    </div>
  )
}

function Both(props: { readonly then: Answer; readonly unit: string }) {
  const session = createSession()
  const isSame = () => props.then.differences.length === 0
  return (
    <>
      <One label={t('then.known')} unit={props.unit} figures={props.then.known} />
      <Show
        when={!isSame()}
        fallback={
          <p class={css['thenNote']}>{t(props.then.isToCome ? 'then.toCome' : 'then.same')}</p>
        }
      >
        <One label={t('then.believed')} unit={props.unit} figures={props.then.believed} />
        <ul class={css['thenList']}>
          <For each={props.then.differences}>
            {(row) => (
              <li>
                <A href={`/documents/${row.type}/${row.docId}`}>{row.number}</A>
                <span>{momentText(instant(row.at), session()?.zone ?? china)}</span>
                <QuantityText value={quantity(row.quantity)} isSigned />
                <Show when={row.value !== undefined}>
                  <MoneyText value={money(row.value ?? 0)} />
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </>
  )
}

function One(props: {
  readonly label: string
  readonly unit: string
  readonly figures: Answer['known']
}) {
  return (
    <Figure
      label={props.label}
      note={
        <Show when={props.figures.value !== undefined}>
          <MoneyText value={money(props.figures.value ?? 0)} />
        </Show>
      }
    >
      <QuantityText value={quantity(props.figures.quantity)} unit={props.unit} />
    </Figure>
  )
}
