/** One thing that is not in order in a month to be closed: what, how often, which records, and whether it was seen. */
import { For, Show } from 'solid-js'
import type { ClosingConcern } from '#client/engine/face/face.ts'
import { agoText } from '#client/text/dates.ts'
import { type TextKey, t } from '#client/text/translate.ts'
import { Checkbox } from '#client/ui/checkbox.tsx'
import { Badge } from '#client/ui/stamp.tsx'
import { instant } from '#domain/values/instant.ts'
import css from './month-close.module.css'

const titles: Readonly<Record<string, TextKey>> = {
  'device-unseen': 'close.device-unseen',
  'negative-stock': 'close.negative-stock',
  'cost-provisional': 'close.cost-provisional',
  'goods-under-way': 'close.goods-under-way',
}

const notes: Readonly<Record<string, TextKey>> = {
  'device-unseen': 'close.device-unseenNote',
  'negative-stock': 'close.negative-stockNote',
  'cost-provisional': 'close.cost-provisionalNote',
  'goods-under-way': 'close.goods-under-wayNote',
}

/** Records named at most; the rest stand under findings. */
const limitNamed = 8

/** What a concern is called; a code that this build does not know counts as a finding. */
export function concernTitle(code: string): string {
  return t(titles[code] ?? 'close.finding-open')
}

export function Concern(props: {
  readonly concern: ClosingConcern
  readonly isAccepted: boolean
  readonly onAccept: (isSeen: boolean) => void
}) {
  const skus = () => props.concern.skus.slice(0, limitNamed)
  const devices = () => props.concern.devices.slice(0, limitNamed)
  const named = () => skus().length + devices().length
  return (
    <article class={css['concern']}>
      <header class={css['head']}>
        <h2 class={css['name']}>{concernTitle(props.concern.code)}</h2>
        <Badge tone="amber">{String(props.concern.count)}</Badge>
      </header>
      <p class={css['note']}>{t(notes[props.concern.code] ?? 'close.finding-openNote')}</p>
      <div class={css['records']}>
        <For each={devices()}>
          {(device) => (
            <a href="/devices">
              {device.name} · {agoText(instant(device.lastSeenAt), instant(Date.now()))}
            </a>
          )}
        </For>
        <For each={skus()}>{(sku) => <a href={`/stock/${sku.skuId}`}>{sku.name}</a>}</For>
        <Show when={props.concern.devices.length === 0}>
          <Show
            when={props.concern.code === 'goods-under-way'}
            fallback={<a href="/findings">{t('close.openFindings')}</a>}
          >
            <a href="/under-way">{t('way.title')}</a>
          </Show>
        </Show>
        <Show when={named() > 0 && props.concern.count > named()}>
          <span>{t('close.more', props.concern.count - named())}</span>
        </Show>
      </div>
      <Checkbox label={t('close.seen')} isChecked={props.isAccepted} onChange={props.onAccept} />
    </article>
  )
}
