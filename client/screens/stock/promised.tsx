/**
 * 占用, 可用 and 在订 of one SKU: by branch over the whole company, and the lines of orders that stand behind them.
 * Nothing shows where nothing is promised and one branch holds all there is.
 */
import { A } from '@solidjs/router'
import { createMemo, For, Show } from 'solid-js'
import type { StockDetail, StockRow } from '#client/engine/face/face.ts'
import { GoodsQuantity } from '#client/documents/goods-quantity.tsx'
import { createSession } from '#client/queries/create-session.ts'
import { shortMomentText } from '#client/text/dates.ts'
import { labelText } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import { classes } from '#client/ui/classes.ts'
import { Figure } from '#client/ui/figure.tsx'
import { QuantityText } from '#client/ui/quantity-text.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { definitionOf } from '#domain/registry.ts'
import { instant } from '#domain/values/instant.ts'
import { quantity } from '#domain/values/quantity.ts'
import css from './promised.module.css'

type Figures = Pick<StockRow, 'quantity' | 'reserved' | 'available' | 'onOrder' | 'inTransit'>

const names = ['quantity', 'reserved', 'inTransit', 'available', 'onOrder'] as const

const kindTexts = {
  reserve: 'promise.reserved',
  order: 'promise.onOrder',
  request: 'promise.requested',
  offer: 'promise.offered',
} as const

/** Beside the figure of what is on hand: only those that say something else. */
export function PromisedFigures(props: { readonly detail: StockDetail }) {
  const sums = createMemo(() => sumOf(props.detail.byWarehouse))
  const shown = () => (isPlain(sums()) ? [] : names.slice(1).filter((name) => isTold(name, sums())))
  return (
    <For each={shown()}>
      {(name) => (
        <Figure label={labelOf(name)} size="large">
          <GoodsQuantity goods={props.detail.product} value={sums()[name]} />
        </Figure>
      )}
    </For>
  )
}

export function Promised(props: { readonly detail: StockDetail }) {
  const branches = createMemo(() => byBranch(props.detail.byWarehouse))
  const isShown = () => branches().length > 1 || props.detail.claims.length > 0
  return (
    <Show when={isShown()}>
      <Show when={branches().length > 1}>
        <Sheet title={t('promise.byBranch')} isFlush>
          <ByBranch branches={branches()} />
        </Sheet>
      </Show>
      <Show when={props.detail.claims.length > 0}>
        <Sheet title={t('promise.title')} note={t('promise.note')} isFlush>
          <Claims detail={props.detail} />
        </Sheet>
      </Show>
    </Show>
  )
}

function ByBranch(props: { readonly branches: readonly (readonly [string, Figures])[] }) {
  const session = createSession()
  const nameOf = (id: string) => session()?.branches.find((each) => each.id === id)?.name ?? ''
  return (
    <div class={css['frame']}>
      <table class={css['table']}>
        <thead>
          <tr>
            <th scope="col">{t('stock.branch')}</th>
            <For each={names}>
              {(name) => (
                <th scope="col" class={css['end']}>
                  {labelOf(name)}
                </th>
              )}
            </For>
          </tr>
        </thead>
        <tbody>
          <For each={props.branches}>
            {([branchId, figures]) => (
              <tr>
                <th scope="row">{nameOf(branchId)}</th>
                <For each={names}>
                  {(name) => (
                    <td class={classes(css['end'], name === 'available' && css['told'])}>
                      <QuantityText value={quantity(figures[name])} />
                    </td>
                  )}
                </For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  )
}

function Claims(props: { readonly detail: StockDetail }) {
  const session = createSession()
  const zone = () => session()?.zone ?? { offsetMinutes: 480 }
  const when = (at: number) => shortMomentText(instant(at), instant(Date.now()), zone())
  const typeText = (type: string) => labelText(definitionOf(type)?.label ?? [type, type])
  return (
    <ul class={css['claims']}>
      <For each={props.detail.claims}>
        {(row) => (
          <li class={css['claim']}>
            <span>
              <A href={`/documents/${row.type}/${row.docId}`}>
                {typeText(row.type)} {row.number}
              </A>
              <span class={css['note']}>
                {when(row.at)} · {row.warehouseName}
                <Show when={row.until}>{(until) => ` · ${t('promise.until', until())}`}</Show>
              </span>
            </span>
            <span class={css['claimed']}>
              {t(kindTexts[row.kind])}{' '}
              <GoodsQuantity goods={props.detail.product} value={row.open} />
              <Show when={row.kind === 'reserve' && row.kept < row.open}>
                <span class={css['short']}>
                  {t('promise.kept')}{' '}
                  <GoodsQuantity goods={props.detail.product} value={row.kept} />
                </span>
              </Show>
            </span>
          </li>
        )}
      </For>
    </ul>
  )
}

function labelOf(name: (typeof names)[number]): string {
  return name === 'quantity' ? t('stock.onHand') : t(`promise.${name}`)
}

function isPlain({ quantity: onHand, available, onOrder }: Figures): boolean {
  return available === onHand && onOrder === 0
}

function isTold(name: (typeof names)[number], figures: Figures): boolean {
  return name === 'available' || figures[name] !== 0
}

function byBranch(rows: readonly StockRow[]): readonly (readonly [string, Figures])[] {
  const branches = [...new Set(rows.map(({ branchId }) => branchId))]
  return branches.map((branchId) => [
    branchId,
    sumOf(rows.filter((row) => row.branchId === branchId)),
  ])
}

function sumOf(rows: readonly Figures[]): Figures {
  const sum = (name: (typeof names)[number]) => rows.reduce((total, row) => total + row[name], 0)
  return {
    ...{ quantity: sum('quantity'), reserved: sum('reserved') },
    ...{ available: sum('available'), onOrder: sum('onOrder') },
    inTransit: sum('inTransit'),
  }
}
