import { writeVarUint, writeVarUint8Array } from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import { eventually } from '#tests/builders/eventually.ts'
import {
  limitAllOutboxBytes,
  limitAnswerBacklogBytes,
  limitBytesBurst,
  limitOutboxBytes,
  limitPingsBurst,
  limitSmallOutboxBytes,
  limitStalledBytes,
  limitStalledMs,
  limitWaitingQuestionBytes,
} from '../limits.ts'
import { openBudget } from './budget.ts'
import { kinds, frameOf } from '../testing/raw-client.ts'
import { Outboxes } from './outboxes.ts'
import { type RawSocket, SocketWire, SyncSocket } from './sync-socket.ts'

function rawSocket() {
  const raw = {
    ...{ readyState: 1, bufferedAmount: 0 },
    ...{ sent: 0, isTerminated: false, closed: '' },
    take: () => undefined as void,
    send(_frame: Uint8Array, done?: () => void) {
      raw.sent += 1
      raw.take = () => done?.()
    },
    close: (_code: number, reason: string) => void (raw.closed = reason),
    terminate: () => void (raw.isTerminated = true),
    pause: () => undefined,
    resume: () => undefined,
  }
  return raw satisfies RawSocket
}

/** An announcement of an empty update. */
function news(address: string): Uint8Array {
  return frameOf(address, kinds.sync, (encoder) => {
    writeVarUint(encoder, 2)
    writeVarUint8Array(encoder, Uint8Array.of(0, 0))
  })
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

  it('[LIM11] makes the next piece of an answer when the reader has taken the last', async () => {
    const raw = rawSocket()
    const socket = new SyncSocket(raw, '', 0)
    let made = 0
    const isWaiting = () => raw.bufferedAmount > limitAnswerBacklogBytes
    socket.answers.ask({
      ...{ address: 'j/a', bytes: 1, isWanted: () => true },
      *frames() {
        for (let i = 0; i < 5; i++) {
          made += 1
          raw.bufferedAmount += limitAnswerBacklogBytes + 1
          yield { bytes: new Uint8Array(9), isLast: i === 4 }
        }
      },
    })
    for (let piece = 1; piece <= 5; piece++) {
      await eventually(() => expect([made, raw.sent, isWaiting()]).toEqual([piece, piece, true]))
      // News of the document comes with the later pieces, in its place.
      expect(socket.isAnnounced(news('j/a'))).toBe(piece === 5)
      expect(socket.isAnnounced(news('j/b'))).toBe(true)
      raw.bufferedAmount = 0
      raw.take()
    }
    expect(made).toBe(5)
  })

  it('[LIM11] answers the latest question of a document, and those of others in their turn', async () => {
    const raw = rawSocket()
    const socket = new SyncSocket(raw, '', 0)
    const answered: string[] = []
    const ask = (address: string, bytes: number) =>
      socket.answers.ask({
        ...{ address, bytes, isWanted: () => true },
        *frames() {
          answered.push(`${address} ${bytes}`)
          yield { bytes: new Uint8Array(1), isLast: true }
        },
      })
    raw.bufferedAmount = limitAnswerBacklogBytes + 1
    for (const bytes of [1, 2, 3]) expect(ask('j/a', bytes)).toBe(true)
    expect(ask('j/b', 4)).toBe(true)
    expect(ask('j/c', limitWaitingQuestionBytes)).toBe(false)
    raw.bufferedAmount = 0
    raw.take()
    await eventually(() => expect(answered).toHaveLength(3))
    expect(answered.slice(0, 2)).toEqual(['j/a 3', 'j/b 4'])
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

  it('[LIM8] that has left more than a little is ended when all together have left too much', () => {
    const outboxes = new Outboxes()
    const [full, slow, quick] = [rawSocket(), rawSocket(), rawSocket()]
    const [first, second, third] = [full, slow, quick].map(
      (raw) => new SyncSocket(raw, '', 0, outboxes),
    )
    first?.send(new Uint8Array(limitAllOutboxBytes))
    slow.bufferedAmount = limitSmallOutboxBytes + 1
    second?.send(new Uint8Array(1))
    third?.send(new Uint8Array(1))
    expect([slow.isTerminated, quick.isTerminated, quick.sent]).toEqual([true, false, 1])
    first?.left()
    quick.bufferedAmount = limitSmallOutboxBytes + 1
    third?.send(new Uint8Array(1))
    expect([quick.isTerminated, quick.sent]).toEqual([false, 2])
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
