import { describe, expect, it } from 'vitest'
import { isTrustedPlace } from './trusted-place.ts'

describe('set-up', () => {
  it('[IDN13] is for the machine itself and for the secure address', () => {
    for (const ip of ['127.0.0.1', '127.3.2.1', '::1', '::ffff:127.0.0.1']) {
      expect(isTrustedPlace({ protocol: 'http', ip, hostname: 'localhost' })).toBe(true)
    }
    const secure = { protocol: 'https', ip: '192.168.1.20', hostname: '192.168.1.2' }
    expect(isTrustedPlace(secure)).toBe(true)
  })

  it('[IDN13] is refused to neighbours on the plain address', () => {
    for (const ip of ['192.168.1.20', '10.0.0.127', '::ffff:192.168.1.127', 'fe80::1']) {
      expect(isTrustedPlace({ protocol: 'http', ip, hostname: 'localhost' })).toBe(false)
    }
  })

  it('[IDN13] is refused under a name that somebody else gave to the machine', () => {
    const request = { protocol: 'http', ip: '127.0.0.1' }
    for (const hostname of ['evil.example', '192.168.1.2', '127.0.0.1.evil.example', '']) {
      expect(isTrustedPlace({ ...request, hostname })).toBe(false)
    }
    for (const hostname of ['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]', '::1']) {
      expect(isTrustedPlace({ ...request, hostname })).toBe(true)
    }
  })
})
