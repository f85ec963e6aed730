import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { businessDate } from '#domain/values/business-date.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { scenario } from '#tests/builders/scenario.ts'
import { recordsOf } from '#tests/builders/table.ts'
import type { Fold } from './fold.ts'
import { openFold } from './fold.ts'

const phone = idOf('sku', 'phone')
const milk = idOf('sku', 'milk')
const shop = idOf('warehouse', 'shop')

function stateOf(fold: Fold, serial = 'S1') {
  const { state, warehouse } = fold.stock.serial(phone, serial)
  return warehouse === undefined ? state : `${state} ${warehouse === shop ? 'shop' : 'elsewhere'}`
}

describe('life of a serial number 序列号', () => {
  const header =
    'day  document  id  sku  in  out  price  serial  of  warehouse  to  status  toStatus'
  const row = (text: string) => {
    const cells = text.trim().split(/\s+/)
    return [...cells, ...Array.from({ length: 13 - cells.length }, () => '-')].join('  ')
  }
  const played = (...rows: string[]) => scenario([header, ...rows.map(row)].join('\n'))

  it('[SER2] in and out and in and out again', () => {
    const rows = [
      '01  goods-receipt    r1  phone  1  -  100.00  S1',
      '02  shipment         s1  phone  -  1  -       S1',
      '03  sales-return     b1  phone  1  -  -       S1  s1',
      '04  shipment         s2  phone  -  1  -       S1',
    ]
    expect(
      stateOf(
        played(...rows)
          .expectFindings([])
          .expectAgreement().fold,
      ),
    ).toBe('sold')
    expect(stateOf(played(...rows.slice(0, 3)).fold)).toBe('in-stock shop')
    expect(stateOf(played(...rows.slice(0, 2)).fold)).toBe('sold')
    expect(stateOf(played(...rows.slice(0, 1)).fold)).toBe('in-stock shop')
    expect(stateOf(played(...rows.slice(0, 1)).fold, 'S2')).toBe('none')
  })

  it('[SER2] a reversal takes its document back as if it had not been', () => {
    const rows = [
      '01  goods-receipt  r1  phone  1  -  100.00  S1',
      '02  shipment       s1  phone  -  1  -       S1',
      '03  reversal       -   -      -  -  -       -   s1',
      '04  reversal       -   -      -  -  -       -   r1',
    ]
    expect(stateOf(played(...rows.slice(0, 3)).fold)).toBe('in-stock shop')
    expect(
      stateOf(
        played(...rows)
          .expectFindings([])
          .expectAgreement().fold,
      ),
    ).toBe('none')
  })

  it('[SER2] says how a piece has left the house', () => {
    const received = '01  goods-receipt  r1  phone  1  -  100.00  S1'
    const after = (next: string) => stateOf(played(received, next).fold)
    expect(after('02  purchase-return  p1  phone  -  1  -  S1  r1')).toBe('back-at-supplier')
    expect(after('02  write-off        w1  phone  -  1  -  S1')).toBe('written-off')
    expect(after('02  other-out        o1  phone  -  1  -  S1')).toBe('written-off')
    expect(after('02  transfer         t1  phone  -  1  -  S1  -  shop  back')).toBe(
      'in-stock elsewhere',
    )
  })

  it('[OOU5] a piece that was used or given away is out until it comes back', () => {
    const rows = [
      '01  goods-receipt  r1  phone  1  -  100.00  S1',
      '02  other-out      o1  phone  -  1  -       S1',
      '03  other-in       i1  phone  1  -  -       S1',
    ]
    const back = played(...rows).expectFindings([])
    expect(stateOf(back.fold)).toBe('in-stock shop')
  })

  it('[SER2] what a customer brought back waits until it is found good', () => {
    const rows = [
      '01  goods-receipt  r1  phone  1  -  100.00  S1',
      '02  shipment       s1  phone  -  1  -       S1',
      '03  sales-return   b1  phone  1  -  -       S1  s1  shop  -     pending',
      '04  status-change  m1  phone  -  1  -       S1  -   shop  shop  pending  good',
    ]
    expect(stateOf(played(...rows.slice(0, 3)).fold)).toBe('back-from-customer shop')
    const good = played(...rows)
      .expectFindings([])
      .expectAgreement().fold
    expect(stateOf(good)).toBe('in-stock shop')
    expect(good.stock.good(phone, shop)).toBe(10_000)
    expect(played(...rows.slice(0, 3)).fold.stock.good(phone, shop)).toBe(0)
  })

  it('[SER3] [TGF1] sold twice: the earlier sale keeps it, figures stay, both documents are shown', () => {
    const twice = played(
      '01  goods-receipt  r1  phone  2  -  200.00  -',
      '01  goods-receipt  r2  phone  1  -  100.00  S1',
      '03  shipment       s2  phone  -  1  -       S1',
      '02  shipment       s1  phone  -  1  -       S1',
    )
      .expectFindings(['duplicate-serial', 'provisional-cost'])
      .expectAgreement()
      .expectBalance('phone', 'shop', '1')
      .expectCost('s1', '100.00')
      .expectMovingAverage('phone', { onHand: '1', value: '300.00', isProvisional: true })
    expect(twice.fold.findings()[0]).toMatchObject({
      evidence: {
        reason: 'left-twice',
        keeps: idOf('document', 's1'),
        toCorrect: [idOf('document', 's2')],
      },
      documents: [idOf('document', 's1'), idOf('document', 's2')],
    })
  })

  it('[SER3] [TGF1] received twice: closes itself when one of the two is reversed', () => {
    const rows = [
      '01  goods-receipt  r1  phone  1  -  100.00  S1',
      '02  goods-receipt  r2  phone  1  -  120.00  S1',
    ]
    const twice = played(...rows)
      .expectFindings(['duplicate-serial'])
      .expectAgreement()
    expect(twice.fold.findings()[0]?.evidence['reason']).toBe('came-twice')
    twice.expectMovingAverage('phone', { onHand: '2', value: '220.00' })
    played(...rows, '03  reversal  -  -  -  -  -  -  r1')
      .expectFindings([])
      .expectAgreement()
    played(...rows, '03  reversal  -  -  -  -  -  -  r2')
      .expectFindings([])
      .expectAgreement()
  })

  it('[SER3] [TGF1] sold before it came, or where it does not lie, is told until it is mended', () => {
    const early = [
      '02  goods-receipt  x1  phone  1  -  90.00  -',
      '03  shipment  s1  phone  -  1  -  S1',
    ]
    const never = played(...early).expectFindings(['duplicate-serial', 'provisional-cost'])
    expect(never.fold.findings()[0]?.evidence['reason']).toBe('never-came')
    played(...early, '01  goods-receipt  r1  phone  1  -  90.00  S1').expectFindings([])
    const elsewhere = played(
      '01  goods-receipt  r1  phone  1  -  90.00  S1',
      '01  goods-receipt  x1  phone  1  -  90.00  -   -  back',
      '03  shipment       s1  phone  -  1  -      S1  -  back',
    ).expectFindings(['duplicate-serial'])
    expect(elsewhere.fold.findings()[0]?.evidence['reason']).toBe('elsewhere')
    expect(stateOf(elsewhere.fold)).toBe('sold')
  })

  it('[SER4] a piece is in one place at most, whatever was said of it and in whatever order it came', () => {
    const acts = [
      'goods-receipt',
      'shipment',
      'retail-sale',
      'sales-return',
      'write-off',
      'stock-gain',
    ]
    const isIn = (type = '') => ['goods-receipt', 'sales-return', 'stock-gain'].includes(type)
    const rowsOf = (picks: readonly (readonly [number, number, boolean])[]) =>
      picks.flatMap(([act, day, isReversed], i) => {
        const type = acts[act % acts.length]
        const amount = isIn(type) ? '1  -' : '-  1'
        const text = `${String(day).padStart(2, '0')}  ${type}  d${i}  phone  ${amount}  -  S1`
        return isReversed ? [text, `28  reversal  -  -  -  -  -  -  d${i}`] : [text]
      })
    const pick = fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 27 }), fc.boolean())
    fc.assert(
      fc.property(
        fc.array(pick, { minLength: 1, maxLength: 8 }),
        fc.infiniteStream(fc.nat()),
        (picks, dice) => {
          const groups = recordsOf([header, ...rowsOf(picks).map(row)].join('\n'))
          const whole = openFold()
          whole.apply(groups.flat())
          const late = openFold()
          const shuffled = [...groups].sort(() => ((dice.next().value ?? 0) % 3) - 1)
          for (const group of shuffled) late.apply(group)
          const life = late.stock.serial(phone, 'S1')
          expect(life).toEqual(whole.stock.serial(phone, 'S1'))
          expect(late.findings()).toEqual(whole.findings())
          expect(life.warehouse === undefined).toBe(!['in-stock'].includes(life.state))
          const reopened = openFold({ checkpoint: late.checkpoint() })
          expect(reopened.findings()).toEqual(whole.findings())
          expect(reopened.stock.serial(phone, 'S1')).toEqual(life)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('batches 批次', () => {
  const header =
    'day  document  id  sku  in  out  price  batch  produced  expires  of  warehouse  status'
  const row = (text: string) => {
    const cells = text.trim().split(/\s+/)
    return [...cells, ...Array.from({ length: 13 - cells.length }, () => '-')].join('  ')
  }
  const played = (...rows: string[]) => scenario([header, ...rows.map(row)].join('\n'))
  const received = '01  goods-receipt  r1  milk  10  -  5.00  B1  2025-12-01  2026-01-10'

  it('[BAT1] the days of a batch are those of its earliest receipt in force', () => {
    const rows = [received, '02  goods-receipt  r2  milk  5  -  5.00  B1  -  2026-01-20']
    const torn = played(...rows)
      .expectFindings(['batch-conflict'])
      .expectAgreement()
    expect(torn.fold.stock.batch(milk, 'B1')).toMatchObject({
      ...{ produced: '2025-12-01', expires: '2026-01-10', quantity: 150_000 },
    })
    const mended = played(...rows, '03  reversal  -  -  -  -  -  -  -  -  r1')
    expect(mended.expectFindings([]).fold.stock.batch(milk, 'B1').expires).toBe('2026-01-20')
  })

  it('[BAT2] [TGF2] one number with two expiries is told with both receipts', () => {
    const torn = played(
      received,
      '02  goods-receipt  r2  milk  5  -  5.00  B1  -  2026-01-20  -  back',
    ).expectFindings(['batch-conflict'])
    expect(torn.fold.findings()[0]).toMatchObject({
      evidence: { batch: 'B1', expires: '2026-01-10', others: ['2026-01-20'] },
      documents: [idOf('document', 'r1'), idOf('document', 'r2')],
    })
    played(received, '02  goods-receipt  r2  milk  5  -  5.00  B1  -  2026-01-10').expectFindings(
      [],
    )
  })

  it('[BAT3] [TGF3] sold on the printed day is good, a day later expired; a return closes it', () => {
    played(received, '10@01:00  shipment  s1  milk  -  1  -  B1').expectFindings([])
    const late = [received, '11@01:00  shipment  s1  milk  -  1  -  B1']
    const told = played(...late)
      .expectFindings(['expired-sold'])
      .expectAgreement()
    expect(told.fold.findings()[0]?.evidence).toMatchObject({
      ...{ batch: 'B1', expires: '2026-01-10', soldOn: '2026-01-11', quantity: 10_000 },
    })
    played(...late, '12  sales-return  b1  milk  1  -  -  B1  -  -  s1').expectFindings([])
    played(received, '11@01:00  write-off  w1  milk  -  1  -  B1').expectFindings([])
  })

  it('[BAT4] is traced back to where it came from and forward to where it went', () => {
    const { fold } = played(
      received,
      '02  shipment      s1  milk  -  3  -  B1',
      '03  sales-return  b1  milk  1  -  -  B1  -  -  s1',
    )
    expect(
      fold.stock.batch(milk, 'B1').trace.map(({ docId, quantity }) => [docId, quantity]),
    ).toEqual([
      [idOf('document', 'r1'), 100_000],
      [idOf('document', 's1'), -30_000],
      [idOf('document', 'b1'), 10_000],
    ])
    expect(fold.stock.batch(milk, 'B1').received).toBe(Date.UTC(2026, 0, 1))
  })

  it('[TGF4] goods of a tracked SKU without number are told, and closed when a number accounts for them', () => {
    const tracked =
      'day  document  id  sku  in  out  batch  by  price\n01  tracked  -  milk  -  -  -  batch  -\n'
    scenario(
      `${tracked}01  goods-receipt  r1  milk  5  -  B1  -  1.00\n02  shipment  s1  milk  -  2  -  -  -`,
    )
      .expectFindings(['batch-missing'])
      .expectAgreement()
    scenario(
      `${tracked}01  goods-receipt  r1  milk  5  -  B1  -  1.00\n02  shipment  s1  milk  -  2  B1  -  -`,
    )
      .expectFindings([])
      .expectAgreement()
  })
})

describe('goods told apart in lists', () => {
  const table = `
    day  document       id  sku   in  out  price  batch  expires     status   bin
    01   goods-receipt  r1  milk  5   -    5.00   B2     2026-03-01  -        a1
    01   goods-receipt  r2  milk  4   -    5.00   B1     2026-02-01  -        -
    01   goods-receipt  r3  milk  3   -    5.00   B1     -           pending  -
    01   goods-receipt  r4  milk  2   -    5.00   -      -           -        -
    01   goods-receipt  r5  tea   7   -    5.00   -      -           -        -
  `
  const list = (only?: 'pending' | 'near-expiry', by = '2026-02-01') =>
    scenario(table).fold.stock.list({
      ...{ skus: [], others: 'last', warehouses: new Set([shop]), offset: 0, limit: 10 },
      expiresBy: () => businessDate(by),
      ...(only !== undefined && { only }),
    })

  it('[TGV1] cells are listed by expiry, what nothing tells apart last', () => {
    const cells = scenario(table).expectAgreement().fold.stock.cells(milk, shop)
    expect(
      cells.map(({ batch, expires, status, quantity }) => [batch, expires, status, quantity]),
    ).toEqual([
      ['B1', '2026-02-01', undefined, 40_000],
      ['B1', '2026-02-01', 'pending', 30_000],
      ['B2', '2026-03-01', undefined, 50_000],
      [undefined, undefined, undefined, 20_000],
    ])
    expect(scenario(table).fold.stock.good(milk, shop)).toBe(110_000)
  })

  it('[TGV3] a serial number is found without its SKU', () => {
    const { fold } = scenario(`
      day  document       id  sku    in  price  serial  by
      01   tracked        -   phone  -   -      -       serial
      01   goods-receipt  r1  phone  1   9.00   S1      -
      01   goods-receipt  r2  milk   1   9.00   S2      -
    `)
    expect(['S1', 'S2', 'S3'].map((serial) => fold.stock.skusOfSerial(serial))).toEqual([
      [phone],
      [],
      [],
    ])
  })

  it('[TGV2] the stock list answers what waits in a status or is near its expiry', () => {
    expect(list().rows).toHaveLength(2)
    expect(list('pending')).toMatchObject({ total: 1, rows: [{ sku: milk, part: 30_000 }] })
    expect(list('near-expiry')).toMatchObject({ total: 1, rows: [{ part: 70_000 }] })
    expect(list('near-expiry', '2026-01-31').rows).toEqual([])
  })
})

describe('goods told apart in several branches', () => {
  const table = `
    day  document       id  sku    in  out  price   serial  batch  expires     branch  warehouse
    01   goods-receipt  r1  phone  1   -    100.00  S1      -      -           north   n1
    02   shipment       s1  phone  -   1    -       S1      -      -           south   s1
    03   shipment       s2  phone  -   1    -       S1      -      -           north   n1
    01   goods-receipt  r2  milk   5   -    5.00    -       B1     2026-01-10  north   n1
    02   goods-receipt  r3  milk   5   -    5.00    -       B1     2026-01-20  south   s1
    15   shipment       s3  milk   -   1    -       -       B1     -           south   s1
  `
  const [north, south] = [idOf('branch', 'north'), idOf('branch', 'south')]
  const id = idOf('company', 'tests')
  const told = (fold: Fold, branch: string) =>
    fold.findings().filter((finding) => finding.branch === branch)

  it('[TGF5] a device of one branch tells of it what one of all branches does', () => {
    const entries = recordsOf(table).flat()
    const all = openFold()
    all.apply(entries)
    for (const branch of [north, south]) {
      const one = openFold()
      one.apply(entries.filter(({ record }) => record.branch === branch))
      expect(told(one, branch)).toEqual(told(all, branch))
      expect(told(one, 'all')).toEqual([])
    }
    expect(told(all, south).map(({ code }) => code)).toContain('duplicate-serial')
  })

  it('[TGF5] what only several branches together show is told of the company', () => {
    expect(told(scenario(table).fold, 'all')).toMatchObject([
      { code: 'batch-conflict', evidence: { expires: '2026-01-10', others: ['2026-01-20'] } },
      { code: 'duplicate-serial', evidence: { reason: 'left-twice' } },
    ])
  })

  it('[FIN1] negative stock is told also where each piece has a value of its own', () => {
    const fold = openFold()
    const policy = new JournalWriter().write({
      ...{ device: 'server-1', branch: 'all', audience: 'goods', kind: 'masters-changed.v1' },
      ...{ at: 0 },
      body: { changes: [{ entity: 'company', id, fields: { costMethod: 'serial' } }] },
    })
    fold.apply([policy, ...recordsOf(table).flat()])
    const negative = told(fold, south).filter(({ code }) => code === 'negative-stock')
    expect(negative).toMatchObject([{ documents: [idOf('document', 's1')] }])
  })
})
