import { describe, expect, it } from 'vitest'
import type { Audience } from '#domain/records/audience.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { arrivalsOf } from '#tests/builders/arrivals.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { type Fold, openFold } from './fold.ts'
import type { FoldEntry } from './fold-entry.ts'

interface Change {
  readonly device?: string
  readonly branch?: string
  readonly audience?: Audience
  readonly writtenAt: number
  readonly at?: number
  readonly entity?: string
  readonly id?: string
  readonly fields: Readonly<Record<string, Json>>
}

function changed(writer: JournalWriter, change: Change): FoldEntry {
  const { device = 'A', branch = 'main', audience = 'goods', at = 1, writtenAt } = change
  const { entity = 'sku', id = 'apple', fields } = change
  return writer.write({
    ...{ device, branch, audience, at, writtenAt, kind: 'masters-changed.v1' },
    body: { changes: [{ entity, id: idOf(entity, id), fields }] },
  })
}

function folds(entries: readonly FoldEntry[]): Fold[] {
  return arrivalsOf(entries.length).map((order) => {
    const fold = openFold()
    for (const index of order) fold.apply([entries[index] as FoldEntry])
    return fold
  })
}

const apple = idOf('sku', 'apple')

describe('masters 档案', () => {
  it('[MRG1] each field holds what was said last by (hlc, device), in every order of arrival', () => {
    const writer = new JournalWriter()
    const entries = [
      changed(writer, { writtenAt: 3, fields: { code: 'new', baseUnit: '个' } }),
      changed(writer, { writtenAt: 2, device: 'B', fields: { code: 'old', options: ['红'] } }),
      changed(writer, { writtenAt: 3, device: 'C', fields: { baseUnit: '只' } }),
    ]
    const later = [idOf('device', 'A'), idOf('device', 'C')].sort()[1]
    const baseUnit = later === idOf('device', 'A') ? '个' : '只'
    for (const fold of folds(entries)) {
      expect(fold.masters.get('sku', apple)).toEqual({ code: 'new', baseUnit, options: ['红'] })
      expect([...fold.masters.list('sku')].map(({ id }) => id)).toEqual([apple])
      expect(fold.masters.count('product')).toBe(0)
      expect(fold.masters.get('sku', 'nobody')).toBeUndefined()
    }
  })

  it("[MRG2] '' clears a field, and what is read is frozen", () => {
    const writer = new JournalWriter()
    const fold = openFold()
    fold.apply([changed(writer, { writtenAt: 1, fields: { code: 'a', options: ['红'] } })])
    const before = fold.masters.get('sku', apple)
    const changes = fold.apply([changed(writer, { writtenAt: 2, fields: { code: '' } })])
    expect([...changes.masters]).toEqual(['sku'])
    expect(fold.masters.get('sku', apple)).toEqual({ options: ['红'] })
    expect(before).toEqual({ code: 'a', options: ['红'] })
    expect(Object.isFrozen(before) && Object.isFrozen(before?.['options'])).toBe(true)
  })

  it('[MRG3] every version of a field stays as history, newest first', () => {
    const writer = new JournalWriter()
    const price = (value: number, writtenAt: number) =>
      changed(writer, {
        audience: 'buying',
        writtenAt,
        at: writtenAt,
        fields: { referencePurchasePrice: value },
      })
    for (const fold of folds([price(1_000_000, 5), price(3_000_000, 9), price(2_000_000, 7)])) {
      const history = fold.masters.history('sku', apple, 'referencePurchasePrice')
      expect(history.map(({ value, at }) => [value, at])).toEqual([
        [3_000_000, 9],
        [2_000_000, 7],
        [1_000_000, 5],
      ])
      const reopened = openFold({ checkpoint: fold.checkpoint() })
      expect(reopened.masters.history('sku', apple, 'referencePurchasePrice')).toEqual(history)
      expect(fold.masters.history('sku', apple, 'code')).toEqual([])
    }
  })

  it('[MRG4] a field said to readers of another audience does not count', () => {
    const writer = new JournalWriter()
    const fold = openFold()
    fold.apply([changed(writer, { writtenAt: 1, fields: { code: 'a', retailPrice: 5_000_000 } })])
    expect(fold.masters.get('sku', apple)).toEqual({ code: 'a' })
    expect(fold.findings()).toMatchObject([{ code: 'malformed-record' }])
  })

  it('[MRG5] the company’s hash is of what its journals hold, said there or relayed there', () => {
    const writer = new JournalWriter()
    const said = changed(writer, { writtenAt: 1, fields: { code: 'a' } })
    const relay = writer.relay(said, 'all')
    const without = openFold()
    without.apply([said])
    const empty = openFold().hash('goods', 'all')
    expect(without.hash('goods', 'all')).toBe(empty)
    const hashes = folds([said, relay]).map((fold) => fold.hash('goods', 'all'))
    const relayed = openFold()
    relayed.apply([relay])
    expect(new Set(hashes)).toEqual(new Set([relayed.hash('goods', 'all')]))
    expect(hashes[0]).not.toBe(empty)
  })
})

describe('who is who', () => {
  const key = { crv: 'P-256', kty: 'EC', x: 'A'.repeat(43), y: 'A'.repeat(43) }
  const about = { branch: 'all', audience: 'goods', at: 7 } as const
  const tablet = idOf('device', 'tablet')
  const body = {
    ...{ device: tablet, code: 'A7', name: '前台', branches: [idOf('branch', 'main')] },
    ...{ audiences: ['goods'], publicKey: key },
  }
  const user = idOf('user', 'wang')
  const roles = [{ branch: 'all', role: 'manager' }]

  it('[MRG6] devices and users are as the server said last; a revoked device stays revoked', () => {
    const writer = new JournalWriter()
    const say = (kind: string, said: Json) =>
      writer.write({ ...about, device: 'server-1', kind, body: said })
    const entries = [
      say('device-enrolled.v1', body),
      say('device-revoked.v1', { device: tablet, reason: 'lost' }),
      say('device-enrolled.v1', { ...body, name: '后台' }),
      say('user-granted.v1', { user, name: '小王', roles: [] }),
      say('user-revoked.v1', { user }),
      say('user-granted.v1', { user, name: '小王', roles }),
    ]
    for (const fold of folds(entries)) {
      expect(fold.directory.device(tablet)).toMatchObject({
        name: '后台',
        revoked: { reason: 'lost' },
      })
      expect(fold.directory.users()).toEqual([{ id: user, name: '小王', roles, isRevoked: false }])
      const reopened = openFold({ checkpoint: fold.checkpoint() })
      expect(reopened.directory.devices()).toEqual(fold.directory.devices())
      expect(reopened.hash('goods', 'all')).toBe(fold.hash('goods', 'all'))
    }
    const revoked = openFold()
    expect([...revoked.apply(entries.slice(3, 5)).masters]).toEqual(['user'])
    expect(revoked.directory.user(user)?.isRevoked).toBe(true)
  })

  it('[MRG6] a device that enrols or grants counts for nothing', () => {
    const writer = new JournalWriter()
    const fold = openFold()
    fold.apply([
      writer.write({ ...about, branch: 'main', device: 'A', kind: 'device-enrolled.v1', body }),
      writer.write({
        ...{ ...about, branch: 'main', device: 'A', kind: 'user-granted.v1' },
        body: { user, name: '小王', roles },
      }),
    ])
    expect(fold.directory.devices()).toEqual([])
    expect(fold.directory.users()).toEqual([])
    expect(fold.findings().map(({ code }) => code)).toEqual([
      'malformed-record',
      'malformed-record',
    ])
  })
})

describe('what two masters share', () => {
  it('[FIN3] a code or barcode of two is a finding until one gives way', () => {
    const writer = new JournalWriter()
    const bind = (id: string, writtenAt: number, fields: Record<string, Json>) =>
      changed(writer, { id, writtenAt, fields })
    const entries = [
      bind('apple', 1, { code: 'ab-1', 'barcode:6901234567892': '个' }),
      bind('pear', 2, { code: 'ＡＢ-1', 'barcode:6901234567892': '箱' }),
    ]
    for (const fold of folds(entries)) {
      expect(fold.findings().map(({ code, evidence }) => [code, evidence['text']])).toEqual([
        ['duplicate-barcode', '6901234567892'],
        ['duplicate-code', 'AB-1'],
      ])
      fold.apply([bind('pear', 3, { code: 'AB-2', isDisabled: 1 })])
      expect(fold.findings()).toEqual([])
      fold.apply([bind('pear', 4, { isDisabled: '' })])
      expect(fold.findings()).toMatchObject([
        { code: 'duplicate-barcode', evidence: { masters: [apple, idOf('sku', 'pear')].sort() } },
      ])
    }
  })
})
