import { describe, expect, it } from 'vitest'
import type { Status } from '#client/engine/face/face.ts'
import { goodStatus } from '#tests/builders/good-status.ts'
import { syncSentence } from './sync-sentence.ts'

const nowMs = 1_795_000_000_000
function said(change: Partial<Status>): string {
  return syncSentence({ ...goodStatus, ...change }, nowMs).text
}

describe('sync sentence', () => {
  it('says synced only when nothing waits and nothing is missing', () => {
    expect(syncSentence(goodStatus, nowMs)).toEqual({
      text: '已同步',
      tone: 'proven',
      icon: 'synced',
    })
    expect(said({ documentsWaiting: 3 })).toBe('3 单待同步')
    expect(said({ journalsBehind: 2 })).toBe('正在接收 2 份记录')
    expect(said({ connection: 'connecting' })).toBe('连接中')
    expect(syncSentence(undefined, nowMs).text).toBe('连接中')
  })

  it('says how long it has been offline and what waits', () => {
    const lastHeardAt = nowMs - 2 * 3_600_000
    expect(said({ connection: 'offline', lastHeardAt })).toBe('离线 2 小时')
    expect(said({ connection: 'offline', lastHeardAt, documentsWaiting: 3 })).toBe(
      '离线 2 小时 · 3 单待同步',
    )
    expect(said({ connection: 'offline' })).toBe('离线')
  })

  it('asks for the sign-in without which nothing syncs, never only says offline', () => {
    const offline: Partial<Status> = { connection: 'offline', isSignInNeeded: true }
    expect(said(offline)).toBe('请重新登录')
    expect(said({ ...offline, documentsWaiting: 3 })).toBe('请重新登录 · 3 单待同步')
  })

  it('puts what stops the work before everything else', () => {
    const stopped = { ...goodStatus, stopped: { code: 'store-full' }, isUpdateNeeded: true }
    expect(syncSentence(stopped, nowMs).tone).toBe('stop')
    expect(said({ isUpdateNeeded: true })).toBe('需要更新')
  })
})
