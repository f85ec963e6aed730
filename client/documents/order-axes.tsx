/** 进度: the axes of an order side by side, alike on all orders; and what to do where an offer has run out. */
import { Show } from 'solid-js'
import type { DocumentDetail, OrderAxes } from '#client/engine/face/face.ts'
import { t } from '#client/text/translate.ts'
import { FactList } from '#client/ui/fact-list.tsx'
import { Notice } from '#client/ui/notice.tsx'
import { isTakenBack } from './document-versions.tsx'
import { Sheet } from '#client/ui/sheet.tsx'

export function OrderProgress(props: { readonly document: DocumentDetail }) {
  return (
    <Show when={props.document.axes}>
      {(axes) => (
        <>
          <Show when={axes().isExpired}>
            <Notice kind="decide" title={t('axis.expired')}>
              {t('axis.expiredNote')}
            </Notice>
          </Show>
          <Sheet title={t('axis.title')}>
            <FactList facts={factsOf(axes(), props.document)} />
          </Sheet>
        </>
      )}
    </Show>
  )
}

function factsOf(axes: OrderAxes, { state }: DocumentDetail) {
  const { invoiced } = axes
  return [
    { label: t('axis.audit'), value: t(isTakenBack(state) ? `state.${state}` : 'state.posted') },
    { label: t(`axis.${axes.kind}`), value: carriedOutText(axes) },
    ...(invoiced === undefined
      ? []
      : [{ label: t('axis.invoice'), value: t(`axis.${invoiced}`, t('axis.invoice')) }]),
    { label: t('axis.close'), value: t(`axis.close.${axes.close}`) },
  ]
}

/** '部分入库', '未成交'. */
export function carriedOutText({ kind, carriedOut }: OrderAxes): string {
  return t(`axis.${carriedOut}`, t(`axis.${kind}`))
}
