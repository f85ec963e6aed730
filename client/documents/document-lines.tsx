/**
 * The lines of a posted document, with what only the merged records know beside them: the book of what was counted, how
 * far an order is carried out, and what goods cost; and its sum, in words too.
 */
import { For, Show } from 'solid-js'
import type { DocumentDetail, ProductRow, SentRow } from '#client/engine/face/face.ts'
import { createSession } from '#client/queries/create-session.ts'
import { quantityDigits } from '#client/text/figures.ts'
import { labelText } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import { MoneyText } from '#client/ui/money-text.tsx'
import { QuantityText } from '#client/ui/quantity-text.tsx'
import { amountInWords } from '#domain/doctype/amount-in-words.ts'
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import type { Field } from '#domain/doctype/fields.ts'
import { money } from '#domain/values/money.ts'
import { quantity } from '#domain/values/quantity.ts'
import { FieldText, isFigure, keyText } from './field-text.tsx'
import { namedUnits } from './named-units.ts'
import css from './documents.module.css'

interface DocumentLinesProps {
  readonly definition: AnyDocumentDefinition
  readonly document: DocumentDetail
}

export function DocumentLines(props: DocumentLinesProps) {
  const columns = () =>
    Object.entries<Field>(props.definition.lines).filter(
      ([name, field]) =>
        !field.kind.startsWith('origin') &&
        !['shares', 'price-rule'].includes(field.kind) &&
        props.document.lines.some((line) => line[name] !== undefined),
    )
  const session = createSession()
  const costs = () => costsOf(props.document)
  const counts = () => props.document.countByLeg
  const orders = () => props.document.orderByLine
  const sent = () => props.document.sentByLine
  return (
    <>
      <div class={css['lines']}>
        <table class={css['lineTable']}>
          <thead>
            <tr>
              <For each={columns()}>
                {([, field]) => <th class={cellClass(field)}>{labelText(field.label)}</th>}
              </For>
              <Show when={counts()}>
                <th class={css['end']}>{t('count.booked')}</th>
                <th class={css['end']}>{t('count.difference')}</th>
              </Show>
              <Show when={orders()}>
                <th class={css['end']}>{t('promise.taken')}</th>
                <th class={css['end']}>{t('promise.open')}</th>
              </Show>
              <Show when={sent()}>
                <th class={css['end']}>{t('transit.arrived')}</th>
                <th class={css['end']}>{t('transit.lost')}</th>
                <th class={css['end']}>{t('promise.inTransit')}</th>
              </Show>
              <Show when={costs()}>
                <th class={css['end']}>{t('card.cost')}</th>
              </Show>
            </tr>
          </thead>
          <tbody>
            <For each={props.document.lines}>
              {(line) => (
                <tr>
                  <For each={columns()}>
                    {([name, field]) => (
                      <td class={cellClass(field)}>
                        <FieldText
                          field={field}
                          value={line[name]}
                          context={{
                            names: props.document.names,
                            zone: session()?.zone,
                            sku: props.document.skus[keyText(line['skuId'])],
                          }}
                        />
                        <Show when={name === 'skuId' && props.document.partsByLine?.[line.lineId]}>
                          {(parts) => (
                            <span class={css['note']}> {partsText(props.document, parts())}</span>
                          )}
                        </Show>
                      </td>
                    )}
                  </For>
                  <Show when={counts()}>
                    {(byLeg) => <CountCells count={byLeg()[line.lineId]} />}
                  </Show>
                  <Show when={orders()}>
                    {(byLine) => (
                      <OrderCells
                        order={byLine()[line.lineId]}
                        sku={props.document.skus[keyText(line['skuId'])]}
                      />
                    )}
                  </Show>
                  <Show when={sent()}>
                    {(byLine) => <SentCells sent={byLine()[line.lineId]} />}
                  </Show>
                  <Show when={costs()}>
                    {(byLeg) => (
                      <td class={css['end']}>
                        <Show when={byLeg()[line.lineId] !== undefined}>
                          <MoneyText value={money(Math.abs(byLeg()[line.lineId] ?? 0))} />
                        </Show>
                      </td>
                    )}
                  </Show>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
      <Totals amount={props.document.amount} />
    </>
  )
}

/** Undefined where no line has one: the legs of a move are none of its lines. */
function costsOf({ costByLeg = {}, lines }: DocumentDetail): DocumentDetail['costByLeg'] {
  return lines.some(({ lineId }) => costByLeg[lineId] !== undefined) ? costByLeg : undefined
}

function Totals(props: { readonly amount: number | undefined }) {
  return (
    <Show when={props.amount !== undefined}>
      <div class={css['totals']}>
        <span class={css['words']}>{amountInWords(money(props.amount ?? 0))}</span>
        <span class={css['factLabel']}>{t('word.total')}</span>
        <span class={css['sum']}>
          <MoneyText value={money(props.amount ?? 0)} />
        </span>
      </div>
    </Show>
  )
}

/** What a bundle went out as: '可乐 6罐、苹果 1.5公斤'. */
function partsText({ skus }: DocumentDetail, parts: Readonly<Record<string, number>>): string {
  const texts = Object.entries(parts).map(
    ([skuId, steps]) =>
      `${skus[skuId]?.name ?? '…'} ${quantityDigits(quantity(steps))}${skus[skuId]?.baseUnit ?? ''}`,
  )
  return texts.join(t('word.listEnd'))
}

/** What became of a line that was sent. */
function SentCells(props: { readonly sent: SentRow | undefined }) {
  return (
    <For each={['arrived', 'lost', 'open'] as const}>
      {(name) => (
        <td class={css['end']}>
          <Show when={props.sent}>{(sent) => <QuantityText value={quantity(sent()[name])} />}</Show>
        </td>
      )}
    </For>
  )
}

/** Nothing beside a line that was not counted, or whose SKU stands further up. */
function CountCells(props: {
  readonly count: NonNullable<DocumentDetail['countByLeg']>[string] | undefined
}) {
  return (
    <>
      <td class={css['end']}>
        <Show when={props.count}>
          {(count) => <QuantityText value={quantity(count().booked)} />}
        </Show>
      </td>
      <td class={css['end']}>
        <Show when={props.count}>
          {(count) => <QuantityText value={quantity(count().difference)} isSigned />}
        </Show>
      </td>
    </>
  )
}

function OrderCells(props: {
  readonly order: NonNullable<DocumentDetail['orderByLine']>[string] | undefined
  readonly sku: ProductRow | undefined
}) {
  const units = () => (props.sku === undefined ? [] : namedUnits(props.sku))
  return (
    <>
      <td class={css['end']}>
        <Show when={props.order}>
          {(order) => <QuantityText value={quantity(order().taken)} units={units()} />}
        </Show>
      </td>
      <td class={css['end']}>
        <Show when={props.order}>
          {(order) => <QuantityText value={quantity(order().open)} units={units()} />}
        </Show>
      </td>
    </>
  )
}

function cellClass(field: Field): string | undefined {
  if (isFigure(field)) return css['end']
  return field.kind === 'reference' ? css['sku'] : undefined
}
