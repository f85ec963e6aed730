/**
 * A file's bytes as sheets of plain text cells: CSV, .xlsx, old .xls, and the HTML that many systems
 * call .xls. Knows the shape of no table. Formulas come as the values they were saved with, never
 * evaluated; numbers and dates come as text, so that nobody behind sees a float.
 */

import { fromHtml } from 'hucre'
import { type CellValue, readXls, readXlsx, streamXlsxRows } from 'hucre/xlsx'
import {
  limitCellText,
  limitImportBytes,
  limitImportCells,
  limitImportColumns,
  limitImportRows,
  limitImportSheets,
} from '#domain/values/limits.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { decodeText } from './file-text.ts'
import { textRows } from './text-rows.ts'
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
  const names = await packedSheetNames(bytes)
  if (names.length > limitImportSheets) return fail({ code: 'too-many-sheets' })
  const sheets: Sheet[] = []
  for (const [index, name] of names.entries()) {
    const sheet = await readPackedSheet(bytes, index, name)
    if (!sheet.ok) return sheet
    sheets.push(sheet.value)
  }
  return done(sheets)
}

async function packedSheetNames(bytes: Uint8Array): Promise<readonly string[]> {
  const names: string[] = []
  const isRead = ({ name }: { readonly name: string }) => {
    names.push(name)
    return false
  }
  await readXlsx(bytes, { sheets: isRead })
  return names
}

/**
 * Row by row: one stray cell in the last column makes a whole sheet wide, and a reader that fills it up
 * takes half a gigabyte before anybody can refuse it [EXD4].
 */
async function readPackedSheet(
  bytes: Uint8Array,
  index: number,
  name: string,
): Promise<Result<Sheet, DecodeProblem>> {
  const gathered = gatherRows(name)
  for await (const { index: at, values } of streamXlsxRows(bytes, { sheet: index })) {
    const problem = gathered.put(at, values)
    if (problem !== undefined) return fail(problem)
  }
  return done(gathered.sheet)
}

/** A sheet row by row, refused at the first row that is too much [EXD4]. */
function gatherRows(name: string): {
  readonly sheet: Sheet
  put(at: number, cells: MaybeHoles<CellValue>): DecodeProblem | undefined
} {
  const rows: (readonly string[])[] = []
  let cellCount = 0
  const put = (at: number, cells: MaybeHoles<CellValue>): DecodeProblem | undefined => {
    if (!Number.isSafeInteger(at) || at < rows.length) return { code: 'file-damaged', sheet: name }
    if (at >= limitImportRows) return { code: 'too-many-rows', sheet: name }
    cellCount += cells.length
    const row = textsOf(cells)
    const code = cellCount > limitImportCells ? 'too-many-columns' : checkRow(row)
    if (code !== undefined) return { code, sheet: name, row: at + 1 }
    while (rows.length < at) rows.push(noCells)
    rows.push(row)
    return undefined
  }
  return { sheet: { name, rows }, put }
}

const noCells: readonly string[] = []

function readText(bytes: Uint8Array): Result<Sheet[], DecodeProblem> {
  const text = decodeText(bytes)
  if (!text.ok) return text
  if (/^\ufeff?\s*</.test(text.value) && /<table/i.test(text.value)) {
    return done([sheetOf({ name: '', rows: fromHtml(text.value, { typeInference: false }).rows })])
  }
  const gathered = gatherRows('')
  let at = 0
  const rows = textRows(text.value)
  if (!rows.ok) return fail({ ...rows.problem, sheet: '' })
  for (const row of rows.value) {
    const problem = gathered.put(at++, row)
    if (problem !== undefined) return fail(problem)
  }
  return done([gathered.sheet])
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
    for (const [i, row] of rows.entries()) {
      const code = checkRow(row)
      if (code !== undefined) return { code, sheet: name, row: i + 1 }
    }
  }
  return undefined
}

function checkRow(row: readonly string[]): 'too-many-columns' | 'cell-too-long' | undefined {
  if (row.length > limitImportColumns) return 'too-many-columns'
  return row.some((cell) => cell.length > limitCellText) ? 'cell-too-long' : undefined
}
