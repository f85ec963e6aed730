/** The form of a product with one SKU, new or known; prices show only where this device may read them. */
import { createEffect, createSignal, on, Show } from 'solid-js'
import { uuidv7 } from 'uuidv7'
import { createAct } from '#client/commands/create-act.ts'
import { createProduct } from '#client/queries/create-masters.ts'
import { createSession } from '#client/queries/create-session.ts'
import { t } from '#client/text/translate.ts'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { Button } from '#client/ui/button.tsx'
import { ButtonLink } from '#client/ui/button-link.tsx'
import { Checkbox } from '#client/ui/checkbox.tsx'
import { Dialog } from '#client/ui/dialog.tsx'
import { PriceField } from '#client/ui/price-field.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import { showToast } from '#client/ui/toast.tsx'
import type { ProductId, SkuId } from '#domain/values/ids.ts'
import { type UnitPrice, unitPrice } from '#domain/values/unit-price.ts'
import { changesOf, emptyProduct, type ProductValues, valuesOf } from './product-values.ts'
import { Sizes } from './sizes.tsx'
import { Tracking } from './tracking.tsx'
import css from './products.module.css'

export function ProductForm(props: { readonly skuId: string; readonly onClose: () => void }) {
  const isNew = () => props.skuId === 'new'
  const known = createProduct(() => (isNew() ? undefined : props.skuId))
  const [values, setValues] = createSignal<ProductValues>(emptyProduct)
  const newIds = { productId: uuidv7() as ProductId, skuId: uuidv7() as SkuId }
  createEffect(
    on(known, (row) => {
      if (row !== undefined) setValues(valuesOf(row))
    }),
  )
  const act = createAct()
  const put = (part: Partial<ProductValues>) => setValues((before) => ({ ...before, ...part }))
  const save = async () => {
    const row = known()
    const ids =
      row === undefined
        ? newIds
        : { productId: row.productId as ProductId, skuId: row.skuId as SkuId }
    const before = row === undefined ? emptyProduct : valuesOf(row)
    const changes = changesOf(ids, before, values())
    if (changes.length === 0) return props.onClose()
    const saved = await act.run('changeMasters', { changes })
    if (saved === undefined) return
    showToast({ kind: 'done', title: t('products.saved', values().name) })
    props.onClose()
  }
  const isReady = () =>
    [values().name, values().code, values().baseUnit].every((text) => text.trim() !== '')
  return (
    <Dialog
      isOpen
      size="large"
      isSticky
      title={isNew() ? t('products.new') : t('products.edit')}
      onClose={props.onClose}
      footer={
        <>
          <Show when={!isNew()}>
            <Show when={!values().isService}>
              <ButtonLink href={`/recipes/${props.skuId}`}>{t('recipe.open')}</ButtonLink>
            </Show>
            <ButtonLink href={`/stock/${props.skuId}`}>{t('products.openCard')}</ButtonLink>
          </Show>
          <Button
            kind="main"
            isBusy={act.isBusy()}
            isDisabled={!isReady()}
            onPress={() => void save()}
          >
            {t('word.save')}
          </Button>
        </>
      }
    >
      <ProblemNotices problems={act.problems()} />
      <Identity values={values()} put={put} />
      <Prices values={values()} put={put} />
      <Tracking values={values()} put={put} />
      <Sizes values={values()} put={put} />
    </Dialog>
  )
}

export interface GroupProps {
  readonly values: ProductValues
  readonly put: (part: Partial<ProductValues>) => void
}

function Identity(props: GroupProps) {
  return (
    <div class={css['fields']}>
      <TextField
        label={t('products.name')}
        value={props.values.name}
        onInput={(name) => props.put({ name })}
        isRequired
        hasFocus
      />
      <TextField
        label={t('products.specification')}
        value={props.values.specification}
        onInput={(specification) => props.put({ specification })}
      />
      <TextField
        label={t('stock.code')}
        kind="code"
        value={props.values.code}
        onInput={(code) => props.put({ code })}
        isRequired
      />
      <TextField
        label={t('products.brand')}
        value={props.values.brand}
        onInput={(brand) => props.put({ brand })}
      />
      <TextField
        label={t('products.baseUnit')}
        value={props.values.baseUnit}
        placeholder={t('products.baseUnitExample')}
        onInput={(baseUnit) => props.put({ baseUnit })}
        isRequired
      />
      <TextField
        label={t('products.barcode')}
        kind="code"
        scan="keep"
        value={props.values.barcode}
        onInput={(barcode) => props.put({ barcode })}
      />
      <TextField
        label={t('products.packUnit')}
        hint={t('products.packUnitHint')}
        value={props.values.packUnit}
        onInput={(packUnit) => props.put({ packUnit })}
      />
      <TextField
        label={t('products.packSize')}
        value={props.values.packSize === 0 ? '' : String(props.values.packSize)}
        onInput={(text) => props.put({ packSize: /^\d{1,6}$/.test(text) ? Number(text) : 0 })}
      />
      <TextField
        label={t('products.packBarcode')}
        kind="code"
        scan="keep"
        value={props.values.packBarcode}
        onInput={(packBarcode) => props.put({ packBarcode })}
      />
    </div>
  )
}

function Prices(props: GroupProps) {
  const session = createSession()
  const may = (audience: 'sales' | 'buying') => session()?.audiences.includes(audience) ?? false
  const asPrice = (value: number | undefined): UnitPrice | undefined =>
    value === undefined ? undefined : unitPrice(value)
  return (
    <div class={css['fields']}>
      <Show when={may('sales')}>
        <PriceField
          label={t('product.retailPrice')}
          value={asPrice(props.values.retailPrice)}
          onCommit={(retailPrice) => props.put({ retailPrice })}
        />
        <PriceField
          label={t('product.wholesalePrice')}
          value={asPrice(props.values.wholesalePrice)}
          onCommit={(wholesalePrice) => props.put({ wholesalePrice })}
        />
        <PriceField
          label={t('product.minimumPrice')}
          value={asPrice(props.values.minimumPrice)}
          onCommit={(minimumPrice) => props.put({ minimumPrice })}
        />
      </Show>
      <Show when={may('buying')}>
        <PriceField
          label={t('product.purchasePrice')}
          value={asPrice(props.values.purchasePrice)}
          onCommit={(purchasePrice) => props.put({ purchasePrice })}
        />
      </Show>
      <Checkbox
        label={t('products.isService')}
        isChecked={props.values.isService}
        onChange={(isService) => props.put({ isService, isBundle: false })}
      />
      <Checkbox
        label={t('products.isBundle')}
        isChecked={props.values.isBundle}
        onChange={(isBundle) => props.put({ isBundle, isService: false })}
      />
      <Checkbox
        label={t('products.isDisabled')}
        isChecked={props.values.isDisabled}
        onChange={(isDisabled) => props.put({ isDisabled })}
      />
    </div>
  )
}
