import { readFile } from 'node:fs/promises'
import { type CellValue, writeXlsx } from 'hucre/xlsx'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limitCellText, limitImportBytes, limitImportColumns } from '#domain/values/limits.ts'
import { sharedData } from '#tests/builders/shared-data.ts'
import { decodeFile } from './decode.ts'
import { decodeText } from './file-text.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

async function outcome(bytes: Uint8Array): Promise<unknown> {
  const decoded = await decodeFile(bytes)
  return decoded.ok ? decoded.value.map(({ rows }) => rows) : decoded.problem.code
}

function xlsx(rows: CellValue[][]): Promise<Uint8Array> {
  return writeXlsx({ sheets: [{ name: '表', rows }] })
}

/** Copies `bytes` with little-endian `value` written at each place where `signature` begins. */
function patched(bytes: Uint8Array, signature: number, offset: number, value: number): Uint8Array {
  const copy = bytes.slice()
  const view = new DataView(copy.buffer)
  for (let at = 0; at + 46 <= copy.length; at++) {
    if (view.getUint32(at, true) === signature) view.setUint32(at + offset, value, true)
  }
  return copy
}

describe('decode', () => {
  it('[EXD1] tells UTF-8, UTF-16 and GB18030 apart', async () => {
    const gbk = new Uint8Array([0xd6, 0xd0, 0xb9, 0xfa, 0x2c, 0x88, 0xd2]) // 中国,堃
    const gb18030 = new Uint8Array([0x81, 0x39, 0xee, 0x39]) // 㐀, four bytes
    expect(await outcome(utf8('中国,𠮷\n1,2'))).toEqual([
      [
        ['中国', '𠮷'],
        ['1', '2'],
      ],
    ])
    expect(await outcome(utf8('\ufeff中国'))).toEqual([[['中国']]])
    expect(await outcome(gbk)).toEqual([[['中国', '堃']]])
    expect(await outcome(gb18030)).toEqual([[['㐀']]])
    const utf16 = new Uint8Array([0xff, 0xfe, 0x2d, 0x4e, 0x09, 0x00, 0x31, 0x00])
    expect(await outcome(utf16)).toEqual([[['中', '1']]])
    expect(decodeText(new Uint8Array([0xff, 0xff, 0xff]))).toMatchObject({ ok: false })
    expect(await outcome(utf8('a\0b'))).toBe('encoding-unknown')
  })

  it('[EXD1] reads quoted cells, line ends of all kinds and tabs', async () => {
    expect(await outcome(utf8('a,"b,\n""c"""\r\n1,\r2,3\n,\n\n'))).toEqual([
      [['a', 'b,\n"c"'], ['1'], ['2', '3']],
    ])
    expect(await outcome(utf8('a\tb\n1\t2'))).toEqual([
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ])
  })

  it('[EXC2] writes numbers of a workbook without floats, points and exponents', async () => {
    const rows = [
      [2001, 13_000_000_000, 6_901_234_567_892, 0.1 + 0.2, 2.55, true, null, 'x'],
      [
        new Date(Date.UTC(2026, 0, 5)),
        new Date(Date.UTC(2026, 0, 5, 8, 26)),
        123_456_789_012_345_680,
      ],
    ]
    expect(await outcome(await xlsx(rows))).toEqual([
      [
        ['2001', '13000000000', '6901234567892', '0.30000000000000004', '2.55', '1', '', 'x'],
        ['2026-01-05', '2026-01-05 08:26:00', '1.2345678901234568e+17'],
      ],
    ])
  })

  it('[EXC1] keeps a formula in a text file as text', async () => {
    expect(await outcome(utf8("=1+1,=cmd|'/C calc'!A0"))).toEqual([[['=1+1', "=cmd|'/C calc'!A0"]]])
  })

  it('[EXD1] reads the HTML tables that some systems call .xls', async () => {
    const html =
      '<html><body><table><tr><th>编码</th></tr><tr><td>0071</td></tr></table></body></html>'
    expect(await outcome(utf8(html))).toEqual([[['编码'], ['0071']]])
  })

  it('[EXD3] refuses what would unpack too large, or hides how large', async () => {
    const small = await xlsx([['a']])
    const entry = 0x02014b50
    expect(await outcome(small)).toEqual([[['a']]])
    for (const declared of [0x7fffffff, 0xffffffff, 0]) {
      expect(await outcome(patched(small, entry, 24, declared))).toBe('file-unpacks-too-large')
    }
    // One that declares little and holds much is stopped by the reader.
    const much = await xlsx(Array.from({ length: 2_000 }, (_, i) => ['a'.repeat(100), i]))
    expect(await outcome(patched(much, entry, 24, 500))).toBe('file-damaged')
    expect(await outcome(small.subarray(0, small.length - 30))).toBe('file-damaged')
  })

  it('[EXD4] has limits', async () => {
    expect(await outcome(new Uint8Array())).toBe('file-empty')
    expect(await outcome(utf8(' \n,,\n'.replace(' ', '')))).toBe('file-empty')
    expect(await outcome(new Uint8Array(limitImportBytes + 1))).toBe('file-too-large')
    expect(await outcome(utf8(','.repeat(limitImportColumns) + 'x'))).toBe('too-many-columns')
    expect(await outcome(utf8('x'.repeat(limitCellText + 1)))).toBe('cell-too-long')
    expect(await outcome(utf8(`a,b\n"${'x,\n'.repeat(limitCellText)}`))).toBe('cell-too-long')
    const quotes = '"'.repeat(limitCellText)
    expect(await outcome(utf8(`a,"${quotes}${quotes}"`))).toEqual([[['a', quotes]]])
    expect(
      await outcome(await xlsx([['a'], [...Array.from({ length: 700 }, () => null), 'far']])),
    ).toBe('too-many-columns')
  })

  it('[EXD2] survives any bytes, and any damage to a real workbook', {
    timeout: 60_000,
  }, async () => {
    const wholes = [
      await xlsx([
        ['名称*', '单位*'],
        ['可乐', '罐'],
      ]),
      ...(await oldWorkbooks()),
    ]
    const magics = [
      [],
      [0x50, 0x4b, 3, 4],
      [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
      [0xff, 0xfe],
    ]
    const anything = fc
      .tuple(fc.constantFrom(...magics), fc.uint8Array({ maxLength: 300 }))
      .map(([magic, rest]) => new Uint8Array([...magic, ...rest]))
    const damaged = fc
      .tuple(
        fc.constantFrom(...wholes),
        fc.array(fc.tuple(fc.nat(100_000), fc.nat(255)), { minLength: 1, maxLength: 8 }),
      )
      .map(([whole, changes]) => {
        const copy = whole.slice()
        for (const [at, byte] of changes) copy[at % copy.length] = byte
        return copy
      })
    await fc.assert(
      fc.asyncProperty(fc.oneof(anything, damaged), async (bytes) => {
        await decodeFile(bytes)
      }),
      { numRuns: 300 },
    )
  })
})

/** A real .xls, where there is one beside the repository. */
async function oldWorkbooks(): Promise<Uint8Array[]> {
  const path = sharedData('jsherp/goods_template.xls')
  return path === undefined ? [] : [new Uint8Array(await readFile(path))]
}
