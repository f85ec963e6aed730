/**
 * Rows of a CSV text. The reader behind it puts cells together letter by letter, so one endless cell (a quote
 * that is never closed) would take gigabytes: such a text is refused before it is read.
 */

import { type CellValue, detectDelimiter } from 'hucre'
import { streamCsvRows } from 'hucre/csv'
import { limitCellText } from '#domain/values/limits.ts'
import { done, fail, type Result } from '#domain/values/result.ts'

export interface LongCell {
  readonly code: 'cell-too-long'
  /** Row of the file, from 1; line ends inside quotes are counted too. */
  readonly row: number
}

/** The rows, read as they are asked for. */
export function textRows(text: string): Result<Iterable<readonly CellValue[]>, LongCell> {
  const delimiter = detectDelimiter(text.slice(0, headLength))
  const row = rowOfLongCell(text, delimiter)
  if (row !== undefined) return fail({ code: 'cell-too-long', row })
  return done(streamCsvRows(text, { delimiter }))
}

/** Letters by which the delimiter is told. */
const headLength = 65_536
const quote = 0x22
const lineFeed = 0x0a
const carriageReturn = 0x0d
/** A cell of quotes is written twice as long, between two more. */
const limitWritten = 2 * limitCellText + 2

/** The first row with a cell that cannot be within the limit, however it is written. */
function rowOfLongCell(text: string, delimiter: string): number | undefined {
  const ends = [delimiter.charCodeAt(0), lineFeed, carriageReturn]
  let row = 1
  let start = 0
  let isQuoted = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === quote && (isQuoted || i === start)) isQuoted = !isQuoted
    else if (!isQuoted && ends.includes(code)) start = i + 1
    if (code === lineFeed) row += 1
    if (i - start > limitWritten) return row
  }
  return undefined
}
