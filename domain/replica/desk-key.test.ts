import { describe, expect, it } from 'vitest'
import { deskKeyText, parseDeskKey } from './desk-key.ts'

describe('desk keys', () => {
  it('[DSK1] read back what they say, and nothing else', () => {
    const keys = ['d1|t|a', 'd1|h|note|a', 'd1|l|l1|price|a', 'd1|l|l1|+a', 'd1|l|l1|-a']
    for (const key of keys) {
      const parsed = parseDeskKey(key)
      expect(parsed === undefined ? undefined : deskKeyText(parsed)).toBe(key)
    }
    const wrong = [
      ...['', 'd1', 'd1|', 'd1|t', 'd1|t|', 'd1|t|a|b', 'D|t|a', 'd1|x|a', 'd1|h|note', 'd1|h||a'],
      ...[
        'd1|h|Note|a',
        'd1|h|constructor|a',
        'd1|h|__proto__|a',
        'd1|l|l1|price',
        'd1|l||price|a',
      ],
      ...['d1|l|l1|+', 'd1|l|l1|*a', 'd1|l|l1|+a|b', '__proto__', 'd1|l|l1|price|a|b|c|d'],
    ]
    for (const key of wrong) expect([key, parseDeskKey(key)]).toEqual([key, undefined])
  })
})
