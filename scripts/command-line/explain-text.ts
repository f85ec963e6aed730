/** 成本追溯 (CO-11) as lines of text: each record with what it left, and why it cost what it did. */
import type { CardRow } from '#client/engine/face/face.ts'
import type { Explained } from '#client/headless/explain.ts'
import { says } from '#client/text/command-line.ts'
import { costReasonText } from '#client/text/cost-reason-text.ts'
import { momentText } from '#client/text/dates.ts'
import { labelText } from '#client/text/language.ts'
import { definitionOf } from '#domain/registry.ts'
import type { Zone } from '#domain/values/business-date.ts'
import { formatDecimal } from '#domain/values/decimal-text.ts'
import { instant } from '#domain/values/instant.ts'
import { moneyDecimals } from '#domain/values/money.ts'
import { quantityDecimals } from '#domain/values/quantity.ts'
import { unitPriceDecimals } from '#domain/values/unit-price.ts'

/** One line for each row: moment, document, what moved, what is left, and why the cost is what it is. */
export function explainText({ product, rows }: Explained, zone: Zone): string[] {
  const figures = rows.map((row) => rowTexts(row, zone))
  const widths = figures[0]?.map((_, column) =>
    Math.max(...figures.map((texts) => widthOf(texts[column] ?? ''))),
  )
  return [
    says().explained(product.code, product.name, rows.length),
    ...figures.map((texts) =>
      texts
        .map((text, column) => padded(text, widths?.[column] ?? 0, column))
        .join('  ')
        .trimEnd(),
    ),
  ]
}

/** Moment, document, warehouse; these three stand left, figures right, the reason last and left. */
const leftColumns = new Set([0, 1, 2, 8])

function rowTexts(row: CardRow, zone: Zone): string[] {
  const type = labelText(definitionOf(row.type)?.label ?? [row.type, row.type])
  const average = row.reasonFacts?.['average']
  const about = row.reasonFacts?.['aboutNumber']
  const yuan = (fen: number | undefined) =>
    fen === undefined ? '' : formatDecimal(fen, moneyDecimals, { group: true })
  return [
    momentText(instant(row.at), zone),
    `${type} ${row.number}`,
    row.warehouseName,
    signed(formatDecimal(row.quantity, quantityDecimals, { trim: true }), row.quantity),
    formatDecimal(row.quantityAfter, quantityDecimals, { trim: true }),
    yuan(row.cost),
    yuan(row.valueAfter),
    typeof average === 'number' ? formatDecimal(average, unitPriceDecimals, { trim: true }) : '',
    `${costReasonText(row)} ${typeof about === 'string' ? about : ''}`.trim(),
  ]
}

function signed(text: string, value: number): string {
  return value > 0 ? `+${text}` : text
}

function padded(text: string, width: number, column: number): string {
  const blanks = ' '.repeat(width - widthOf(text))
  return leftColumns.has(column) ? text + blanks : blanks + text
}

/** Cells of a terminal: Chinese letters take two. */
function widthOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (/[⺀-￡]/u.test(letter) ? 2 : 1), 0)
}
