/** 批次, 序列号, 效期 of a product: folded away, because most shops tell no goods apart. */
import { Show } from 'solid-js'
import { t } from '#client/text/translate.ts'
import { Checkbox } from '#client/ui/checkbox.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import type { GroupProps } from './product-form.tsx'
import css from './products.module.css'

export function Tracking(props: GroupProps) {
  const isUsed = () =>
    props.values.hasBatches || props.values.hasSerials || props.values.isInspected
  return (
    <Show when={!props.values.isService && !props.values.isBundle}>
      <details class={css['more']} open={isUsed()}>
        <summary>{t('products.tracking')}</summary>
        <div class={css['fields']}>
          <Checkbox
            label={t('products.hasBatches')}
            isChecked={props.values.hasBatches}
            onChange={(hasBatches) => props.put({ hasBatches })}
          />
          <Checkbox
            label={t('products.hasSerials')}
            isChecked={props.values.hasSerials}
            onChange={(hasSerials) => props.put({ hasSerials })}
          />
          <Checkbox
            label={t('products.isInspected')}
            isChecked={props.values.isInspected}
            onChange={(isInspected) => props.put({ isInspected })}
          />
        </div>
        <Show when={props.values.hasBatches}>
          <div class={css['fields']}>
            <Checkbox
              label={t('products.namesBatches')}
              hint={t('products.namesBatchesNote')}
              isChecked={props.values.namesBatches}
              onChange={(namesBatches) => props.put({ namesBatches })}
            />
            <Checkbox
              label={t('products.isByBatch')}
              hint={t('products.isByBatchNote')}
              isChecked={props.values.isByBatch}
              onChange={(isByBatch) => props.put({ isByBatch })}
            />
          </div>
          <div class={css['fields']}>
            <TextField
              label={t('products.shelfLifeDays')}
              hint={t('products.shelfLifeHint')}
              value={daysText(props.values.shelfLifeDays)}
              onInput={(text) => props.put({ shelfLifeDays: daysIn(text) })}
            />
            <TextField
              label={t('products.nearExpiryDays')}
              placeholder="30"
              value={daysText(props.values.nearExpiryDays)}
              onInput={(text) => props.put({ nearExpiryDays: daysIn(text) })}
            />
          </div>
        </Show>
        <Show when={props.values.hasSerials}>
          <p class={css['note']}>{t('products.bySerialNote')}</p>
        </Show>
      </details>
    </Show>
  )
}

function daysText(days: number): string {
  return days === 0 ? '' : String(days)
}

function daysIn(text: string): number {
  return /^\d{1,5}$/.test(text) ? Number(text) : 0
}
