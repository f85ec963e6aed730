/** What an import makes new, in the words of the shop: 商品 3、SKU 3、商品分类 2. */
import { labelText } from '#client/text/language.ts'
import { t } from '#client/text/translate.ts'
import type { ImportPlan } from '#domain/exchange/import-plan.ts'
import { entities } from '#domain/masters/entities.ts'
import type { EntityName } from '#domain/masters/entity.ts'

export function createdText(created: ImportPlan['counts']['created']): string {
  return Object.entries(created)
    .map(([entity, count]) => `${labelText(entities[entity as EntityName].label)} ${count}`)
    .join(t('word.listEnd'))
}
