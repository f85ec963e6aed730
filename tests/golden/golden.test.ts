/** The kept scenarios come to what is written down; the reader, the scorer and the command keep their rules. */

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { parseRatio, ratio } from '#domain/values/ratio.ts'
import { claims, shown } from './figures.ts'
import { keptOutcomes, ownCases, summaryOf } from './kept-outcomes.ts'
import { chooseVariant } from './own-policy.ts'
import { type GoldenCase, readCase, readCases, type Value } from './read-cases.ts'
import { scoreCase } from './score.ts'

const limitMs = 280_000

const inOne = { n: 1, at: '2026-03-01', op: 'in', sku: 'A', wh: 'W', qty: '10', price: '10' }
const outFour = { n: 2, at: '2026-03-02', op: 'out', sku: 'A', wh: 'W', qty: '4' }

function aCase(changes: Readonly<Record<string, Value>> = {}): Value {
  return {
    ...{ id: 'T-1', title: 'Test', model: 'ledger', policy: true, setup: {} },
    ...{ ops: [inOne, outFour], expect: [{ what: 'value', sku: 'A', is: '60.00' }], ...changes },
  }
}

const read = (changes?: Readonly<Record<string, Value>>): GoldenCase => readCase(aCase(changes))

describe('reading golden scenarios', () => {
  it('[GLD1] refuses what it does not know, by name', () => {
    const refused: [Readonly<Record<string, Value>>, string][] = [
      [{ ops: [{ ...inOne, op: 'steal' }] }, 'unknown operation: steal'],
      [{ ops: [{ ...inOne, colour: 'red' }] }, 'unknown field of in: colour'],
      [{ setup: { mood: 'good' } }, 'unknown setting: mood'],
      [{ setup: { method: 'guess' } }, 'unknown value of method: "guess"'],
      [{ alt: [{ setup: { mood: 'good' } }] }, 'unknown setting: mood'],
      [{ expect: [{ what: 'colour', is: '1' }] }, 'unknown expectation: colour'],
      [{ expect: [{ what: 'value', shop: 'A', is: '1' }] }, 'unknown field of value: shop'],
      [{ model: 'magic' }, 'unknown model: magic'],
      [{ model: 'toString' }, 'unknown model: toString'],
      [{ ops: [{ ...inOne, op: 'constructor' }] }, 'unknown operation: constructor'],
      [{ extra: '1' }, 'unknown field: extra'],
    ]
    for (const [changes, problem] of refused) expect(() => read(changes)).toThrow(problem)
  })

  it('[GLD2] refuses figures that are no texts, dates that are none and operations out of order', () => {
    const refused: [Readonly<Record<string, Value>>, string][] = [
      [{ ops: [{ ...inOne, qty: 10 }] }, 'in.qty: a figure is a text'],
      [{ ops: [{ ...inOne, qty: '1e3' }] }, 'in.qty is no exact number'],
      [{ ops: [{ ...inOne, at: '2026-02-30' }] }, 'in.at is no date'],
      [{ ops: [{ ...inOne, at: '2026-02-20T25:00:00' }] }, 'in.at is no date'],
      [{ ops: [outFour, inOne] }, 'n rises'],
      [{ ops: [inOne, { ...outFour, op: 'cancel', of: 3 }] }, 'unknown field of cancel'],
      [{ ops: [inOne, { n: 2, op: 'cancel', of: 3 }] }, 'refers to one that is not before it'],
      [{ expect: [{ what: 'cost', of: 9, is: '1' }] }, 'refers to an operation that is not there'],
      [{ expect: [{ what: 'cost', of: 2, after: 9, is: '1' }] }, 'refers to an operation'],
      [{ expect: [{ what: 'value', sku: 'A', is: 60 }] }, 'a figure is a text'],
      [{ expect: [{ what: 'value', sku: 'A' }] }, 'says no figure'],
      [{ setup: { fallback_rate: 5 } }, 'fallback_rate is no exact number'],
    ]
    for (const [changes, problem] of refused) expect(() => read(changes)).toThrow(problem)
    expect(read({ ops: [{ ...inOne, qty: '1/12', at: '2026-03-01T08:30' }] }).ops).toHaveLength(1)
  })
})

describe('figures', () => {
  const third = ratio(1n, 3n)

  it('[GLD3] a figure claims as many decimals as it shows', () => {
    expect(['0.33', '0', '0.333333', '1/3'].map((text) => claims(text, third))).toEqual([
      ...[true, true, true, true],
    ])
    expect(['0.34', '1', '0.3333330', '1/4', 'a third'].map((text) => claims(text, third))).toEqual(
      [false, false, false, false, false],
    )
    expect(claims('-2.35', ratio(-2345n, 1_000n))).toBe(true)
    expect(claims('12.67', ratio(12_665n, 1_000n))).toBe(true)
  })

  it('[GLD3] lists and tables are compared whole', () => {
    expect(claims([['a', '0.3']], [['a', third]])).toBe(true)
    expect(
      claims(
        [['a', '0.3']],
        [
          ['a', third],
          ['b', third],
        ],
      ),
    ).toBe(false)
    expect(claims({ a: '0.3' }, { a: third })).toBe(true)
    expect(claims({ a: '0.3' }, { a: third, b: third })).toBe(false)
    expect(claims({ a: '0.3', b: '0' }, { a: third })).toBe(false)
    expect(claims('0', undefined)).toBe(false)
    expect([true, 'refused'].map((value) => claims(value, value))).toEqual([true, true])
    expect(claims(false, true)).toBe(false)
  })

  it('[GLD3] are shown as decimals where they end', () => {
    const two = parseRatio('-2.50')
    expect([shown(two.ok ? two.value : third), shown(third)]).toEqual(['-2.5', '1/3 (0.333333…)'])
  })
})

describe('what a person would write', () => {
  const inTwo = { ...inOne, n: 2, batch: 'Y', qty: '5' }
  const played: [string, Value[], Readonly<Record<string, Value>>, Value[]][] = [
    [
      'a count in the place of an earlier one',
      [
        inOne,
        { n: 2, at: '2026-03-02', op: 'count', sku: 'A', wh: 'W', counted: '8' },
        { n: 3, at: '2026-03-02', op: 'count', sku: 'A', wh: 'W', counted: '9', replaces: 2 },
      ],
      {},
      [
        { what: 'qty', sku: 'A', is: '9' },
        { what: 'value', sku: 'A', is: '90.00' },
      ],
    ],
    [
      'a count of several batches',
      [
        { ...inOne, batch: 'X', qty: '5' },
        inTwo,
        {
          ...{ n: 3, at: '2026-03-02', op: 'count', sku: 'A', wh: 'W' },
          rows: [
            { batch: 'X', counted: '4' },
            { batch: 'Y', counted: '7' },
          ],
        },
      ],
      {},
      [
        { what: 'qty', sku: 'A', batch: 'X', is: '4' },
        { what: 'qty', sku: 'A', is: '11' },
        { what: 'value', sku: 'A', is: '110.00' },
      ],
    ],
    [
      'goods that are worth a rate from a day on',
      [inOne, outFour, { n: 3, at: '2026-03-03', op: 'revalue', sku: 'A', rate: '12.5' }],
      {},
      [
        { what: 'qty', sku: 'A', is: '6' },
        { what: 'value', sku: 'A', is: '75.00' },
      ],
    ],
    [
      'a transfer at another price',
      [
        inOne,
        {
          ...{ n: 2, at: '2026-03-02', op: 'transfer', sku: 'A', from: 'W', to: 'V' },
          ...{ qty: '4', price: '12.345' },
        },
      ],
      { scope: 'wh' },
      [
        { what: 'value', sku: 'A', wh: 'V', is: '49.38' },
        { what: 'value', sku: 'A', wh: 'W', is: '60.00' },
      ],
    ],
    [
      'goods that become others by stated shares, one of them at a stated value',
      [
        inOne,
        {
          ...{ n: 2, at: '2026-03-02', op: 'convert', wh: 'W', extra: '10' },
          inputs: [{ sku: 'A', qty: '4' }],
          outputs: [
            { sku: 'B', qty: '2' },
            { sku: 'C', qty: '1' },
            { sku: 'D', qty: '1', value: '8' },
          ],
          share: { B: '75', C: '25' },
        },
      ],
      {},
      [
        { what: 'value', sku: 'A', is: '60.00' },
        { what: 'value', sku: 'B', is: '31.50' },
        { what: 'value', sku: 'C', is: '10.50' },
        { what: 'value', sku: 'D', is: '8.00' },
      ],
    ],
    [
      'several goods that become several',
      [
        inOne,
        { ...inOne, n: 2, sku: 'E', qty: '1', price: '60' },
        {
          ...{ n: 3, at: '2026-03-02', op: 'convert', wh: 'W' },
          inputs: [
            { sku: 'A', qty: '4' },
            { sku: 'E', qty: '1' },
          ],
          outputs: [
            { sku: 'B', qty: '2' },
            { sku: 'C', qty: '1' },
          ],
          share: ['0.7', '0.3'],
        },
      ],
      {},
      [
        { what: 'value', sku: 'B', is: '70.00' },
        { what: 'value', sku: 'C', is: '30.00' },
      ],
    ],
  ]

  it.each(played)('[GLD6] %s', (_, ops, setup, expect_) => {
    expect(scoreCase(read({ ops, setup, expect: expect_ }))).toMatchObject({ outcome: 'pass' })
  })
})

describe('the policy that is scored', () => {
  const stated = (golden: GoldenCase): unknown => {
    const chosen = chooseVariant(golden)
    return 'foreign' in chosen ? chosen.foreign : chosen.variant.stated
  }

  it('[GLD4] is ours: of a case and its other setups, the one that says so', () => {
    const alt = (setup: Value) => [{ setup, expect: [] }]
    const linked = { n: 3, at: '2026-03-03', op: 'return_in', of: 2, qty: '1' }
    const returned = { ops: [inOne, outFour, linked] }
    const current = { ...returned, setup: { sales_return: 'current' } }
    expect(stated(read({ ...current, alt: alt({ sales_return: 'original' }) }))).toEqual({
      sales_return: 'original',
    })
    expect(stated(read({ alt: alt({ same_day: 'ins-first' }) }))).toEqual({ same_day: 'ins-first' })
    expect(stated(read({ setup: { scope: 'company' }, alt: alt({ scope: 'wh' }) }))).toEqual({})
    expect(stated(read(current))).toEqual(['sales_return=current'])
    expect(stated(read({ setup: { method: 'lifo' }, alt: alt({ method: 'fifo' }) }))).toEqual({
      method: 'fifo',
    })
  })

  it('[GLD5] passes over foreign settings that nothing exercises', () => {
    const appended = { setup: { history: 'append', negative: 'carry', count: 'difference' } }
    expect(stated(read(appended))).toEqual({})
    const late = { ...inOne, n: 3, at: '2026-02-01' }
    expect(stated(read({ ...appended, ops: [inOne, outFour, late] }))).toEqual(['history=append'])
    const short = [
      { ...outFour, n: 1 },
      { ...inOne, n: 2, at: '2026-03-03' },
    ]
    expect(stated(read({ ...appended, ops: short }))).toEqual(['negative=carry'])
    const carried = [{ what: 'value', sku: 'A', after: 1, is: '0.00' }]
    expect(stated(read({ ...appended, ops: short, expect: carried }))).toEqual({})
    expect(stated(read({ ...appended, ops: short, policy: false }))).toEqual({})
  })
})

describe('scoring', () => {
  it('[GLD6] plays a case through documents, and in every order of arrival', () => {
    expect(scoreCase(read())).toMatchObject({ outcome: 'pass', expectations: [{ got: '60' }] })
    const wrong = read({ expect: [{ what: 'value', sku: 'A', is: '60.01' }] })
    expect(scoreCase(wrong)).toMatchObject({
      outcome: 'fail',
      expectations: [{ what: 'value', expected: '60.01', got: '60' }],
    })
  })

  it('[GLD6] what the product cannot do yet fails by name', () => {
    const stopped = read({ ops: [{ ...inOne, valued: false }] })
    expect(scoreCase(stopped)).toMatchObject({
      outcome: 'fail',
      reason: 'not yet: no document for goods of others',
    })
  })

  it(
    '[GLD7] the kept cases come to what is written down',
    () => {
      const outcomes = readCases([ownCases]).map(scoreCase)
      for (const { id, outcome, reason, expectations } of outcomes) {
        if (outcome !== 'fail') continue
        const wrong = expectations.filter(({ isRight }) => !isRight)
        const figures = wrong.map(
          ({ what, about, got }) => `${what} ${about} = ${JSON.stringify(got)}`,
        )
        console.log(`${id}: ${reason ?? figures.join('; ')}`)
      }
      expect(summaryOf(outcomes)).toEqual(keptOutcomes())
    },
    limitMs,
  )
})

describe('npm run golden', () => {
  const folder = mkdtempSync(join(tmpdir(), 'golden-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const file = (name: string, cases: readonly Value[]): string => {
    const path = join(folder, name)
    writeFileSync(path, JSON.stringify(cases))
    return path
  }

  it('[GLD8] counts, and exits with 1 when a case fails', () => {
    const good = file('good.json', [aCase(), aCase({ model: 'terms', ops: [], expect: [] })])
    expect(golden(good)).toMatchObject({ status: 0, last: '1 passed, 0 failed, 1 other policy' })
    const bad = file('bad.json', [aCase({ ops: [{ ...inOne, op: 'steal' }] })])
    expect(golden(folder)).toMatchObject({ status: 1, last: '1 passed, 1 failed, 1 other policy' })
    expect(golden(bad).lines[0]).toBe('fail  T-1: unknown operation: steal')
    expect(golden(join(folder, 'nowhere')).status).toBe(2)
  })

  it('[GLD8] prints one object per case with --json', () => {
    const { lines, status } = golden('--json', file('one.json', [aCase()]))
    expect([status, lines.map((line) => JSON.parse(line) as Value)]).toEqual([
      0,
      [
        {
          id: 'T-1',
          outcome: 'pass',
          expectations: [{ what: 'value', expected: '60.00', got: '60' }],
        },
      ],
    ])
  })
})

function golden(...args: readonly string[]) {
  try {
    const output = execFileSync('node', [join(import.meta.dirname, 'run.ts'), ...args], {
      encoding: 'utf8',
      stdio: 'pipe',
    })
    return outputOf(0, output)
  } catch (error) {
    const { status, stdout } = error as { readonly status: number; readonly stdout: string }
    return outputOf(status, stdout)
  }
}

function outputOf(status: number, output: string) {
  const lines = output.trim().split('\n')
  return { status, lines, last: lines.at(-1) }
}
