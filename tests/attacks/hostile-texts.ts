/** Bytes that are no text, too much of something plain, and pages that call themselves tables. */
import { seededRandom } from '#tests/builders/arrivals.ts'
import { type HostileFile, honestCsv, named, utf8 } from './hostile-file.ts'

/** Bytes that are no text, or another text than they say. */
export function wrongEncodings(): HostileFile[] {
  const utf16 = (text: string, isBig: boolean) => {
    const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
    return new Uint8Array(isBig ? bytes.swap16() : bytes)
  }
  const random = seededRandom(7)
  const noise = (length: number) => Uint8Array.from({ length }, () => Math.floor(random() * 256))
  return [
    named('encoding: UTF-16 of odd length', () => utf16(honestCsv, false).slice(0, -1)),
    named('encoding: UTF-16 with half a letter', () => utf16(`${honestCsv}\ud83d`, false)),
    named('encoding: UTF-16, the other end first', () => utf16(honestCsv, true)),
    named('encoding: UTF-32', () => {
      const points = Array.from(`\ufeff${honestCsv}`, (letter) => letter.codePointAt(0) ?? 0)
      return new Uint8Array(new Uint32Array(points).buffer)
    }),
    named('encoding: UTF-7', () => utf8('+VA16dg-,+UFWUwQ-\n1,2')),
    named(
      'encoding: UTF-8 with an overlong slash',
      () => new Uint8Array([...utf8('a,'), 0xc0, 0xaf]),
    ),
    named(
      'encoding: UTF-8 with surrogates',
      () => new Uint8Array([...utf8('a,'), 0xed, 0xa0, 0x80]),
    ),
    named('encoding: UTF-8, cut inside a letter', () => utf8(honestCsv).slice(0, 8)),
    named(
      'encoding: GBK in the middle of UTF-8',
      () => new Uint8Array([...utf8(honestCsv), 0xbf, 0xc9]),
    ),
    named('encoding: a mark in each line', () => utf8(honestCsv.replaceAll('\n', '\n\ufeff'))),
    named('encoding: NUL in each cell', () => utf8(honestCsv.replaceAll(',', '\0,'))),
    named('encoding: letters of another direction', () =>
      utf8(honestCsv.replaceAll('可乐', '\u202e乐可\u2066')),
    ),
    named('encoding: ten thousand accents on one letter', () =>
      utf8(honestCsv.replace('可乐', `e${'\u0301'.repeat(10_000)}`)),
    ),
    ...Array.from({ length: 40 }, (_, i) =>
      named(`encoding: noise ${i}`, () => noise(50 + i * 40)),
    ),
    ...[
      [0xff, 0xfe],
      [0xfe, 0xff],
      [0xef, 0xbb, 0xbf],
      [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
      [0x1f, 0x8b],
      [0x25, 0x50, 0x44, 0x46],
      [0x7b, 0x22],
    ].flatMap((mark) =>
      [0, 1, 500, 20_000].map((length) =>
        named(
          `encoding: noise of ${length} behind ${mark.join(' ')}`,
          () => new Uint8Array([...mark, ...noise(length)]),
        ),
      ),
    ),
  ]
}

/** Too much of something plain. */
export function hugeTexts(): HostileFile[] {
  const rows = (count: number) =>
    `编码,名称,基本单位\n${Array.from({ length: count }, (_, i) => `C${i},商品${i},个`).join('\n')}`
  return [
    ...[200_000, 1_000_000, 1_000_001].map((count) =>
      named(`huge: ${count} rows`, () => utf8(rows(count))),
    ),
    named('huge: a line of 30 MB', () => utf8(`编码,名称,基本单位\n${'x'.repeat(30 << 20)}`)),
    named('huge: ten million commas', () => utf8(`名称,单位\n${','.repeat(10_000_000)}`)),
    named('huge: ten million line ends', () => utf8(`名称,单位\n${'\n'.repeat(10_000_000)}`)),
    named('huge: ten million line ends of the old kind', () =>
      utf8(`名称,单位\r${'\r'.repeat(10_000_000)}`),
    ),
    named('huge: ten million quotes', () => utf8(`名称,单位\n${'"'.repeat(10_000_000)}`)),
    named('huge: a quote that never ends', () => utf8(`名称,单位\n"${'x,\n'.repeat(1_000_000)}`)),
    named('huge: 256 columns, 20,000 rows', () =>
      utf8(`名称,单位${',x'.repeat(254)}\n${`a,b${',1'.repeat(254)}\n`.repeat(20_000)}`),
    ),
    named('huge: beyond the limit of a file', () => new Uint8Array(68 << 20)),
    ...['"', "'", '\\', ';', '\t', '|', '\u2028', '\v', '\f'].flatMap((mark) =>
      [1, 1_000].map((count) =>
        named(`text: ${count} × ${JSON.stringify(mark)} between cells`, () =>
          utf8(honestCsv.replaceAll(',', mark.repeat(count))),
        ),
      ),
    ),
  ]
}

/** What many systems call .xls and is a page: spans, nests, scripts. */
export function htmlTables(): HostileFile[] {
  const page = (inside: string) => `<html><body>${inside}</body></html>`
  const head = '<tr><td>名称</td><td>单位</td></tr>'
  const insides = {
    'a span over a billion columns': `<table>${head}<tr><td colspan="1000000000">x</td></tr></table>`,
    'a span over a billion rows': `<table>${head}<tr><td rowspan="1000000000">x</td></tr><tr><td>y</td></tr></table>`,
    'negative spans': `<table>${head}<tr><td colspan="-5" rowspan="-1">x</td></tr></table>`,
    'spans within spans': `<table>${head}${'<tr><td colspan="1000" rowspan="1000">x</td></tr>'.repeat(200)}</table>`,
    'ten thousand tables within tables': '<table><tr><td>'.repeat(10_000),
    'a script': `<script>globalThis.harmed = 1</script><table>${head}<tr><td><script>globalThis.harmed = 1</script></td></tr></table>`,
    'a picture that fails': `<table>${head}<tr><td><img src=x onerror="globalThis.harmed = 1"></td></tr></table>`,
    entities: `<table>${head}<tr><td>&lt;script&gt;&#60;&#x3c;&bogus;&#99999999999;</td></tr></table>`,
    'tags never closed': `<table><tr><td>${'<td>'.repeat(100_000)}`,
    'a comment never closed': `<table>${head}<!-- ${'x'.repeat(1_000_000)}`,
    'a million brackets': `<table>${'<'.repeat(1_000_000)}`,
    'a style sheet of a megabyte': `<style>${'a{}'.repeat(300_000)}</style><table>${head}</table>`,
  }
  return Object.entries(insides).map(([what, inside]) =>
    named(`html: ${what}`, () => utf8(page(inside))),
  )
}
