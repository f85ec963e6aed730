/** What a person types into a recipe before it is saved: one version at a time. */
import { type Accessor, createEffect, createSignal, on } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import type { FieldValue, RecipeDetail } from '#client/engine/face/face.ts'
import { t } from '#client/text/translate.ts'
import type { LineEdit } from '#client/ui/line-grid.tsx'
import { showToast } from '#client/ui/toast.tsx'
import { bomField } from '#domain/masters/sku-bom.ts'
import { type BusinessDate, businessDate, isBusinessDate } from '#domain/values/business-date.ts'
import { stepsPerUnit } from '#domain/values/quantity.ts'
import { editedRows } from '../edited-rows.ts'
import { recipeField, type RecipeRow, type RecipeValues, recipeValues } from './recipe-values.ts'

/** A version that is being written and has no day yet. */
export const freshVersion = 'new'

export function createRecipeDraft(detail: Accessor<RecipeDetail>) {
  const versions = () => detail().versions
  const [chosen, choose] = createSignal(firstOf(detail()))
  const [day, setDay] = createSignal<BusinessDate | undefined>()
  const [values, setValues] = createSignal<RecipeValues>({ output: stepsPerUnit, rows: [] })
  const [names, setNames] = createSignal<Readonly<Record<string, string>>>({})
  const written = () => versions().find(({ from }) => from === chosen())
  createEffect(on([chosen, written], ([, of]) => setValues(recipeValues(of?.rows ?? []))))
  const from = () => (chosen() === freshVersion ? (day() ?? '') : dayOf(chosen()))
  const act = createAct()
  const write = (fields: Readonly<Record<string, FieldValue>>) => {
    const id = detail().product.skuId
    return act.run('changeMasters', { changes: [{ entity: 'sku', id, fields }] })
  }
  const save = async () => {
    const saved = await write({ [bomField(from())]: recipeField(values()) })
    if (saved === undefined) return
    choose(from())
    showToast({ kind: 'done', title: t('recipe.saved', detail().product.name) })
  }
  const putRows = (change: (rows: readonly RecipeRow[]) => readonly RecipeRow[]) =>
    setValues((before) => ({ ...before, rows: change(before.rows) }))
  const edit = (cell: LineEdit) => {
    const { suggestion } = cell
    if (suggestion !== undefined) {
      setNames((before) => ({ ...before, [suggestion.value]: suggestion.label }))
    }
    putRows((rows) => editedRows(rows, cell, freshRow))
  }
  return {
    ...{ chosen, choose, day, setDay, values, save, edit },
    ...{ isBusy: act.isBusy, problems: act.problems },
    remove: (key: string) => void putRows((rows) => rows.filter((row) => row.key !== key)),
    putOutput: (output: number | undefined) =>
      void setValues((before) => ({ ...before, output: output || stepsPerUnit })),
    putPhantom: (isPhantom: boolean) => write({ isPhantom: isPhantom ? 1 : '' }),
    nameOf: (id: string) => detail().skus[id]?.name ?? names()[id] ?? '',
    isTaken: () => chosen() === freshVersion && versions().some((each) => each.from === from()),
  }
}

function firstOf({ holds, versions }: RecipeDetail): string {
  return holds ?? versions[0]?.from ?? freshVersion
}

function dayOf(text: string): BusinessDate | '' {
  return isBusinessDate(text) ? businessDate(text) : ''
}

function freshRow(key: string): RecipeRow {
  return { key, otherAlternatives: [] }
}
