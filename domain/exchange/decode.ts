/**
 * A file's bytes as sheets of plain text cells: CSV, .xlsx, old .xls, and the HTML that many systems
 * call .xls. Knows the shape of no table. Formulas come as the values they were saved with, never
 * evaluated; numbers and dates come as text, so that nobody behind sees a float.
 */

import { fromHtml } from 'hucre'
import { streamCsvRows } from 'hucre/csv'
import { type CellValue, readXls, readXlsx } from 'hucre/xlsx'
import {
  limitCellText,
  limitImportBytes,
  limitImportColumns,
  limitImportRows,
  limitImportSheets,
} from '#domain/values/limits.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { decodeText } from './file-text.ts'
import { checkZip } from './zip-check.ts'

/** 工作表: cells as text, '' where empty; `rows[0]` is row 1 of the file. Rows may differ in length. */
export interface Sheet {
  readonly name: string
  readonly rows: readonly (readonly string[])[]
}

export interface DecodeProblem {
  readonly code:
    | 'file-empty'
    | 'file-too-large'
    | 'file-unpacks-too-large'
    | 'file-damaged'
    | 'file-encrypted'
    | 'encoding-unknown'
    | 'too-many-sheets'
    | 'too-many-rows'
    | 'too-many-columns'
    | 'cell-too-long'
  readonly sheet?: string
  /** Row of the file, from 1. */
  readonly row?: number
}

/** The sheets of a file that hold anything, in order. Never throws, whatever the bytes [EXD2]. */
export async function decodeFile(bytes: Uint8Array): Promise<Result<Sheet[], DecodeProblem>> {
  if (bytes.length === 0) return fail({ code: 'file-empty' })
  if (bytes.length > limitImportBytes) return fail({ code: 'file-too-large' })
  const sheets = await readSheets(bytes)
  if (!sheets.ok) return sheets
  const filled = sheets.value.map(withoutEmptyEnds).filter(({ rows }) => rows.length > 0)
  const problem = filled.length === 0 ? { code: 'file-empty' as const } : checkSheets(filled)
  return problem === undefined ? done(filled) : fail(problem)
}

async function readSheets(bytes: Uint8Array): Promise<Result<Sheet[], DecodeProblem>> {
  try {
    if (startsWith(bytes, zipMagic)) return await readPacked(bytes)
    if (startsWith(bytes, compoundMagic)) {
      return done((await readXls(bytes, { maxRows: limitImportRows + 1 })).sheets.map(sheetOf))
    }
    return readText(bytes)
  } catch (error) {
    const isEncrypted = error instanceof Error && error.name === 'EncryptedFileError'
    return fail({ code: isEncrypted ? 'file-encrypted' : 'file-damaged' })
  }
}

const zipMagic = [0x50, 0x4b, 0x03, 0x04]
const compoundMagic = [0xd0, 0xcf, 0x11, 0xe0]

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte)
}

async function readPacked(bytes: Uint8Array): Promise<Result<Sheet[], DecodeProblem>> {
  const code = checkZip(bytes)
  if (code !== undefined) return fail({ code })
  return done((await readXlsx(bytes, { maxRows: limitImportRows + 1 })).sheets.map(sheetOf))
}

function readText(bytes: Uint8Array): Result<Sheet[], DecodeProblem> {
  const text = decodeText(bytes)
  if (!text.ok) return text
  if (/^\ufeff?\s*</.test(text.value) && /<table/i.test(text.value)) {
    return done([sheetOf({ name: '', rows: fromHtml(text.value, { typeInference: false }).rows })])
  }
  return done([{ name: '', rows: csvRows(text.value) }])
}

/** Row by row, so that a file with too many rows is not read to its end. */
function csvRows(text: string): string[][] {
  const rows: string[][] = []
  for (const row of streamCsvRows(text)) {
    rows.push(row.map(textOfCell))
    if (rows.length > limitImportRows) break
  }
  return rows
}

/** A reader fills a sheet up to its farthest cell, and damaged files have holes: neither is kept. */
function sheetOf({ name, rows }: { name: string; rows: MaybeHoles<CellValue[]> }): Sheet {
  return { name, rows: Array.from(rows, (row) => textsOf(row ?? [])) }
}

type MaybeHoles<Item> = readonly (Item | undefined)[]

function textsOf(row: MaybeHoles<CellValue>): readonly string[] {
  return Array.from(
    withoutEmptyEnd(row, (cell) => cell === null || cell === undefined),
    textOfCell,
  )
}

function textOfCell(value: CellValue | undefined): string {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
      return textOfNumber(value)
    case 'boolean':
      return value ? '1' : '0'
    case 'undefined':
      return ''
    default:
      return value === null || Number.isNaN(value.getTime()) ? '' : textOfDate(value.toISOString())
  }
}

/** Whole numbers beyond Excel's 15 digits keep an exponent: they have lost digits and must show it. */
function textOfNumber(value: number): string {
  if (!Number.isFinite(value)) return ''
  return Math.abs(value) >= 1e15 ? value.toExponential() : String(value)
}

/** '2026-01-05', or with the time of day where it has one. */
function textOfDate(iso: string): string {
  const [date = '', time = ''] = iso.slice(0, 19).split('T')
  return time === '00:00:00' ? date : `${date} ${time}`
}

/** Formatted but empty cells at the ends of rows, and empty rows at the end, are not there. */
function withoutEmptyEnds({ name, rows }: Sheet): Sheet {
  const trimmed = rows.map((row) => withoutEmptyEnd(row, (cell) => cell === ''))
  return { name, rows: withoutEmptyEnd(trimmed, (row) => row.length === 0) }
}

function withoutEmptyEnd<Item>(
  items: readonly Item[],
  isEmpty: (item: Item) => boolean,
): readonly Item[] {
  let length = items.length
  while (length > 0 && isEmpty(items[length - 1] as Item)) length--
  return length === items.length ? items : items.slice(0, length)
}

function checkSheets(sheets: readonly Sheet[]): DecodeProblem | undefined {
  if (sheets.length > limitImportSheets) return { code: 'too-many-sheets' }
  for (const { name, rows } of sheets) {
    if (rows.length > limitImportRows) return { code: 'too-many-rows', sheet: name }
    const wide = rows.findIndex((row) => row.length > limitImportColumns)
    if (wide >= 0) return { code: 'too-many-columns', sheet: name, row: wide + 1 }
    const long = rows.findIndex((row) => row.some((cell) => cell.length > limitCellText))
    if (long >= 0) return { code: 'cell-too-long', sheet: name, row: long + 1 }
  }
  return undefined
}
