/** Archives and workbooks that unpack to too much, lie about themselves, or are wide, long and deep. */
import { gzipSync } from 'node:zlib'
import { type HostileFile, named, utf8 } from './hostile-file.ts'
import { framePartsOf, sheetXml, stringCell, stringsXml, textRow, workbookOf } from './workbook.ts'
import { zipOf } from './zip.ts'

/** Little that unpacks to much: all at once, hidden behind a lie, or one stretch of bytes claimed often. */
export function bombs(): HostileFile[] {
  const zeros = (megabytes: number) => new Uint8Array(megabytes << 20)
  const filled = (around: string, letter: string, megabytes: number) => {
    const [before = '', after = ''] = around.split('…')
    return Buffer.concat([utf8(before), Buffer.alloc(megabytes << 20, letter), utf8(after)])
  }
  const wide = sheetXml('<row r="1"><c r="A1"><v>…</v></c></row>')
  const declared = [undefined, 0, 1, 1_000, 65_536, 0x7fffffff, 0xffffffff]
  return [
    ...[1, 20, 100, 400].flatMap((megabytes) =>
      (megabytes > 20 ? [undefined, 1_000] : declared).map((bytes) =>
        named(`bomb: ${megabytes} MB of sheet declared as ${bytes ?? 'true'}`, () =>
          workbookOf({
            sheet: filled(wide, ' ', megabytes),
            ...(bytes === undefined ? {} : { declaredSheetBytes: bytes }),
          }),
        ),
      ),
    ),
    ...[1, 50, 200].map((megabytes) =>
      named(`bomb: ${megabytes} MB of one shared string`, () =>
        workbookOf({ strings: filled(stringsXml(['…']), 'x', megabytes), rows: stringCell(0) }),
      ),
    ),
    named('bomb: a million shared strings', () =>
      workbookOf({ strings: stringsXml(Array.from({ length: 1_000_000 }, () => 'x')), rows: '' }),
    ),
    named('bomb: one string of a megabyte shown in 100,000 cells', () =>
      workbookOf({
        strings: stringsXml(['y'.repeat(1 << 20)]),
        rows: Array.from({ length: 100_000 }, (_, i) => stringCell(0, i + 1)).join(''),
      }),
    ),
    ...[100, 5_000, 70_000].map((count) =>
      named(`bomb: ${count} entries`, () =>
        zipOf([
          ...framePartsOf({ rows: textRow(1, ['名称', '单位']) }),
          ...Array.from({ length: count }, (_, i) => ({ name: `junk/${i}`, content: '' })),
        ]),
      ),
    ),
    ...[10, 1_000].map((count) =>
      named(`bomb: ${count} entries over one stretch of bytes`, () => {
        const frame = framePartsOf({ rows: '' })
        const kernel = { name: 'kernel', content: zeros(20) }
        const copies = Array.from({ length: count }, (_, i) => ({
          ...{ name: `copy/${i}`, content: '', bytesOf: frame.length },
        }))
        return zipOf([...frame, kernel, ...copies])
      }),
    ),
    named('bomb: an archive inside an archive inside an archive', () => {
      let inner: Uint8Array = zipOf([{ name: 'zeros', content: zeros(50) }])
      for (let i = 0; i < 5; i++) inner = zipOf([{ name: `layer${i}.zip`, content: inner }])
      return inner
    }),
    named('bomb: gzip', () => new Uint8Array(gzipSync(zeros(100)))),
    ...[33, 200].map((count) =>
      named(`bomb: ${count} sheets, all one part of 3 MB`, () =>
        workbookOf({
          sheets: count,
          rows: Array.from({ length: 30_000 }, (_, i) => textRow(i + 1, ['名称', '单位'])).join(''),
        }),
      ),
    ),
    named('bomb: 32 sheets over a megabyte of shared strings', () =>
      workbookOf({
        sheets: 32,
        strings: stringsXml(Array.from({ length: 60_000 }, (_, i) => `s${i}`)),
        rows: stringCell(0),
      }),
    ),
  ]
}

/** Directories that lie: names that climb, missing parts, wrong sums, doubled parts, cut files. */
export function brokenArchives(): HostileFile[] {
  const frame = () => framePartsOf({ rows: textRow(1, ['名称', '单位']) })
  const names = ['../../etc/passwd', '/absolute', 'C:\\windows\\x', 'a\0b', 'con', '\u202excod', '']
  const whole = () => workbookOf({ rows: textRow(1, ['名称', '单位']) })
  return [
    ...names.map((name) =>
      named(`archive: an entry named ${JSON.stringify(name)}`, () =>
        zipOf([...frame(), { name, content: 'x' }]),
      ),
    ),
    ...[0, 1, 2, 3, 4].map((missing) =>
      named(`archive: without part ${missing}`, () =>
        zipOf(frame().filter((_, i) => i !== missing)),
      ),
    ),
    ...[0, 1, 2, 3, 4].map((wrong) =>
      named(`archive: wrong sum in part ${wrong}`, () =>
        zipOf(frame().map((part, i) => (i === wrong ? { ...part, declaredCrc: 1 } : part))),
      ),
    ),
    ...[0, 2, 4].map((twice) =>
      named(`archive: part ${twice} twice, the second other than the first`, () =>
        zipOf([...frame(), { name: frame()[twice]?.name ?? '', content: '<x/>' }]),
      ),
    ),
    ...Array.from({ length: 20 }, (_, i) =>
      named(`archive: cut at ${i * 5} %`, () => {
        const bytes = whole()
        return bytes.slice(0, Math.floor((bytes.length * i) / 20))
      }),
    ),
    named('archive: two archives behind each other', () => {
      const [a, b] = [whole(), whole()]
      return new Uint8Array([...a, ...b])
    }),
    named('archive: an empty directory', () => zipOf([])),
    named('archive: only the mark', () => new Uint8Array([0x50, 0x4b, 3, 4])),
  ]
}

/** XML that expands, nests, repeats or leaves open. */
export function wrongXml(): HostileFile[] {
  const laughs = Array.from(
    { length: 12 },
    (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`,
  ).join('')
  const doctype = (inside: string) => `<!DOCTYPE x [${inside}]>`
  const cell = (inside: string) =>
    `<row r="1"><c r="A1" t="inlineStr"><is><t>${inside}</t></is></c></row>`
  const rows = {
    'a billion laughs': { prologue: doctype(`<!ENTITY l0 "ha">${laughs}`), rows: cell('&l12;') },
    'a file read from outside': {
      prologue: doctype('<!ENTITY f SYSTEM "file:///etc/passwd">'),
      rows: cell('&f;'),
    },
    'an address asked from outside': {
      prologue: doctype('<!ENTITY % f SYSTEM "http://127.0.0.1:9/x"> %f;'),
      rows: cell('x'),
    },
    'characters that XML cannot have': { rows: cell('&#0;&#xd800;&#x110000;&#99999999999;') },
    'a cell left open': { rows: '<row r="1"><c r="A1"><v>1' },
    'tags that cross': { rows: '<row r="1"><c r="A1"><v>1</row></v></c>' },
    'a comment without an end': { rows: '<!-- ' },
    'CDATA without an end': { rows: '<row><c><v><![CDATA[' },
    'an attribute of a megabyte': { rows: `<row r="1" x="${'y'.repeat(1 << 20)}"/>` },
    'a hundred thousand attributes': {
      rows: `<row ${Array.from({ length: 100_000 }, (_, i) => `a${i}="1"`).join(' ')}/>`,
    },
    'the same attribute twice': { rows: '<row r="1" r="2"><c r="A1"><v>1</v></c></row>' },
    'a shared string that is not there': { rows: stringCell(5), strings: stringsXml(['a']) },
    'a shared string of a negative number': { rows: stringCell(-1), strings: stringsXml(['a']) },
    'dates before and beyond all calendars': {
      styles:
        '<styleSheet xmlns="x"><cellXfs count="1"><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
      rows: ['-1', '0', '60', '2958466', '1e308', '-1e308', 'NaN', 'Infinity']
        .map((value, i) => `<row r="${i + 1}"><c r="A${i + 1}" s="0"><v>${value}</v></c></row>`)
        .join(''),
    },
  }
  return [
    ...Object.entries(rows).map(([what, parts]) => named(`xml: ${what}`, () => workbookOf(parts))),
    ...[1_000, 100_000, 1_000_000].map((depth) =>
      named(`xml: ${depth} deep`, () =>
        workbookOf({ sheet: sheetXml('<a>'.repeat(depth) + '</a>'.repeat(depth)) }),
      ),
    ),
    named('xml: a workbook that is not XML', () =>
      zipOf(framePartsOf({ rows: '' }).map((part) => ({ ...part, content: '\0\x01\xff' }))),
    ),
  ]
}

/** One cell far away makes a sheet wide, long or both. */
export function strayCells(): HostileFile[] {
  const far = [
    'XFD1',
    'XFD1048576',
    'A1048576',
    'A1048577',
    'XFE1',
    'ZZZZZZZ1',
    'A0',
    'A-1',
    '1A',
    '',
    'A99999999999999999999',
    '__proto__1',
  ]
  const one = (at: string) => `<row><c r="${at}" t="inlineStr"><is><t>x</t></is></c></row>`
  const rowNumbers = ['0', '-1', '1.5', '1e9', 'NaN', '99999999999', '2', '']
  return [
    ...far.map((at) =>
      named(`stray: a cell at ${JSON.stringify(at)}`, () =>
        workbookOf({ rows: textRow(1, ['名称', '单位']) + one(at) }),
      ),
    ),
    ...rowNumbers.map((row) =>
      named(`stray: a row ${JSON.stringify(row)}`, () =>
        workbookOf({
          rows: `${textRow(5, ['名称', '单位'])}<row r="${row}"><c><v>1</v></c></row>`,
        }),
      ),
    ),
    ...[1_000, 50_000].map((count) =>
      named(`stray: ${count} rows with a cell in the last column`, () =>
        workbookOf({
          rows: Array.from(
            { length: count },
            (_, i) => `<row r="${i + 1}"><c r="XFD${i + 1}"/></row>`,
          ).join(''),
        }),
      ),
    ),
    ...[1_000_000, 1_100_000].map((count) =>
      named(`stray: ${count} empty rows`, () => workbookOf({ rows: '<row/>'.repeat(count) })),
    ),
    named('stray: 300,000 rows of one cell', () =>
      workbookOf({
        rows: Array.from(
          { length: 300_000 },
          (_, i) => `<row r="${i + 1}"><c><v>1</v></c></row>`,
        ).join(''),
      }),
    ),
  ]
}
