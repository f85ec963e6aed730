/** Readable tables with headers and cells that want more than to be read, and honest files gone bad. */
import { seededRandom } from '#tests/builders/arrivals.ts'
import { type HostileFile, honestCsv, named, utf8 } from './hostile-file.ts'
import { stringCell, stringsXml, textRow, workbookOf } from './workbook.ts'

const forbidden = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'then',
  '__defineGetter__',
]

export function hostileHeaders(): HostileFile[] {
  const line = (header: string) => `编码,名称,基本单位,${header}\nA1,可乐,罐,5\n`
  return forbidden.flatMap((name) => [
    named(`header: ${name} in a text`, () => utf8(line(name))),
    named(`header: ${name} in a workbook`, () =>
      workbookOf({
        name,
        rows:
          textRow(1, ['编码', '名称', '基本单位', name]) + textRow(2, ['A1', '可乐', '罐', '5']),
      }),
    ),
    named(`header: 期初:${name}`, () =>
      utf8(`编码,名称,基本单位,采购价,期初:${name}\nA1,可乐,罐,1,5\n`),
    ),
    named(`cell: ${name} as everything`, () =>
      utf8(`编码,名称,基本单位,类别,条码\n${name},${name},${name},${name}/${name},${name}\n`),
    ),
  ])
}

/** Each in every column of an otherwise honest row, as a text file and as a workbook. */
const cells = [
  '=1+1',
  '=HYPERLINK("http://127.0.0.1:9/","x")',
  "=cmd|'/C calc'!A0",
  '+1+1',
  '-1+1',
  '@SUM(1)',
  '\t=1',
  '\r=1',
  '＝1+1',
  '<script>globalThis.harmed=1</script>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '${7*7}',
  '{{7*7}}',
  "'; DROP TABLE x;--",
  '1e308',
  '1e999',
  '-1e308',
  '9'.repeat(400),
  '0x7fffffff',
  '0b1',
  '1e-400',
  '-0',
  'NaN',
  'Infinity',
  '∞',
  '１２３',
  '٣',
  '1,2,3',
  '1.2.3',
  '--5',
  '5-',
  '（5）',
  '1/2',
  '%',
  '1E+12',
  '6.90E+12',
  '0000-00-00',
  '9999-99-99',
  '2026-02-30',
  '1900-01-00',
  '\u0000',
  '\u200b',
  '\u202e',
  '\ufeff',
  '\ud800',
  '𠮷'.repeat(900),
  'ａ'.repeat(1_999),
  'x'.repeat(2_001),
  ' '.repeat(1_500),
  '\u3164',
  'А1',
  'A\u030a',
  '/'.repeat(1_000),
  'a/'.repeat(600),
  ','.repeat(900),
  ';'.repeat(500),
]

export function hostileCells(): HostileFile[] {
  const header = [
    '编码',
    '名称',
    '基本单位',
    '副单位',
    '比例',
    '条码',
    '零售价',
    '采购价',
    '类别',
    '多属性',
    '期初:总仓',
    '状态',
  ]
  const honest = ['A1', '可乐', '罐', '箱', '24', '6901', '3.5', '2.5', '饮料', '红', '5', '1']
  const tables = [
    header,
    ...header.flatMap((_, column) => [honest.map((cell, i) => (i === column ? '§' : cell))]),
    header.map(() => '§'),
  ]
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
  return cells.flatMap((cell, i) => {
    const table = tables.map((row) => row.map((each) => (each === '§' ? cell : each)))
    return [
      named(`cell ${i}: ${JSON.stringify(cell.slice(0, 24))} in a text`, () =>
        utf8(table.map((row) => row.map(quoted).join(',')).join('\n')),
      ),
      named(`cell ${i}: ${JSON.stringify(cell.slice(0, 24))} in a workbook`, () =>
        workbookOf({ rows: table.map((row, at) => textRow(at + 1, row)).join('') }),
      ),
      named(`cell ${i}: ${JSON.stringify(cell.slice(0, 24))} as a number`, () =>
        workbookOf({
          rows: `${textRow(1, header)}<row r="2">${honest.map(() => `<c><v>${cell.replace(/[<&]|(?![\t\n\r])\p{Cc}|\p{Cs}/gu, '')}</v></c>`).join('')}</row>`,
        }),
      ),
    ]
  })
}

/** Honest files with a few bytes changed, as a bad disk or a fuzzer leaves them. */
export function mutations(): HostileFile[] {
  const wholes: readonly (() => Uint8Array)[] = [
    () => utf8(honestCsv.repeat(3)),
    () =>
      workbookOf({
        rows: textRow(1, ['编码', '名称', '基本单位']) + textRow(2, ['A1', '可乐', '罐']),
      }),
    () =>
      workbookOf({
        strings: stringsXml(['名称', '单位', '可乐']),
        rows: stringCell(0) + stringCell(1, 2),
      }),
  ]
  return Array.from({ length: 150 }, (_, i) =>
    named(`mutation ${i}`, () => {
      const random = seededRandom(1_000 + i)
      const bytes = (wholes[i % wholes.length] as () => Uint8Array)().slice()
      for (let change = 0; change < 1 + (i % 12); change++) {
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256)
      }
      return bytes
    }),
  )
}
