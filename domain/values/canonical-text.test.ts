import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  canonicalText,
  checkJson,
  deepFreeze,
  isForbiddenName,
  type Json,
  parseCanonical,
} from './canonical-text.ts'
import { limitDepth } from './limits.ts'

const text = fc.string({ unit: 'grapheme' })
const name = fc.oneof(text, fc.nat(20).map(String)).filter((each) => !isForbiddenName(each))
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    text,
    fc.maxSafeInteger().map((integer) => integer + 0),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(name, tie('value'), { maxKeys: 6, noNullPrototype: false }),
  ),
})).value

function refusal(input: string): string | undefined {
  const parsed = parseCanonical(input)
  return parsed.ok ? undefined : parsed.problem.code
}

function nested(depth: number): Json {
  let value: Json = 1
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { a: value }
  return value
}

class Point {
  x = 1
}

describe('canonical text', () => {
  it('[CAN1] refuses what is not a safe integer or a text', () => {
    for (const bad of [0.5, -0, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(checkJson({ a: [bad] })).toBe('number-not-integer')
    }
    for (const bad of [true, null, undefined, 1n, () => 1, Symbol('x'), new Point(), new Map()]) {
      expect(checkJson({ a: [bad] })).toBe('kind-refused')
    }
    expect(checkJson(new Array(2))).toBe('kind-refused')
    expect(() => canonicalText({ a: 0.5 })).toThrow('number-not-integer')
  })

  it('[CAN1] refuses names that every object has', () => {
    for (const bad of [
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'valueOf',
      'hasOwnProperty',
    ]) {
      expect(checkJson(JSON.parse(`{"a":{"${bad}":1}}`))).toBe('name-forbidden')
      expect(refusal(`{"a":{"${bad}":1}}`)).toBe('name-forbidden')
    }
  })

  it('[CAN1] refuses lone surrogates in values and names, raw or escaped', () => {
    for (const bad of ['\ud800', 'a\udc00', '\udc00\ud800', '\\\ud800']) {
      expect(checkJson({ a: bad })).toBe('text-ill-formed')
      expect(checkJson({ [bad]: 1 })).toBe('text-ill-formed')
      expect(() => canonicalText([bad])).toThrow('text-ill-formed')
      expect(refusal(`["${bad.replace('\\', '\\\\')}"]`)).toBe('not-canonical')
    }
    expect(refusal('["\\ud800"]')).toBe('text-ill-formed')
    // A text that only talks about surrogates is fine.
    expect(parseCanonical('["\\\\ud800"]')).toEqual({ ok: true, value: ['\\ud800'] })
    expect(canonicalText(['😀'])).toBe('["😀"]')
  })

  it('[CAN1] bounds the depth', () => {
    expect(checkJson(nested(limitDepth))).toBeUndefined()
    expect(checkJson(nested(limitDepth + 1))).toBe('too-deep')
    expect(refusal('['.repeat(100_000) + ']'.repeat(100_000))).toBe('too-deep')
    const circle: Json[] = []
    circle.push(circle)
    expect(checkJson(circle)).toBe('too-deep')
  })

  it('[CAN2] sorts keys by code unit at every depth', () => {
    expect(canonicalText({ b: 1, a: { d: [{ z: 1, y: 2 }], c: 'x' } })).toBe(
      '{"a":{"c":"x","d":[{"y":2,"z":1}]},"b":1}',
    )
    // An engine puts whole numbers first and in order of value; the text does not.
    expect(canonicalText({ 9: 1, 10: 2, '-': 3 })).toBe('{"-":3,"10":2,"9":1}')
    // By code unit, not by code point: U+1F600 (d83d …) before U+FF01.
    expect(canonicalText({ '\uff01': 1, '😀': 2 })).toBe('{"😀":2,"\uff01":1}')
  })

  it('[CAN2] does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(name, json, { maxKeys: 8, noNullPrototype: false }), (fields) => {
        const turned = Object.fromEntries(Object.entries(fields).reverse())
        expect(canonicalText(turned)).toBe(canonicalText(fields))
        const bare: Json = Object.assign(Object.create(null), fields)
        expect(canonicalText(bare)).toBe(canonicalText(fields))
      }),
    )
  })

  it('[CAN3] reads back what it writes', () => {
    fc.assert(
      fc.property(json, (value) => {
        const parsed = parseCanonical(canonicalText(value))
        expect(parsed).toEqual({ ok: true, value })
      }),
      { numRuns: 500 },
    )
  })

  it('[CAN4] refuses every other spelling', () => {
    const others = [
      '{"b":1,"a":2}',
      '{"a":1,"a":1}',
      '{"a":1,"a":2}',
      '{"9":1,"10":2}',
      '{"a": 1}',
      ' [1]',
      '[1]\n',
      '[1e3]',
      '[1.0]',
      '[9007199254740991.1]',
      '["\\u0041"]',
      '["\\/"]',
      '["\\u000A"]',
    ]
    expect(others.filter((other) => refusal(other) === undefined)).toEqual([])
    expect(refusal('[-0]')).toBe('number-not-integer')
    expect(refusal('[9007199254740993]')).toBe('number-not-integer')
    expect(refusal('[true]')).toBe('kind-refused')
    expect(refusal('null')).toBe('kind-refused')
    for (const broken of ['', '{', '[1,]', '\ufeff[1]', 'undefined']) {
      expect(refusal(broken)).toBe('not-json')
    }
  })

  it('[CAN4] accepts a JSON text only if it is the canonical one', () => {
    fc.assert(
      fc.property(fc.json(), (any) => {
        const parsed = parseCanonical(any)
        if (parsed.ok) expect(canonicalText(parsed.value)).toBe(any)
      }),
      { numRuns: 500 },
    )
  })

  it('[CAN5] freezes everything inside, below what was frozen already too', () => {
    const value = deepFreeze({ a: [{ b: 1 }], c: Object.freeze({ d: [1] }) })
    expect(Object.isFrozen(value.a[0])).toBe(true)
    expect(Object.isFrozen(value.c.d)).toBe(true)
    expect(() => (value.a as unknown[]).push(1)).toThrow()
  })
})
