/** A recipe over all its levels: each part under what it goes into, with the quantity for one run. */
import { For, Show } from 'solid-js'
import { GoodsQuantity } from '#client/documents/goods-quantity.tsx'
import type { ProductRow, RecipeNode } from '#client/engine/face/face.ts'
import { percentText } from '#client/text/figures.ts'
import { t } from '#client/text/translate.ts'
import { Badge } from '#client/ui/stamp.tsx'
import { percent } from '#domain/values/percent.ts'
import css from './products.module.css'

export interface RecipeTreeProps {
  readonly nodes: readonly RecipeNode[]
  readonly skus: Readonly<Record<string, ProductRow>>
}

export function RecipeTree(props: RecipeTreeProps) {
  return (
    <ul class={css['tree']}>
      <For each={props.nodes}>
        {(node) => (
          <li>
            <Branch node={node} sku={props.skus[node.skuId]} />
            <Show when={node.parts.length > 0}>
              <RecipeTree nodes={node.parts} skus={props.skus} />
            </Show>
          </li>
        )}
      </For>
    </ul>
  )
}

function Branch(props: { readonly node: RecipeNode; readonly sku: ProductRow | undefined }) {
  return (
    <div class={css['treeRow']}>
      <span>
        {props.sku?.name ?? '…'}{' '}
        <Show when={props.node.isPassedThrough}>
          <Badge>{t('recipe.passedThrough')}</Badge>
        </Show>
      </span>
      <span class={css['note']}>
        <Show when={props.node.loss}>
          {(loss) => t('recipe.withLoss', percentText(percent(loss())))}
        </Show>
      </span>
      <Show when={props.sku} fallback={<span />}>
        {(sku) => <GoodsQuantity goods={sku()} value={props.node.quantity} />}
      </Show>
    </div>
  )
}
