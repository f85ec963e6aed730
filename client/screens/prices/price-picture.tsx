/** The course of prices paid, oldest first; each point leads to its document. Only prices of the commonest unit. */
import { A } from '@solidjs/router'
import { createMemo, createUniqueId, For, Show } from 'solid-js'
import type { TradedPrice } from '#client/engine/face/face.ts'
import { priceText } from '#client/text/figures.ts'
import { t } from '#client/text/translate.ts'
import { linePoints, pathOf } from '#client/ui/line-points.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import css from './prices.module.css'

/** Per cent of the picture's room: the line stretches with it, its points do not. */
const room = { size: 100, pad: 4 } as const

export function PricePicture(props: { readonly rows: readonly TradedPrice[] }) {
  const titleId = createUniqueId()
  const rows = createMemo(() => [...ofCommonestUnit(props.rows)].reverse())
  const points = () =>
    linePoints(
      rows().map(({ price }) => price),
      room.size,
      room.size,
      room.pad,
    )
  const text = (row: TradedPrice | undefined) =>
    row === undefined ? '' : `${priceText(unitPrice(row.price))}/${row.unit}`
  const nameOf = (row: TradedPrice) =>
    [text(row), row.partyName, row.number].filter(Boolean).join(' ')
  return (
    <Show when={rows().length > 1}>
      <div class={css['picture']}>
        <svg
          class={css['course']}
          role="img"
          aria-labelledby={titleId}
          viewBox={`0 0 ${room.size} ${room.size}`}
          preserveAspectRatio="none"
        >
          <title id={titleId}>{t('prices.course', text(rows()[0]), text(rows().at(-1)))}</title>
          <path d={pathOf(points())} />
        </svg>
        <For each={rows()}>
          {(row, index) => (
            <A
              class={css['point']}
              href={`/documents/${row.type}/${row.docId}`}
              aria-label={nameOf(row)}
              title={nameOf(row)}
              style={{
                'inset-inline-start': `${points()[index()]?.x ?? 0}%`,
                'inset-block-start': `${points()[index()]?.y ?? 0}%`,
              }}
            />
          )}
        </For>
      </div>
    </Show>
  )
}

function ofCommonestUnit(rows: readonly TradedPrice[]): readonly TradedPrice[] {
  const ofUnits = [...new Set(rows.map(({ unit }) => unit))].map((unit) =>
    rows.filter((row) => row.unit === unit),
  )
  return ofUnits.reduce((most, some) => (some.length > most.length ? some : most), [])
}
