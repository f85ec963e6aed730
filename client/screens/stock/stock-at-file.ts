/** 某日库存 as a file for a spreadsheet: exact figures, in the base unit and in yuan. */
import type { FiguresAt, StockAtRow } from '#client/engine/face/face.ts'
import { t } from '#client/text/translate.ts'
import { type CsvCell, csvBytes } from '#domain/exchange/csv-text.ts'
import { formatDecimal } from '#domain/values/decimal-text.ts'

export function stockAtFile(rows: readonly StockAtRow[]): Uint8Array {
  const isCosted = rows.some(
    ({ known, believed }) => (known.value ?? believed?.value) !== undefined,
  )
  const isCompared = rows.some(({ believed }) => believed !== undefined)
  const heads = [
    ...[t('stock.code'), t('stock.product'), t('at.specification')],
    ...[t('stock.branch'), t('at.unit'), t('at.known')],
    ...(isCosted ? [t('at.knownValue')] : []),
    ...(isCompared ? [t('at.believed')] : []),
    ...(isCompared && isCosted ? [t('at.believedValue')] : []),
  ]
  return csvBytes([
    heads.map((text) => ({ text })),
    ...rows.map((row): CsvCell[] => [
      ...[row.code, row.name, row.specification].map((text) => ({ text })),
      ...[row.branchName, row.baseUnit].map((text) => ({ text })),
      ...figures(row.known, isCosted),
      ...(isCompared ? figures(row.believed ?? { quantity: 0 }, isCosted) : []),
    ]),
  ])
}

function figures({ quantity, value }: FiguresAt, isCosted: boolean): readonly string[] {
  const onHand = formatDecimal(quantity, 4)
  return isCosted ? [onHand, formatDecimal(value ?? 0, 2)] : [onHand]
}
