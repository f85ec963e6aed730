/**
 * A table as CSV for spreadsheets: UTF-8 with a mark so that Excel reads Chinese, and no text that a spreadsheet would
 * carry out as a formula. Figures are decimal texts, exact.
 */

/** A text of people; figures are written as they are. */
export interface TextCell {
  readonly text: string
}

export type CsvCell = TextCell | string

/** Letters with which a spreadsheet begins to reckon. */
const formulaStart = /^[\s]*[=+\-@\t\r]/u
const byteOrderMark = '\uFEFF'

export function csvBytes(rows: readonly (readonly CsvCell[])[]): Uint8Array {
  const lines = rows.map((row) => row.map(cellText).join(','))
  return new TextEncoder().encode(`${byteOrderMark}${lines.join('\r\n')}\r\n`)
}

function cellText(cell: CsvCell): string {
  const text = typeof cell === 'string' ? cell : safe(cell.text)
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A leading apostrophe makes a spreadsheet take it for a text. */
function safe(text: string): string {
  return formulaStart.test(text) ? `'${text}` : text
}
