/**
 * 配方 (recipe) of a SKU: what it is made of, or what a bundle holds, one version for each day from which it
 * holds; beside it what that comes to over all levels, and how many can be made of what is there.
 */
import { useParams } from '@solidjs/router'
import { Show } from 'solid-js'
import { uuidv7 } from 'uuidv7'
import { namedUnits } from '#client/documents/named-units.ts'
import type { RecipeDetail } from '#client/engine/face/face.ts'
import { createRecipe } from '#client/queries/create-masters.ts'
import { countText } from '#client/text/figures.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { Checkbox } from '#client/ui/checkbox.tsx'
import { ChoiceField } from '#client/ui/choice-field.tsx'
import { DateField } from '#client/ui/date-field.tsx'
import { EmptyState } from '#client/ui/empty-state.tsx'
import { LineGrid } from '#client/ui/line-grid.tsx'
import { Page } from '#client/ui/page.tsx'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { QuantityField } from '#client/ui/quantity-field.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import { quantity } from '#domain/values/quantity.ts'
import { createRecipeDraft, freshVersion } from './create-recipe-draft.ts'
import { recipeColumns } from './recipe-columns.ts'
import { RecipeTree } from './recipe-tree.tsx'
import css from './products.module.css'

export function Recipe() {
  const params = useParams<{ skuId: string }>()
  const known = createRecipe(() => params.skuId)
  return <Show when={known()}>{(detail) => <RecipePage detail={detail()} />}</Show>
}

function RecipePage(props: { readonly detail: RecipeDetail }) {
  const draft = createRecipeDraft(() => props.detail)
  return (
    <Page
      title={t('recipe.title', props.detail.product.name)}
      back={`/products/${props.detail.product.skuId}`}
      lead={<Makeable detail={props.detail} />}
      footer={
        <Button
          kind="main"
          isBusy={draft.isBusy()}
          isDisabled={draft.isTaken()}
          onPress={() => void draft.save()}
        >
          {t('word.save')}
        </Button>
      }
    >
      <ProblemNotices problems={draft.problems()} />
      <Sheet>
        <VersionFields detail={props.detail} draft={draft} />
      </Sheet>
      <Sheet title={t('recipe.parts')} note={t('recipe.partsNote')} isFlush>
        <LineGrid
          label={t('recipe.parts')}
          columns={recipeColumns(draft.nameOf, (id) => props.detail.skus[id])}
          rows={draft.values().rows}
          rowKey={(row) => row.key}
          newRowKey={() => uuidv7()}
          onEdit={draft.edit}
          onRemove={draft.remove}
        />
      </Sheet>
      <Sheet title={t('recipe.tree')} note={t('recipe.treeNote')}>
        <Show
          when={props.detail.tree.length > 0}
          fallback={
            <EmptyState icon="product" title={t('recipe.none')} text={t('recipe.noneNote')} />
          }
        >
          <RecipeTree nodes={props.detail.tree} skus={props.detail.skus} />
        </Show>
      </Sheet>
    </Page>
  )
}

interface VersionFieldsProps {
  readonly detail: RecipeDetail
  readonly draft: ReturnType<typeof createRecipeDraft>
}

function VersionFields(props: VersionFieldsProps) {
  const versions = () => [
    ...props.detail.versions.map(({ from }) => ({
      value: from,
      label: versionText(from, props.detail.holds),
    })),
    { value: freshVersion, label: t('recipe.newVersion') },
  ]
  return (
    <div class={css['fields']}>
      <ChoiceField
        label={t('recipe.version')}
        value={props.draft.chosen()}
        options={versions()}
        onCommit={(value) => props.draft.choose(value ?? '')}
      />
      <Show when={props.draft.chosen() === freshVersion}>
        <DateField
          label={t('recipe.from')}
          hint={t('recipe.fromHint')}
          value={props.draft.day()}
          onCommit={props.draft.setDay}
          {...(props.draft.isTaken() ? { problem: t('recipe.dayTaken') } : {})}
        />
      </Show>
      <QuantityField
        label={t('recipe.output')}
        value={quantity(props.draft.values().output)}
        units={namedUnits(props.detail.product)}
        onCommit={props.draft.putOutput}
      />
      <Show when={props.detail.product.isBundle !== true}>
        <Checkbox
          label={t('recipe.isPhantom')}
          isChecked={props.detail.isPhantom}
          onChange={(isPhantom) => void props.draft.putPhantom(isPhantom)}
        />
      </Show>
    </div>
  )
}

function versionText(from: string, holds: string | undefined): string {
  const text = from === '' ? t('recipe.fromBeginning') : t('recipe.fromDay', from)
  return from === holds ? t('recipe.holds', text) : text
}

function Makeable(props: { readonly detail: RecipeDetail }) {
  return (
    <Show when={props.detail.makeable}>
      {(count) => t('recipe.makeable', `${countText(count())} ${props.detail.product.baseUnit}`)}
    </Show>
  )
}
