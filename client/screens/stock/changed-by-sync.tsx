/** What other devices have changed in this product's figures since somebody looked here, in one line. */
import { For } from 'solid-js'
import { createChanges } from '#client/queries/create-changes.ts'
import { t } from '#client/text/translate.ts'
import { MoneyText } from '#client/ui/money-text.tsx'
import { QuantityText } from '#client/ui/quantity-text.tsx'
import { money } from '#domain/values/money.ts'
import { quantity } from '#domain/values/quantity.ts'
import css from './stock.module.css'

/** Branches of one product that are shown. */
const limit = 20

export function ChangedBySync(props: { readonly skuId: string }) {
  const changes = createChanges(() => ({ offset: 0, limit, skuId: props.skuId }))
  return (
    <For each={changes()?.rows ?? []}>
      {(row) => (
        <p class={css['why']}>
          {t('changes.ofProduct')} {row.branchName}:{' '}
          <QuantityText value={quantity(row.before.quantity)} /> {t('changes.arrow')}{' '}
          <QuantityText value={quantity(row.after.quantity)} unit={row.baseUnit} />{' '}
          {row.before.value !== undefined && (
            <>
              · <MoneyText value={money(row.before.value)} /> {t('changes.arrow')}{' '}
              <MoneyText value={money(row.after.value ?? 0)} />{' '}
            </>
          )}
          · <a href={`/changes?sku=${row.skuId}`}>{t('changes.why')}</a>
        </p>
      )}
    </For>
  )
}
