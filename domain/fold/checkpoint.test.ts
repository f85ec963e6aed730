import { describe, expect, it } from 'vitest'
import { aSeal } from '#tests/builders/a-seal.ts'
import { postingRecords, unapprovalRecord } from '#tests/builders/documents.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { checkpointBytes, readCheckpoint } from './checkpoint-bytes.ts'
import { openFold, watermarkOfCheckpoint } from './fold.ts'

const branch = idOf('branch', 'main')

function aFold() {
  const writer = new JournalWriter()
  const fold = openFold()
  const leg = { leg: '1', sku: 'apple', warehouse: 'shop', quantity: 100_000, value: 5_000 }
  const receipt = {
    device: 'A',
    branch: 'main',
    document: 'r',
    type: 'goods-receipt',
    at: 1,
    legs: [leg],
  }
  fold.apply(postingRecords(writer, receipt))
  return fold
}

describe('checkpoint 存档点', () => {
  it('[FOL3] goods sold before they came are costed on from it as without it', () => {
    const writer = new JournalWriter()
    const move = (document: string, sku: string, at: number, quantity: number, value?: number) => {
      const type = quantity < 0 ? 'shipment' : 'goods-receipt'
      const priced = value === undefined ? {} : { value }
      const leg = { leg: '1', sku, warehouse: 'shop', quantity, ...priced }
      return postingRecords(writer, {
        device: 'A',
        branch: 'main',
        document,
        type,
        at,
        legs: [leg],
      })
    }
    const before = [
      ...move('a1', 'apple', 10, -100_000),
      ...move('a2', 'apple', 20, 100_000, 5_000),
    ]
    const after = [
      ...move('p1', 'pear', 10, -100_000),
      ...move('p2', 'pear', 20, 100_000, 700),
      ...move('a3', 'apple', 15, 100_000, 9_000),
    ]
    const straight = openFold()
    straight.apply(before)
    const reopened = openFold({ checkpoint: straight.checkpoint() })
    for (const entry of after) {
      for (const fold of [straight, reopened]) fold.apply([entry])
    }
    for (const sku of ['apple', 'pear'].map((name) => idOf('sku', name))) {
      expect(reopened.stock.pool(sku, branch)).toEqual(straight.stock.pool(sku, branch))
    }
    expect(reopened.hash('goods', branch)).toBe(straight.hash('goods', branch))
    expect(reopened.hash('buying', branch)).toBe(straight.hash('buying', branch))
  })

  it('[CKP1] one of another format, cut short or torn is passed over, and nothing counts as folded', () => {
    const bytes = aFold().checkpoint()
    const other = bytes.slice()
    other[7] = 'x'.charCodeAt(0)
    const torn = bytes.slice()
    torn.fill(0, bytes.length - 8)
    const noHeader = bytes.slice()
    noHeader.fill(32, 16, 40)
    for (const broken of [
      other,
      torn,
      noHeader,
      bytes.slice(0, -1),
      bytes.slice(0, 12),
      new Uint8Array(0),
    ]) {
      const fold = openFold({ checkpoint: broken })
      expect(fold.watermark().size).toBe(0)
      expect(fold.documents.count).toBe(0)
    }
  })

  it('[CKP4] one bit that turned, wherever it lies, is noticed', () => {
    const bytes = aFold().checkpoint()
    for (let at = 0; at < bytes.length; at += 61) {
      const rotten = bytes.slice()
      rotten[at] = (rotten[at] ?? 0) ^ (1 << (at % 8))
      expect(openFold({ checkpoint: rotten }).documents.count, `byte ${at}`).toBe(0)
    }
    expect(openFold({ checkpoint: bytes }).documents.count).toBe(1)
  })

  it('[CKP2] the bytes give back every section and the plain part, wherever they lie in memory', () => {
    const sections = [
      { name: 'a.b', kind: 'u8', values: Uint8Array.from([1, 2, 3]) },
      { name: 'c', kind: 'f64', values: Float64Array.from([2 ** 52, -1]) },
      { name: 'd', kind: 'i32', values: Int32Array.from([-5]) },
      { name: 'empty', kind: 'f64', values: new Float64Array(0) },
    ] as const
    const bytes = checkpointBytes('LCTEST01', { sections, plain: { 名: ['值', 1] } })
    const shifted = new Uint8Array(bytes.length + 3)
    shifted.set(bytes, 3)
    for (const given of [bytes, shifted.subarray(3)]) {
      const read = readCheckpoint('LCTEST01', given)
      expect(read).toMatchObject({ ok: true, value: { sections, plain: { 名: ['值', 1] } } })
    }
    expect(readCheckpoint('LCTEST02', bytes).ok).toBe(false)
  })

  it('[CKP3] a kind that was unknown when it was written, and is known by now, has all folded anew', () => {
    const writer = new JournalWriter()
    const fold = aFold()
    const body = {}
    fold.apply([
      writer.write({
        device: 'B',
        branch: 'main',
        audience: 'goods',
        kind: 'sealed.v1',
        at: 1,
        body,
      }),
    ])
    const bytes = fold.checkpoint()
    expect(openFold({ checkpoint: bytes.slice() }).documents.count).toBe(1)
    // A build that knows the kind: as if the unknown one had been this.
    const text = new TextDecoder('latin1').decode(bytes)
    const at = text.indexOf('sealed.v1')
    expect(at).toBeGreaterThan(0)
    bytes.set(new TextEncoder().encode('posted.v1'), at)
    const anew = openFold({ checkpoint: bytes })
    expect([anew.documents.count, anew.watermark().size]).toEqual([0, 0])
  })

  it('[CKP5] there is room behind every section, so that the first records copy nothing', () => {
    const values = Int32Array.from({ length: 1_000 }, (_, index) => index)
    const bytes = checkpointBytes('LCTEST01', {
      sections: [
        { name: 'a', kind: 'i32', values },
        { name: 'b', kind: 'u8', values: new Uint8Array(3).fill(7) },
      ],
      plain: {},
    })
    const read = readCheckpoint('LCTEST01', bytes)
    const [a, b] = read.ok ? read.value.sections : []
    expect([a?.roomy?.length, b?.roomy?.length]).toEqual([1_023, 11])
    expect(a?.roomy?.subarray(0, 1_000)).toEqual(values)
    expect(a?.roomy?.subarray(1_000).every((value) => value === 0)).toBe(true)
    expect(b?.roomy?.subarray(3).every((value) => value === 0)).toBe(true)
  })

  it('[CKP6] its head tells how far it covers the journals, and nothing of another format', () => {
    const fold = aFold()
    const bytes = fold.checkpoint()
    expect(watermarkOfCheckpoint(bytes)).toEqual(fold.watermark())
    expect(fold.watermark().size).toBeGreaterThan(0)
    const other = bytes.slice()
    other[7] = 'x'.charCodeAt(0)
    for (const broken of [other, bytes.subarray(0, -8), new Uint8Array(0)]) {
      expect(watermarkOfCheckpoint(broken).size).toBe(0)
    }
  })

  it('[CKP7] what is in dispute, reopened or late is told from it as without it, and goes on to be', () => {
    const writer = new JournalWriter()
    const receipt = (device: string, document: string, version: { version?: number } = {}) =>
      postingRecords(writer, {
        ...{ device, branch: 'main', document, type: 'goods-receipt', at: 1, ...version },
        ...{ posting: `${document} of ${device}` },
        legs: [{ leg: '1', sku: 'apple', warehouse: 'shop', quantity: 100_000, value: 5_000 }],
      })
    const fold = openFold()
    const early = receipt('A', 'early')
    fold.apply([...early, ...receipt('B', 'early'), aSeal(writer, 'main', 10, early)])
    fold.apply([...receipt('C', 'late'), ...receipt('C', 'late', { version: 2 })])
    const opened = openFold({ checkpoint: fold.checkpoint() })
    expect(opened.findings()).toEqual(fold.findings())
    expect(fold.findings().map(({ code }) => code)).toEqual(
      expect.arrayContaining(['late-arrival', 'posted-twice']),
    )
    const unapproval = { device: 'C', branch: 'main', document: 'late', at: 11 }
    const freed = unapprovalRecord(writer, unapproval)
    for (const each of [fold, opened]) each.apply([freed])
    expect(opened.findings()).toEqual(fold.findings())
    expect(opened.hash('buying', branch)).toBe(fold.hash('buying', branch))
  })

  it('[CKP1] opens to the same state, and the state it came from goes on untouched', () => {
    const fold = aFold()
    const opened = openFold({ checkpoint: fold.checkpoint() })
    expect(opened.hash('buying', branch)).toBe(fold.hash('buying', branch))
    expect(opened.watermark()).toEqual(fold.watermark())
  })
})
