/** 追溯: where the goods of a batch, or one piece, came from and where they went, document by document. */
import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { createSession } from '#client/queries/create-session.ts'
import { createTrace } from '#client/queries/create-stock.ts'
import { momentText } from '#client/text/dates.ts'
import { serialStateText } from '#client/text/goods-text.ts'
import { labelText } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import { Dialog } from '#client/ui/dialog.tsx'
import { QuantityText } from '#client/ui/quantity-text.tsx'
import { Badge } from '#client/ui/stamp.tsx'
import { definitionOf } from '#domain/registry.ts'
import { instant } from '#domain/values/instant.ts'
import { quantity } from '#domain/values/quantity.ts'
import css from './stock.module.css'

export interface Traced {
  readonly skuId: string
  readonly batch?: string
  readonly serial?: string
}

export function TraceDialog(props: {
  readonly traced: Traced | undefined
  readonly onClose: () => void
}) {
  const session = createSession()
  const trace = createTrace(() => props.traced)
  const typeText = (type: string) => labelText(definitionOf(type)?.label ?? [type, type])
  return (
    <Dialog
      isOpen={props.traced !== undefined}
      title={t('goods.trace', props.traced?.serial ?? props.traced?.batch ?? '')}
      onClose={props.onClose}
    >
      <Show when={trace()?.state}>
        {(state) => (
          <p class={css['traceState']}>
            {t('goods.serialState')} <Badge tone="grey">{serialStateText(state())}</Badge>
          </p>
        )}
      </Show>
      <ol class={css['trace']}>
        <For each={trace()?.rows ?? []}>
          {(row) => (
            <li class={css['traceRow']}>
              <A href={`/documents/${row.type}/${row.docId}`}>
                {typeText(row.type)} {row.number}
              </A>
              <QuantityText value={quantity(row.quantity)} isSigned />
              <span class={css['specification']}>
                {momentText(instant(row.at), session()?.zone ?? { offsetMinutes: 480 })} ·{' '}
                {row.warehouseName}
              </span>
              <Show when={row.isTrouble} fallback={<span />}>
                <Badge tone="red">{t('goods.toCorrect')}</Badge>
              </Show>
            </li>
          )}
        </For>
      </ol>
    </Dialog>
  )
}
