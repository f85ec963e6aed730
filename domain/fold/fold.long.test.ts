import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrivalsOf, seededRandom, shuffled } from '#tests/builders/arrivals.ts'
import { postingRecords, type TestPosting } from '#tests/builders/documents.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { acts, historyOf } from '#tests/builders/random-history.ts'
import { openFold } from './fold.ts'
import type { FoldEntry } from './fold-entry.ts'

const branch = idOf('branch', 'main')
const sku = idOf('sku', 'apple')

const receipt: TestPosting = {
  ...{ device: 'A', branch: 'main', document: 'r', type: 'goods-receipt', at: 1_000_000 },
  legs: [{ leg: '1', sku: 'apple', warehouse: 'shop', quantity: 100_000, value: 5_000 }],
}

describe('layers 读者范围', () => {
  it('[FOL5] goods follow from goods alone: a keeper’s device agrees with an owner’s', () => {
    fc.assert(
      fc.property(acts({ skus: 2, branches: 2, acts: 25 }), fc.integer(), (given, seed) => {
        const entries = shuffled(historyOf(given).flat(), seededRandom(seed))
        const owner = openFold()
        owner.apply(entries)
        const keeper = openFold({ audiences: ['goods'] })
        keeper.apply(entries.filter(({ record }) => record.audience === 'goods'))
        for (const name of ['branch-0', 'branch-1']) {
          const at = idOf('branch', name)
          expect(keeper.hash('goods', at)).toBe(owner.hash('goods', at))
        }
        const ofGoods = owner.findings().filter(({ layer }) => layer === 'goods')
        expect(keeper.findings()).toEqual(ofGoods)
        expect([...keeper.stock.balances()].length).toBe([...owner.stock.balances()].length)
      }),
      { numRuns: 80, endOnFailure: true },
    )
  }, 60_000)

  it('[FOL5] a branch follows from its own records and the company’s', () => {
    fc.assert(
      fc.property(acts({ skus: 2, branches: 2, acts: 25 }), (given) => {
        const entries = historyOf(given).flat()
        const both = openFold()
        both.apply(entries)
        const one = openFold()
        const own = idOf('branch', 'branch-0')
        one.apply(entries.filter(({ record }) => record.branch === own))
        expect(one.hash('goods', own)).toBe(both.hash('goods', own))
      }),
      { numRuns: 50, endOnFailure: true },
    )
  }, 60_000)

  it('[FOL10] the agreement code is four letters of the hash, and differs with the state', () => {
    const writer = new JournalWriter()
    const fold = openFold()
    const empty = fold.agreementCode('goods', branch)
    fold.apply(postingRecords(writer, receipt))
    expect(fold.agreementCode('goods', branch)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(fold.agreementCode('goods', branch)).not.toBe(empty)
    expect(fold.hash('goods', branch)).toMatch(/^[0-9a-f]{64}$/)
    expect(fold.hash('sales', branch)).toBe(fold.hash('books', branch))
  })
})

describe('relayed records 转发', () => {
  it('[FOL6] count once and in their own place, whether they come themselves, relayed, or both', () => {
    const writer = new JournalWriter()
    const own = postingRecords(writer, receipt)
    const relays = own.map((entry) => writer.relay(entry, 'main'))
    const expected = openFold()
    expected.apply(own)
    const all = [...own, ...relays]
    for (const order of arrivalsOf(all.length)) {
      const fold = openFold()
      for (const index of order) fold.apply([all[index] as FoldEntry])
      expect(fold.hash('buying', branch)).toBe(expected.hash('buying', branch))
      expect(fold.findings()).toEqual([])
    }
    const relayed = openFold()
    relayed.apply(relays)
    expect(relayed.hash('goods', branch)).toBe(expected.hash('goods', branch))
    expect(relayed.documents.get(idOf('document', 'r'))?.device).toBe(idOf('device', 'A'))
  })

  it('[FOL6] may not bring readers what their audience does not let them read, nor come from a device', () => {
    const writer = new JournalWriter()
    const [, buying] = postingRecords(writer, receipt)
    const fold = openFold()
    fold.apply([writer.relay(buying as FoldEntry, 'main', 'goods')])
    expect(fold.findings()).toMatchObject([{ code: 'malformed-record', layer: 'goods' }])
    const [goods] = postingRecords(writer, { ...receipt, document: 'other' })
    const relay = writer.relay(goods as FoldEntry, 'main')
    const forged = writer.write({
      ...{ device: 'B', branch: 'main', audience: 'goods', kind: 'relayed.v1', at: 1 },
      body: relay.record.body,
    })
    const other = openFold()
    other.apply([forged])
    expect(other.documents.count).toBe(0)
    expect(other.findings()).toMatchObject([{ code: 'malformed-record' }])
  })
})

describe('records that this build cannot read', () => {
  it('[FOL7] an unknown kind asks for an update and leaves its layer, and those above goods, incomplete', () => {
    const writer = new JournalWriter()
    const strange = writer.write({
      ...{ device: 'A', branch: 'main', audience: 'buying', kind: 'posted.v9', at: 1, body: {} },
    })
    const fold = openFold()
    expect(fold.apply([strange]).hasFindingsChanged).toBe(true)
    expect(fold.findings()).toMatchObject([
      {
        code: 'update-needed',
        severity: 'stop',
        evidence: { journal: strange.journal, seq: 0, kind: 'posted.v9' },
      },
    ])
    expect(fold.isComplete('goods', branch)).toBe(true)
    expect(fold.isComplete('buying', branch)).toBe(false)
    fold.apply([
      writer.write({
        device: 'A',
        branch: 'main',
        audience: 'goods',
        kind: 'counted.v1',
        at: 1,
        body: {},
      }),
    ])
    expect(
      ['goods', 'sales', 'buying', 'books'].map((layer) =>
        fold.isComplete(layer as 'goods', branch),
      ),
    ).toEqual([false, false, false, false])
    expect(fold.isComplete('goods', idOf('branch', 'other'))).toBe(true)
  })

  it('[FOL7] a body of the wrong shape is a finding with its place and counts for nothing', () => {
    const writer = new JournalWriter()
    const [good] = postingRecords(writer, receipt)
    const { body, ...envelope } = (good as FoldEntry).record
    const broken = writer.write({
      ...{ device: 'A', branch: 'main', audience: 'goods', kind: 'posted.v1', at: 1 },
      body: { ...(body as object), lines: 'none' },
    })
    const misplaced: FoldEntry = {
      journal: broken.journal.replace('/goods/', '/buying/'),
      record: { ...envelope, body },
      hash: '0'.repeat(64),
    }
    const fold = openFold()
    fold.apply([broken, misplaced])
    expect(fold.documents.count).toBe(0)
    expect(fold.findings().map(({ code, evidence }) => [code, evidence['detail']])).toEqual([
      ['malformed-record', 'journal: bad-form'],
      ['malformed-record', 'body.lines: not-list'],
    ])
  })

  it('[FOL7] no record makes it throw, however it is bent', () => {
    const kinds = [
      'posted.v1',
      'part-supplied.v1',
      'reversed.v1',
      'masters-changed.v1',
      'relayed.v1',
    ]
    const more = ['device-enrolled.v1', 'user-granted.v1', 'received.v1', 'nothing.v1']
    const huge = fc.constantFrom(-(10 ** 12), 10 ** 12, 1, -1, 0)
    const leg = fc.record(
      {
        ...{ leg: fc.constantFrom('1', '2'), quantity: huge },
        class: fc.constantFrom('receipt', 'issue', 'internal', 'return-in'),
        sku: fc.constant(sku),
        warehouse: fc.constantFrom('w1', 'w2'),
        origin: fc.record({ docId: fc.constantFrom('d1', 'd2'), leg: fc.constantFrom('1', '2') }),
        pair: fc.constantFrom('1', '2'),
      },
      { requiredKeys: ['leg', 'quantity', 'class', 'sku', 'warehouse'] },
    )
    const body = fc.record({
      docId: fc.constantFrom('d1', 'd2'),
      postingId: fc.constantFrom('p1', 'p2'),
      legs: fc.uniqueArray(leg, { selector: (each) => each.leg, maxLength: 2 }),
      values: fc.array(fc.record({ leg: fc.constantFrom('1', '2'), amount: huge }), {
        maxLength: 1,
      }),
    })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...kinds, ...more), body, fc.boolean()), {
          maxLength: 40,
        }),
        (given) => {
          const writer = new JournalWriter()
          const fold = openFold()
          for (const [index, [kind, fields, isBuying]] of given.entries()) {
            const { legs, values, ...common } = fields
            const audience = isBuying ? 'buying' : 'goods'
            const id = idOf('bent', String(index))
            const part = isBuying ? { part: 'buying', values } : { part: 'goods', legs }
            const posted = {
              ...common,
              ...part,
              type: 'x',
              number: 'n',
              lead: 'goods',
              header: {},
              lines: [],
            }
            fold.apply([
              writer.write({
                ...{ device: 'A', branch: 'main', audience, kind, id, at: index % 7 },
                body: { ...posted, parts: { [audience]: id } },
              }),
            ])
          }
          expect(() => [
            fold.findings(),
            fold.hash('buying', branch),
            fold.checkpoint(),
          ]).not.toThrow()
        },
      ),
      { numRuns: 200, endOnFailure: true },
    )
  }, 60_000)
})

describe('journals 设备日志', () => {
  it('[FOL8] the watermark is the last record without a gap, per journal, shard by shard', () => {
    const writer = new JournalWriter()
    const write = (at: number, shard: string) =>
      postingRecords(writer, { ...receipt, document: `r${at}`, at, legs: [] }).map((entry) => {
        const record = { ...entry.record, shard: shard as never }
        return writer.entryOf(record)
      })[0] as FoldEntry
    const [a, b, c, d] = [
      write(1, '2026-01'),
      write(2, '2026-01'),
      write(3, '2026-01'),
      write(4, '2026-02'),
    ]
    const fold = openFold()
    fold.apply([c as FoldEntry])
    expect([...fold.watermark().values()].map(({ seq }) => seq)).toEqual([2])
    fold.apply([a as FoldEntry, d as FoldEntry])
    const marks = fold.watermark()
    expect(marks.get(a?.journal ?? '')).toEqual({ seq: 0, hash: a?.hash })
    expect(marks.get(d?.journal ?? '')).toEqual({ seq: 3, hash: d?.hash })
    fold.apply([b as FoldEntry])
    expect(fold.watermark().get(a?.journal ?? '')).toEqual({ seq: 2, hash: c?.hash })
  })

  it('[FIN4] two records at one place are a fork: both count, and the place is told', () => {
    const tablet = new JournalWriter()
    const clone = new JournalWriter()
    const [first] = postingRecords(tablet, { ...receipt, document: 'a' })
    const [second] = postingRecords(clone, { ...receipt, document: 'b' })
    for (const order of [
      [first, second],
      [second, first],
    ] as FoldEntry[][]) {
      const fold = openFold()
      for (const entry of order) fold.apply([entry])
      expect(fold.documents.count).toBe(2)
      const [finding] = fold.findings().filter(({ code }) => code === 'fork')
      expect(finding?.evidence).toMatchObject({
        seq: 0,
        hashes: [first?.hash.slice(0, 12) ?? '', second?.hash.slice(0, 12) ?? ''].sort((a, b) =>
          a < b ? -1 : 1,
        ),
      })
      const reopened = openFold({ checkpoint: fold.checkpoint() })
      expect(reopened.findings()).toEqual(fold.findings())
    }
  })
})
