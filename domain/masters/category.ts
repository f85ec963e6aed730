/** 商品分类 (product category): a tree by parents. */

import type { EntityDefinition, MasterProblem } from './entity.ts'
import { flag, type MasterFields, reference, required, text, textOf } from './master-field.ts'

export const category: EntityDefinition = {
  entity: 'category',
  label: ['商品分类', 'Category'],
  title: ['name'],
  fields: {
    name: required(text(['名称', 'Name'])),
    parentId: reference('category', ['上级分类', 'Parent category']),
    isDisabled: flag(['停用', 'Disabled']),
  },
  check: checkCategory,
}

function checkCategory(id: string, fields: MasterFields): readonly MasterProblem[] {
  return textOf(fields, 'parentId') === id ? [{ code: 'parent-is-itself', field: 'parentId' }] : []
}

/** Deepest path that is followed; merged data may hold a circle, made by two devices apart. */
const limitCategoryDepth = 32

/** Names from the root down: ['饮料', '碳酸饮料']. Stops at a missing parent or in a circle. */
export function categoryPath(
  id: string,
  categoryOf: (id: string) => MasterFields | undefined,
): string[] {
  const names: string[] = []
  const seen = new Set<string>()
  let next = id
  while (next !== '' && !seen.has(next) && seen.size < limitCategoryDepth) {
    seen.add(next)
    const fields = categoryOf(next) ?? {}
    if (textOf(fields, 'name') !== '') names.unshift(textOf(fields, 'name'))
    next = textOf(fields, 'parentId')
  }
  return names
}
