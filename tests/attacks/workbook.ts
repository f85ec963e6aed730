/** Workbooks (.xlsx) from raw XML, so that each part can be wrong in its own way. */
import { type ZipEntry, zipOf } from './zip.ts'

export interface WorkbookParts {
  /** Content of `<sheetData>`, or with `sheet` the whole part. */
  readonly rows?: string
  readonly sheet?: string | Uint8Array
  /** Name of the sheet. */
  readonly name?: string
  /** The whole part of shared strings. */
  readonly strings?: string | Uint8Array
  readonly styles?: string
  /** In front of the sheet's root: a DOCTYPE with entities. */
  readonly prologue?: string
  /** More entries, or others of the same name. */
  readonly more?: readonly ZipEntry[]
  /** How many sheets say they exist. */
  readonly sheets?: number
  readonly declaredSheetBytes?: number
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packed = 'http://schemas.openxmlformats.org/package/2006'

export function workbookOf(parts: WorkbookParts): Uint8Array {
  return zipOf([...framePartsOf(parts), ...(parts.more ?? [])])
}

export function framePartsOf(parts: WorkbookParts): ZipEntry[] {
  const count = parts.sheets ?? 1
  const numbers = Array.from({ length: count }, (_, i) => i + 1)
  const sheets = numbers.map((n) => {
    const name = n === 1 ? (parts.name ?? '表') : `表${n}`
    return `<sheet name="${name}" sheetId="${n}" r:id="rId${n}"/>`
  })
  const relations = numbers.map(
    (n) => `<Relationship Id="rId${n}" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/>`,
  )
  const strings = `<Relationship Id="rIdS" Type="${office}/sharedStrings" Target="sharedStrings.xml"/>`
  const styles = `<Relationship Id="rIdT" Type="${office}/styles" Target="styles.xml"/>`
  return [
    {
      name: '[Content_Types].xml',
      content: `${head}<Types xmlns="${packed}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    },
    {
      name: '_rels/.rels',
      content: `${head}<Relationships xmlns="${packed}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content: `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${sheets.join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `${head}<Relationships xmlns="${packed}/relationships">${relations.join('')}${parts.strings === undefined ? '' : strings}${parts.styles === undefined ? '' : styles}</Relationships>`,
    },
    ...(parts.strings === undefined
      ? []
      : [{ name: 'xl/sharedStrings.xml', content: parts.strings }]),
    ...(parts.styles === undefined ? [] : [{ name: 'xl/styles.xml', content: parts.styles }]),
    {
      name: 'xl/worksheets/sheet1.xml',
      content: parts.sheet ?? sheetXml(parts.rows ?? '', parts.prologue),
      ...(parts.declaredSheetBytes === undefined
        ? {}
        : { declaredBytes: parts.declaredSheetBytes }),
    },
  ]
}

export function sheetXml(rows: string, prologue = ''): string {
  return `${head}${prologue}<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`
}

export function stringsXml(items: readonly string[]): string {
  const list = items.map((text) => `<si><t>${text}</t></si>`).join('')
  return `${head}<sst xmlns="${main}" count="${items.length}">${list}</sst>`
}

/** A row with one cell: the shared string of that number. */
export function stringCell(index: number, row = 1): string {
  return `<row r="${row}"><c r="A${row}" t="s"><v>${index}</v></c></row>`
}

/** A row of inline text cells, columns from A. */
export function textRow(row: number, cells: readonly string[]): string {
  const inside = cells.map(
    (text, i) =>
      `<c r="${String.fromCodePoint(65 + i)}${row}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`,
  )
  return `<row r="${row}">${inside.join('')}</row>`
}

/** What XML cannot hold at all is left out. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/(?![\t\n\r])\p{Cc}|[\p{Cs}\ufffe\uffff]/gu, '')
}
