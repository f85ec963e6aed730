/** One product's figures before and after, and the causes that lead from one to the other. */
import { For, type JSX, Show } from 'solid-js'
import { GoodsQuantity } from '#client/documents/goods-quantity.tsx'
import type {
  ChangeCause,
  ChangedDocumentRow,
  ChangedFigures,
  ChangeRow,
} from '#client/engine/face/face.ts'
import { createSession } from '#client/queries/create-session.ts'
import { changeText } from '#client/text/change-text.ts'
import { shortMomentText } from '#client/text/dates.ts'
import { labelText } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import { MoneyText } from '#client/ui/money-text.tsx'
import { PriceText } from '#client/ui/price-text.tsx'
import { QuantityText } from '#client/ui/quantity-text.tsx'
import { definitionOf } from '#domain/registry.ts'
import { instant } from '#domain/values/instant.ts'
import { money } from '#domain/values/money.ts'
import { quantity } from '#domain/values/quantity.ts'
import { averageCost } from '#domain/values/unit-price.ts'
import css from './changes.module.css'

export function Change(props: { readonly change: ChangeRow }) {
  return (
    <article class={css['change']}>
      <header class={css['head']}>
        <h2 class={css['title']}>
          <a href={`/stock/${props.change.skuId}`}>{props.change.name}</a>{' '}
          <span class={css['quiet']}>{props.change.specification}</span>
        </h2>
        <span class={css['quiet']}>{props.change.branchName}</span>
        <span class={css['places']}>
          <For each={props.change.places.length > 1 ? props.change.places : []}>
            {(place) => (
              <span class={css['quiet']}>
                {place.warehouseName} <QuantityText value={quantity(place.before)} />{' '}
                {t('changes.arrow')} <QuantityText value={quantity(place.after)} />
              </span>
            )}
          </For>
        </span>
      </header>
      <Figures change={props.change} />
      <ul class={css['causes']}>
        <For each={props.change.causes}>
          {(cause) => <Cause change={props.change} cause={cause} />}
        </For>
      </ul>
    </article>
  )
}

function Figures(props: { readonly change: ChangeRow }) {
  const isCosted = () => props.change.before.value !== undefined
  const isInStock = () => props.change.before.quantity > 0 && props.change.after.quantity > 0
  return (
    <dl class={css['figures']}>
      <Pair
        label={t('changes.quantity')}
        before={<GoodsQuantity goods={props.change} value={props.change.before.quantity} />}
        after={<GoodsQuantity goods={props.change} value={props.change.after.quantity} />}
      />
      <Show when={isCosted()}>
        <Pair
          label={t('changes.value')}
          before={<MoneyText value={money(props.change.before.value ?? 0)} />}
          after={<MoneyText value={money(props.change.after.value ?? 0)} />}
        />
      </Show>
      <Show when={isCosted() && isInStock()}>
        <Pair
          label={t('changes.average')}
          before={<Average figures={props.change.before} />}
          after={<Average figures={props.change.after} />}
        />
      </Show>
      <Show when={props.change.profitChange}>
        {(profit) => (
          <div class={css['pair']}>
            <dt>{t('changes.profit')}</dt>
            <dd>
              <SignedMoney value={profit()} />
            </dd>
          </div>
        )}
      </Show>
    </dl>
  )
}

function Pair(props: {
  readonly label: string
  readonly before: JSX.Element
  readonly after: JSX.Element
}) {
  return (
    <div class={css['pair']}>
      <dt>{props.label}</dt>
      <dd>
        <span class={css['before']}>{props.before}</span> {t('changes.arrow')} {props.after}
      </dd>
    </div>
  )
}

function Average(props: { readonly figures: ChangedFigures }) {
  const average = () =>
    averageCost(money(props.figures.value ?? 0), quantity(props.figures.quantity))
  return <PriceText value={average()} />
}

function SignedMoney(props: { readonly value: number }) {
  return (
    <span>
      {props.value > 0 ? '+' : ''}
      <MoneyText value={money(props.value)} />
    </span>
  )
}

function Cause(props: { readonly change: ChangeRow; readonly cause: ChangeCause }) {
  const type = () => labelText(definitionOf(props.cause.type)?.label ?? ['', ''])
  const left = () => props.cause.documentCount - props.cause.documents.length
  return (
    <li class={css['cause']}>
      <span class={css['why']}>{changeText(props.cause, type())}</span>
      <Moved change={props.change} figures={props.cause} />
      <ul class={css['documents']}>
        <For each={props.cause.documents}>
          {(document) => (
            <Document
              change={props.change}
              document={document}
              isOnly={props.cause.documentCount === 1}
            />
          )}
        </For>
        <Show when={left() > 0}>
          <li class={css['quiet']}>{t('changes.moreDocuments', left())}</li>
        </Show>
      </ul>
    </li>
  )
}

/** What was added or taken; nothing where nothing was. */
function Moved(props: { readonly change: ChangeRow; readonly figures: ChangedFigures }) {
  return (
    <span class={css['moved']}>
      <Show when={props.figures.quantity !== 0}>
        <GoodsQuantity goods={props.change} value={props.figures.quantity} isSigned />
      </Show>
      <Show when={(props.figures.value ?? 0) !== 0}>
        <span class={css['value']}>
          <SignedMoney value={props.figures.value ?? 0} />
        </span>
      </Show>
    </span>
  )
}

function Document(props: {
  readonly change: ChangeRow
  readonly document: ChangedDocumentRow
  /** Its figures are those of the cause. */
  readonly isOnly: boolean
}) {
  const session = createSession()
  const moment = (at: number) =>
    shortMomentText(instant(at), instant(Date.now()), session()?.zone ?? { offsetMinutes: 480 })
  const facts = () => {
    const { at, arrivedAt, deviceName, byName } = props.document
    return [
      t('changes.happened', moment(at)),
      ...(arrivedAt === undefined ? [] : [t('changes.arrived', moment(arrivedAt))]),
      ...[deviceName, byName].filter((name) => name !== ''),
    ].join(' · ')
  }
  return (
    <li class={css['document']}>
      <span>
        <a href={`/documents/${props.document.type}/${props.document.docId}`}>
          {labelText(definitionOf(props.document.type)?.label ?? ['', ''])} {props.document.number}
        </a>{' '}
        <span class={css['quiet']}>{facts()}</span>
      </span>
      <Show when={!props.isOnly}>
        <Moved change={props.change} figures={props.document} />
      </Show>
    </li>
  )
}
