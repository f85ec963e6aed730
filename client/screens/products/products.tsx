/** 商品 (products): 50,000 rows at the speed of typing; a row opens its form beside the list. */
import { useNavigate, useParams } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import type { ProductRow } from '#client/engine/face/face.ts'
import { createProducts } from '#client/queries/create-masters.ts'
import { countText } from '#client/text/figures.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { ButtonLink } from '#client/ui/button-link.tsx'
import { DataTable } from '#client/ui/data-table.tsx'
import { EmptyState } from '#client/ui/empty-state.tsx'
import { Page } from '#client/ui/page.tsx'
import { PriceText } from '#client/ui/price-text.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { Badge } from '#client/ui/stamp.tsx'
import type { TableColumn } from '#client/ui/table-column.ts'
import { SearchField } from '#client/ui/search-field.tsx'
import { unitPrice } from '#domain/values/unit-price.ts'
import { GoodsQuantity } from '#client/documents/goods-quantity.tsx'
import { ProductForm } from './product-form.tsx'
import css from './products.module.css'

export function Products() {
  const navigate = useNavigate()
  const params = useParams<{ skuId?: string }>()
  const [search, setSearch] = createSignal('')
  const rows = createProducts(search)
  const open = (skuId: string) => navigate(`/products/${skuId}`)
  const close = () => navigate('/products')
  return (
    <Page
      title={t('products.title')}
      lead={
        <Show when={rows.total() !== undefined}>
          {t('products.lead', countText(rows.total() ?? 0))}
        </Show>
      }
      isFull
      actions={
        <>
          <ButtonLink href="/import" icon="import">
            {t('products.import')}
          </ButtonLink>
          <Button kind="main" icon="plus" onPress={() => open('new')}>
            {t('products.new')}
          </Button>
        </>
      }
    >
      <SearchField
        label={t('stock.search')}
        hint={t('stock.searchHint')}
        value={search()}
        onInput={setSearch}
      />
      <Sheet isFlush isFull>
        <DataTable
          label={t('products.title')}
          columns={columns()}
          count={rows.total() ?? 0}
          row={rows.row}
          rowKey={(row) => row.skuId}
          onVisible={rows.see}
          onOpen={(row) => open(row.skuId)}
          selectedKey={params.skuId}
          card={(row) => <ProductCard row={row} />}
          empty={
            <Show when={rows.total() !== undefined}>
              <EmptyState
                icon="product"
                title={search() === '' ? t('products.empty') : t('products.notFound', search())}
                text={search() === '' ? t('products.emptyNote') : t('products.notFoundNote')}
              />
            </Show>
          }
        />
      </Sheet>
      <Show when={params.skuId} keyed>
        {(skuId) => <ProductForm skuId={skuId} onClose={close} />}
      </Show>
    </Page>
  )
}

function columns(): readonly TableColumn<ProductRow>[] {
  return [
    { key: 'code', label: t('stock.code'), width: 132, render: (row) => row.code },
    {
      key: 'name',
      label: t('products.name'),
      width: 200,
      grow: 3,
      render: (row) => <Name row={row} />,
    },
    {
      key: 'category',
      label: t('products.category'),
      width: 96,
      grow: 1,
      hideBelow: 900,
      render: (row) => row.category ?? '',
    },
    {
      key: 'barcode',
      label: t('products.barcode'),
      width: 140,
      hideBelow: 1040,
      render: (row) => <span class={css['code']}>{row.barcodes[0] ?? ''}</span>,
    },
    {
      key: 'price',
      label: t('product.retailPrice'),
      width: 110,
      align: 'end',
      render: (row) => price(row.retailPrice),
    },
    {
      key: 'purchase',
      label: t('product.purchasePrice'),
      width: 110,
      align: 'end',
      hideBelow: 820,
      render: (row) => price(row.purchasePrice),
    },
    {
      key: 'onHand',
      label: t('stock.onHand'),
      width: 140,
      align: 'end',
      render: (row) => <OnHand row={row} />,
    },
  ]
}

function price(value: number | undefined) {
  return value === undefined ? '' : <PriceText value={unitPrice(value)} />
}

function Name(props: { readonly row: ProductRow }) {
  return (
    <span class={css['name']}>
      {props.row.name} <span class={css['note']}>{props.row.specification}</span>{' '}
      <Show when={props.row.isDisabled}>
        <Badge>{t('products.disabled')}</Badge>
      </Show>
      <Show when={props.row.isService}>
        <Badge>{t('products.service')}</Badge>
      </Show>
    </span>
  )
}

function OnHand(props: { readonly row: ProductRow }) {
  return (
    <Show when={!props.row.isService}>
      <GoodsQuantity goods={props.row} value={props.row.onHand} />
    </Show>
  )
}

function ProductCard(props: { readonly row: ProductRow }) {
  return (
    <div class={css['card']}>
      <Name row={props.row} />
      <span>{price(props.row.retailPrice)}</span>
      <span class={css['note']}>{props.row.code}</span>
      <OnHand row={props.row} />
    </div>
  )
}
