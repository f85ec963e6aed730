import { describe, expect, it } from 'vitest'
import { asId, isId, isUuid, type SkuId } from './ids.ts'

describe('ids', () => {
  it('[IDS1] takes letters that are safe in names and keys', () => {
    const uuid = '0192f3a4-7c10-7e3b-8a5c-100000000000'
    expect([isUuid(uuid), isId(uuid), isId('server-3')]).toEqual([true, true, true])
    expect([isUuid(uuid.toUpperCase()), isUuid(`${uuid}0`), isUuid('x')]).toEqual([
      false,
      false,
      false,
    ])
    for (const bad of ['', '-a', 'a/b', 'a|b', 'A', '苹果', '__proto__', 'a'.repeat(65), 'a\n']) {
      expect([bad, isId(bad)]).toEqual([bad, false])
    }
    expect(asId<SkuId>(uuid)).toBe(uuid)
    expect(() => asId<SkuId>('a/b')).toThrow('not an id')
  })
})
