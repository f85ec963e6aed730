import { describe, expect, it } from 'vitest'
import {
  limitAnswerBacklogBytes,
  limitBytesBurst,
  limitOutboxBytes,
  limitPingsBurst,
  limitStalledBytes,
  limitStalledMs,
} from '../limits.ts'
import { openBudget } from './budget.ts'
import { type RawSocket, SocketWire, SyncSocket } from './sync-socket.ts'

function rawSocket() {
  const raw = {
    ...{ readyState: 1, bufferedAmount: 0 },
    ...{ sent: 0, isTerminated: false, closed: '' },
    send: () => void (raw.sent += 1),
    close: (_code: number, reason: string) => void (raw.closed = reason),
    terminate: () => void (raw.isTerminated = true),
    pause: () => undefined,
    resume: () => undefined,
  }
  return raw satisfies RawSocket
}

const session = { device: 'd', user: 'u', session: 's', expiresAt: 1e12, token: 't' }

describe('a budget', () => {
  it('[LIM7] allows a burst and then a steady rate', () => {
    const budget = openBudget(10, 2, 0)
    expect(budget.spend(10, 0)).toBe(true)
    expect(budget.spend(1, 0)).toBe(false)
    expect(budget.spend(1, 2_000)).toBe(true)
    expect(budget.spend(100, 3_000)).toBe(false)
  })
})

describe('a socket', () => {
  it('[LIM7] that sends more than its share is closed', () => {
    const raw = rawSocket()
    const socket = new SyncSocket(raw, '', 0)
    socket.session = session
    expect(socket.admitFrame(limitBytesBurst, 0)).toBe(true)
    expect(socket.admitFrame(1_000_000, 0)).toBe(false)
    expect([raw.closed, socket.isClosed]).toEqual(['too-fast', true])
    expect(socket.admitFrame(1, 1e9)).toBe(false)
  })

  it('[LIM7] that pings all the time is closed', () => {
    const raw = rawSocket()
    const socket = new SyncSocket(raw, '', 0)
    for (let i = 0; i < limitPingsBurst; i++) expect(socket.admitPing(0)).toBe(true)
    expect([socket.admitPing(0), raw.closed]).toEqual([false, 'too-fast'])
  })

  it('[LIM11] answers the next question when the reader has taken the last answer', async () => {
    const raw = rawSocket()
    const socket = new SyncSocket(raw, '', 0)
    const answered: string[] = []
    raw.bufferedAmount = limitAnswerBacklogBytes + 1
    const both = [
      socket.roomToAnswer().then(() => answered.push('first')),
      socket.roomToAnswer().then(() => answered.push('second')),
    ]
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(answered).toEqual([])
    raw.bufferedAmount = 0
    await Promise.all(both)
    expect(answered).toEqual(['first', 'second'])
  })

  it('[LIM12] counts the sessions of each document', () => {
    const socket = new SyncSocket(rawSocket(), '', 0)
    for (let i = 0; i < 3; i++) socket.openedDocument('a/b')
    socket.closedDocument('a/b')
    expect([...socket.documents]).toEqual([['a/b', 2]])
    socket.closedDocument('a/b')
    socket.closedDocument('a/b')
    expect(socket.documents.size).toBe(0)
  })

  it('[LIM8] whose reader does not read is ended', () => {
    const raw = rawSocket()
    const socket = new SyncSocket(raw, '', 0)
    socket.session = session
    socket.sentBytes = 2 * limitStalledBytes
    raw.bufferedAmount = limitStalledBytes
    socket.sweep(1_000)
    // It goes on reading, however much is added.
    socket.sentBytes += 101
    raw.bufferedAmount += 100
    socket.sweep(limitStalledMs + 1_000)
    socket.sweep(2 * limitStalledMs + 1_000)
    expect(raw.isTerminated).toBe(false)
    socket.sweep(2 * limitStalledMs + 1_001)
    expect(raw.isTerminated).toBe(true)
  })

  it('[LIM8] is ended at once when too much is waiting to be read', () => {
    const raw = rawSocket()
    const socket = new SyncSocket(raw, '', 0)
    const wire = new SocketWire(raw, socket)
    wire.send(new Uint8Array(1))
    expect(raw.sent).toBe(1)
    raw.bufferedAmount = limitOutboxBytes + 1
    wire.send(new Uint8Array(1))
    expect([raw.sent, raw.isTerminated]).toEqual([1, true])
  })

  it('[LIM9] is closed when its token has ended, and asked for a new one before', () => {
    const raw = rawSocket()
    const socket = new SyncSocket(raw, '', 0)
    let asked = 0
    socket.requestToken = () => void (asked += 1)
    socket.session = { ...session, expiresAt: 100_000 }
    socket.sweep(1_000)
    expect(asked).toBe(0)
    socket.sweep(50_000)
    socket.sweep(60_000)
    expect(asked).toBe(1)
    socket.sweep(100_000)
    expect(raw.closed).toBe('token-expired')
  })
})
