/** The course of prices paid, oldest first; each point leads to its document. Only prices of the commonest unit. */
import { createUniqueId, For, Show } from 'solid-js'
import type { TradedPrice } from '#client/engine/face/face.ts'
import { priceText } from '#client/text/figures.ts'
import { t } from '#client/text/translate.ts'
import { linePoints, pathOf } from '#client/ui/line-points.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import css from './prices.module.css'

const size = { width: 640, height: 96, pad: 16 } as const

export function PricePicture(props: { readonly rows: readonly TradedPrice[] }) {
  const titleId = createUniqueId()
  const rows = () => [...ofCommonestUnit(props.rows)].reverse()
  const points = () =>
    linePoints(
      rows().map(({ price }) => price),
      size.width,
      size.height,
      size.pad,
    )
  const text = (row: TradedPrice | undefined) =>
    row === undefined ? '' : `${priceText(unitPrice(row.price))}/${row.unit}`
  return (
    <Show when={rows().length > 1}>
      <svg
        class={css['picture']}
        aria-labelledby={titleId}
        viewBox={`0 0 ${size.width} ${size.height}`}
      >
        <title id={titleId}>{t('prices.course', text(rows()[0]), text(rows().at(-1)))}</title>
        <path class={css['course']} d={pathOf(points())} />
        <For each={points()}>
          {(point, index) => (
            <Show when={rows()[index()]}>
              {(row) => (
                <a
                  href={`/documents/${row().type}/${row().docId}`}
                  aria-label={[text(row()), row().partyName, row().number]
                    .filter(Boolean)
                    .join(' ')}
                >
                  <circle class={css['touch']} cx={point.x} cy={point.y} r="14" />
                  <circle class={css['point']} cx={point.x} cy={point.y} r="4" />
                </a>
              )}
            </Show>
          )}
        </For>
      </svg>
    </Show>
  )
}

function ofCommonestUnit(rows: readonly TradedPrice[]): readonly TradedPrice[] {
  const ofUnits = [...new Set(rows.map(({ unit }) => unit))].map((unit) =>
    rows.filter((row) => row.unit === unit),
  )
  return ofUnits.reduce((most, some) => (some.length > most.length ? some : most), [])
}
