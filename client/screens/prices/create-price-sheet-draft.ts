/** What a person types into a table of prices before it is saved. */
import { type Accessor, createEffect, createSignal, on } from 'solid-js'
import { uuidv7 } from 'uuidv7'
import { createAct } from '#client/commands/create-act.ts'
import type { PriceHolder, PriceSheet, ProductRow } from '#client/engine/face/face.ts'
import { createPriceSheet } from '#client/queries/create-prices.ts'
import { countText } from '#client/text/figures.ts'
import { t } from '#client/text/translate.ts'
import type { LineEdit } from '#client/ui/line-grid.tsx'
import { showToast } from '#client/ui/toast.tsx'
import { editedRows } from '../edited-rows.ts'
import { priceChanges, rowProblems, type TypedPrice } from './price-sheet-values.ts'

export function createPriceSheetDraft(holder: Accessor<PriceHolder>) {
  const [rows, setRows] = createSignal<readonly TypedPrice[]>([])
  const [saved, setSaved] = createSignal<PriceSheet['rows']>()
  const [names, setNames] = createSignal<Readonly<Record<string, string>>>({})
  const [isTried, setTried] = createSignal(false)
  const typedSkus = () => [...new Set(rows().flatMap(({ skuId }) => skuId ?? []))]
  const sheet = createPriceSheet(holder, typedSkus)
  // What others change meanwhile is not put over what is being typed.
  createEffect(
    on(sheet, (known) => {
      if (known === undefined || saved() !== undefined) return
      setSaved(known.rows)
      setRows(known.rows.map((row) => ({ key: uuidv7(), ...row })))
    }),
  )
  const skuOf = (skuId: string | undefined): ProductRow | undefined => sheet()?.skus[skuId ?? '']
  const baseUnitOf = (skuId: string) => skuOf(skuId)?.baseUnit ?? ''
  const problems = () => rowProblems(rows(), baseUnitOf)
  const act = createAct()
  const save = async () => {
    setTried(true)
    if (problems().length > 0) {
      showToast({ kind: 'decide', title: t('prices.rowsWrong') })
      return
    }
    const typed = rows()
    const changes = priceChanges(holder(), saved() ?? [], typed, baseUnitOf)
    if (changes.length > 0 && (await act.run('changeMasters', { changes })) === undefined) return
    setSaved(typed.flatMap(wholeRow(baseUnitOf)))
    setTried(false)
    showToast({ kind: 'done', title: t('prices.saved', countText(typed.length)) })
  }
  const edit = (cell: LineEdit) => {
    const { suggestion } = cell
    if (suggestion) setNames((before) => ({ ...before, [suggestion.value]: suggestion.label }))
    setRows((before) => editedRows(before, cell, (key) => ({ key })))
  }
  return {
    ...{ sheet, rows, setRows, skuOf, save, edit },
    ...{ isBusy: act.isBusy, actProblems: act.problems },
    remove: (key: string) => void setRows((before) => before.filter((row) => row.key !== key)),
    nameOf: (skuId: string) => skuOf(skuId)?.name ?? names()[skuId] ?? '',
    problemAt(key: string, field: string) {
      const found = problems().find((each) => each.key === key && each.field === field)
      return isTried() && found !== undefined ? t(found.text) : undefined
    },
  }
}

function wholeRow(baseUnitOf: (skuId: string) => string) {
  return ({ skuId, price, unit, least, since, until }: TypedPrice): PriceSheet['rows'] => {
    if (skuId === undefined || price === undefined) return []
    const limits = { ...(least && { least }), ...(since && { since }), ...(until && { until }) }
    return [{ skuId, price, unit: unit ?? baseUnitOf(skuId), ...limits }]
  }
}
