import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalText, isForbiddenName, type Json } from '#domain/values/canonical-text.ts'
import { limitDepth } from '#domain/values/limits.ts'
import { packJson } from './pack-json.ts'
import { packedWords } from './packed-words.ts'
import { unpackJson } from './unpack-json.ts'

const uuidA = '018f3c5e-0000-7000-8000-00000000000a'
const hashA = 'ab'.repeat(32)

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'grapheme', minLength: 40, maxLength: 300 }),
  fc.constantFrom(...packedWords),
  fc.uuid(),
  fc.uuid().map((uuid) => uuid.toUpperCase()),
  fc.stringMatching(/^[0-9a-f]{64}$/),
  fc.constantFrom('', 'a', 'b', uuidA, hashA),
)
const name = fc.oneof(text, fc.nat(120).map(String)).filter((each) => !isForbiddenName(each))
const integer = fc.oneof(
  fc.integer({ min: -70, max: 70 }),
  fc.maxSafeInteger().map((value) => value + 0),
  fc.constantFrom(63, 64, 127, 128, 191, 192, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER),
)
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    text,
    integer,
    fc.array(tie('value'), { maxLength: 20 }),
    fc.dictionary(name, tie('value'), { maxKeys: 40, noNullPrototype: false }),
  ),
})).value

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function unpacked(hex: string): unknown {
  const result = unpackJson(bytesOf(hex))
  return result.ok ? result.value : result.problem.code
}

function nested(depth: number): Json {
  let value: Json = 1
  for (let i = 0; i < depth; i++) value = [value]
  return value
}

describe('packed form', () => {
  it('[REC3] reads back what it writes, frozen all the way down', () => {
    fc.assert(
      fc.property(json, (value) => {
        const read = unpackJson(packJson(value))
        expect(read.ok && canonicalText(read.value)).toBe(canonicalText(value))
        expect(read.ok && isFrozen(read.value)).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  it('[REC3] has one form for one value: no other bytes read as it', () => {
    fc.assert(
      fc.property(json, fc.nat(), fc.integer({ min: 1, max: 255 }), (value, place, change) => {
        const bytes = packJson(value)
        const at = place % bytes.length
        const changed = bytes.slice()
        changed[at] = (changed[at] ?? 0) ^ change
        const read = unpackJson(changed)
        // What still reads is another value, and is written as exactly these bytes.
        if (read.ok) expect(packJson(read.value)).toEqual(changed)
      }),
      { numRuns: 3_000 },
    )
  })

  it('[REC3] reads random bytes without stopping, as nothing or as their own form', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const read = unpackJson(bytes)
        if (read.ok) expect(packJson(read.value)).toEqual(bytes)
      }),
      { numRuns: 3_000 },
    )
  })

  it('[REC3] refuses bytes that end early, at each place', () => {
    const bytes = packJson({ note: '客户自提', lines: [uuidA, hashA, -5, 1_000], at: 1.5e12 })
    for (let end = 0; end < bytes.length; end++) {
      expect(unpackJson(bytes.subarray(0, end))).toMatchObject({ problem: { code: 'truncated' } })
    }
  })

  it('[REC3] refuses every second spelling', () => {
    const spelled = {
      'word spelled out': 'c202 6174',
      'uuid as letters': `c224${hexOf(uuidA)}`,
      'hash as letters': `c240${hexOf(hashA)}`,
      'text spelled twice': 'd2 c20161 c20161',
      'text not met yet': 'd1 40',
      'far text not met': 'd1 c600',
      'word beyond the dictionary': 'c5ff7f',
      'leading zero': 'c08000',
      'integer beyond 2^53': 'c0ffffffffffffff1f',
      'integer of nine digits': 'c0ffffffffffffffffff01',
      'bytes after the end': '8180',
      'tag without meaning': 'c9',
      'names not sorted': 'e2 c20162 80 c20161 80',
      'name said twice': 'e2 c20161 80 40 80',
      'name that is an integer': 'e1 80 80',
      'bytes that are no UTF-8': 'c201ff',
    }
    for (const [what, hex] of Object.entries(spelled)) {
      expect([what, unpacked(hex.replaceAll(' ', ''))]).toEqual([what, 'not-canonical'])
    }
  })

  it('[REC3] refuses a count before it makes anything for it', () => {
    expect(unpacked('c7ffffffffffffff0f')).toBe('truncated')
    expect(unpacked('c8ffffffffffffff0f')).toBe('truncated')
    expect(unpacked('c2ffffffffffffff0f')).toBe('truncated')
    expect(unpacked('df80')).toBe('truncated')
  })

  it('[REC3] refuses names that mean something else, also when a value has said them before', () => {
    expect(unpacked(`e1c209${hexOf('__proto__')}80`)).toBe('name-forbidden')
    expect(unpacked(`d2c209${hexOf('__proto__')}e14080`)).toBe('name-forbidden')
    expect(unpackJson(packJson(['__proto__', 'constructor'])).ok).toBe(true)
  })

  it('[REC3] is as deep as canonical text and no deeper', () => {
    expect(unpackJson(packJson(nested(limitDepth))).ok).toBe(true)
    expect(() => packJson(nested(limitDepth + 1))).toThrow('deeper')
    expect(unpacked(`${'d1'.repeat(limitDepth + 1)}80`)).toBe('too-deep')
  })

  it('[REC3] keeps its form for ever', () => {
    const value = {
      v: 1,
      kind: 'posted.v1',
      id: uuidA,
      prev: hashA,
      hlc: 1_838_404_608_000_005,
      note: '客户自提',
      offset: { ms: -120, ageMs: 36_000 },
      lines: [uuidA, 'b', 'b', 0, 63, 64, -1],
      units: {},
    }
    const forEver = [
      'e907c0c5fff3ecce80a20308c3018f3c5e00007000800000000000000a091720d740c201624180bfc000c100',
      '36c20ce5aea2e688b7e887aae68f900ae211c0e0980210c1770cc4',
      `${hashA}c53be00f81`,
    ]
    expect(Buffer.from(packJson(value)).toString('hex')).toBe(forEver.join(''))
  })
})

function isFrozen(value: Json): boolean {
  return (
    typeof value !== 'object' || (Object.isFrozen(value) && Object.values(value).every(isFrozen))
  )
}

function hexOf(ascii: string): string {
  return Buffer.from(ascii).toString('hex')
}
