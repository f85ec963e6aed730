import { describe, expect, it } from 'vitest'
import { isTrustedPlace } from './trusted-place.ts'

describe('set-up', () => {
  it('[IDN13] is for the machine itself and for the secure address', () => {
    for (const ip of ['127.0.0.1', '127.3.2.1', '::1', '::ffff:127.0.0.1']) {
      expect(isTrustedPlace({ protocol: 'http', ip })).toBe(true)
    }
    expect(isTrustedPlace({ protocol: 'https', ip: '192.168.1.20' })).toBe(true)
  })

  it('[IDN13] is refused to neighbours on the plain address', () => {
    for (const ip of ['192.168.1.20', '10.0.0.127', '::ffff:192.168.1.127', 'fe80::1']) {
      expect(isTrustedPlace({ protocol: 'http', ip })).toBe(false)
    }
  })
})
