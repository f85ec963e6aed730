/** 价目表, 客户专价: a table of prices, typed or pasted; changed all at once where somebody wants that. */
import { useParams } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import { uuidv7 } from 'uuidv7'
import type { PriceHolder } from '#client/engine/face/face.ts'
import { countText } from '#client/text/figures.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { LineGrid } from '#client/ui/line-grid.tsx'
import { Page } from '#client/ui/page.tsx'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { showToast } from '#client/ui/toast.tsx'
import { changedPrice, type PriceChange } from '#domain/masters/price-change.ts'
import { scalePrice, unitPrice } from '#domain/values/unit-price.ts'
import { ChangePrices } from './change-prices.tsx'
import { createPriceSheetDraft } from './create-price-sheet-draft.ts'
import { priceColumns } from './price-columns.ts'
import type { TypedPrice } from './price-sheet-values.ts'

export function PriceSheet() {
  const params = useParams<{ entity: string; id: string }>()
  const holder = () =>
    isHolder(params.entity) ? { entity: params.entity, id: params.id } : undefined
  return (
    <Show when={holder()} keyed>
      {(known) => <PriceTable holder={known} />}
    </Show>
  )
}

function isHolder(entity: string): entity is PriceHolder['entity'] {
  return entity === 'price-list' || entity === 'customer'
}

function PriceTable(props: { readonly holder: PriceHolder }) {
  const draft = createPriceSheetDraft(() => props.holder)
  const [isChanging, setChanging] = createSignal(false)
  const costOf = ({ skuId, unit }: TypedPrice) => {
    const sku = draft.skuOf(skuId)
    if (sku?.purchasePrice === undefined) return undefined
    const base = unitPrice(sku.purchasePrice)
    const factor = sku.units.find(({ name }) => name === unit)
    return factor === undefined ? base : scalePrice(base, factor)
  }
  const apply = (change: PriceChange) => {
    let skipped = 0
    const rows = draft.rows().map((row) => {
      if (row.price === undefined) return row
      const price = changedPrice(change, unitPrice(row.price), costOf(row))
      if (price === undefined) skipped += 1
      return { ...row, price: price ?? row.price }
    })
    draft.setRows(rows)
    if (skipped > 0)
      showToast({ kind: 'decide', title: t('prices.notReckoned', countText(skipped)) })
  }
  const title = (name: string) =>
    props.holder.entity === 'customer' ? t('prices.ofCustomer', name) : t('prices.ofList', name)
  return (
    <Show when={draft.sheet()}>
      {(sheet) => (
        <Page
          title={title(sheet().name)}
          back={`/masters/${props.holder.entity}`}
          lead={t('prices.lead')}
          footer={
            <Button kind="main" isBusy={draft.isBusy()} onPress={() => void draft.save()}>
              {t('word.save')}
            </Button>
          }
        >
          <ProblemNotices problems={draft.actProblems()} />
          <Sheet
            title={t('prices.rows')}
            isFlush
            actions={
              <Show when={draft.rows().length > 0}>
                <Button onPress={() => setChanging(true)}>{t('prices.change')}</Button>
              </Show>
            }
          >
            <LineGrid
              label={t('prices.rows')}
              columns={priceColumns(draft.nameOf, draft.skuOf)}
              rows={draft.rows()}
              rowKey={(row) => row.key}
              newRowKey={() => uuidv7()}
              onEdit={draft.edit}
              onRemove={draft.remove}
              problemAt={draft.problemAt}
            />
          </Sheet>
          <Show when={isChanging()}>
            <ChangePrices
              count={draft.rows().length}
              onApply={apply}
              onClose={() => setChanging(false)}
            />
          </Show>
        </Page>
      )}
    </Show>
  )
}
