/** A server that lies in its heads (服务器回执): about what it has, had, or never had. It signs what it says. */
import { describe, expect, it } from 'vitest'
import type { Headless } from '#client/engine/start/headless.ts'
import { base64Text } from '#domain/records/base64.ts'
import { makeSigningKey, webCryptoSigner } from '#domain/records/signature.ts'
import { type Head, headDigest } from '#domain/replica/heads.ts'
import { act } from '#tests/builders/act.ts'
import { eventually } from '#tests/builders/eventually.ts'
import { enrolled, onHand, sell, stockRoom, synced, world } from '../road/shop.ts'
import { lyingLine, type Sign } from './liar.ts'

/** A device on a line that does not lie yet, with goods to sell and everything synced. */
async function shopOnLine() {
  const server = await world.server()
  const line = await lyingLine(server)
  const a = await line.enrolled('前台一号')
  const warehouse = await stockRoom(a.engine)
  await sell(a.engine, warehouse, 1)
  await synced(a.engine)
  const { device } = await a.engine.read('session', {})
  const isOwn = (name: string) => name.startsWith('j/') && name.endsWith(`/${device?.id}`)
  return { server, line, a, warehouse, isOwn }
}

function status({ engine }: Headless) {
  return engine.read('status', {})
}

/** What the device holds, as heads that the server could sign. */
function rowsOf(device: Headless): readonly Omit<Head, 'signature'>[] {
  return device.disk().store.journals.map(({ journal: { journal, seq, hash } }) => {
    return { journal, seq, hash }
  })
}

function signedRows(device: Headless, isOwn: (name: string) => boolean, sign: Sign) {
  const own = rowsOf(device).filter(({ journal }) => isOwn(journal))
  return Promise.all(own.map(sign))
}

describe('a server that lies about what it has', () => {
  it('[LIE1] signs for records that it does not keep, and is found out when it stops', async () => {
    const { server, line, a, warehouse, isOwn } = await shopOnLine()
    line.lies = {
      isDelivered: (name) => !isOwn(name),
      heads: async (told, sign) => [
        ...told.filter(({ journal }) => !isOwn(journal)),
        ...(await signedRows(a, isOwn, sign)),
      ],
    }
    await sell(a.engine, warehouse, 2)
    await line.tell()
    // It has signed for them: that is what 已同步 means.
    await synced(a.engine)
    const b = await enrolled(server, { deviceName: 'B' })
    await eventually(async () => expect(await onHand(b.engine)).toBe(-1))
    expect((await status(a)).doubt).toBeUndefined()

    line.lies = {}
    line.cut()
    await eventually(async () => expect(await onHand(b.engine)).toBe(-3))
    await synced(a.engine)
    expect((await status(a)).doubt).toMatchObject({ code: 'server-fell-back', facts: { count: 2 } })
    expect(await onHand(a.engine)).toBe(-3)
  })

  it('[LIE2] goes back to what it had signed before: nothing is called synced that it takes back', async () => {
    const { line, a, warehouse, isOwn } = await shopOnLine()
    const old = await signedRows(a, isOwn, line.sign)
    await sell(a.engine, warehouse, 2)
    await synced(a.engine)
    line.lies = { heads: (told) => [...told.filter(({ journal }) => !isOwn(journal)), ...old] }
    await line.tell()
    await eventually(async () => expect(await status(a)).toMatchObject({ documentsWaiting: 1 }))
    expect((await status(a)).doubt).toMatchObject({ code: 'server-fell-back' })
    expect(await onHand(a.engine)).toBe(-3)
    const again = await line.open({ disk: a.disk() })
    expect((await status(again)).doubt?.code).toBe('server-fell-back')
    const { bytes } = await act(again.engine, 'exportUnsent', {})
    const file = JSON.parse(new TextDecoder().decode(bytes))
    const [doubt] = file.doubts
    // Two heads under the server's own signature that cannot both be the newest.
    const [before, now] = doubt.heads as readonly Head[]
    expect(now).toMatchObject({ journal: before?.journal, seq: (before?.seq ?? 0) - 1 })
    expect(old).toContainEqual(now)
  })

  it('[LIE2] does not name a journal any more: all of it waits again and is told', async () => {
    const { line, a, isOwn } = await shopOnLine()
    line.lies = { heads: (told) => told.filter(({ journal }) => !isOwn(journal)) }
    line.cut()
    await eventually(async () => expect(await status(a)).toMatchObject({ documentsWaiting: 1 }))
    expect((await status(a)).doubt).toMatchObject({ code: 'server-fell-back' })
    expect(await onHand(a.engine)).toBe(-1)
    line.lies = {}
    line.cut()
    await synced(a.engine)
  })

  it('[LIE3] of another key is not believed, and its receipts are named', async () => {
    const { line, a, warehouse, isOwn } = await shopOnLine()
    const stranger = await makeSigningKey(crypto.subtle)
    const signer = webCryptoSigner(crypto.subtle, stranger.privateKey)
    line.lies = {
      isDelivered: (name) => !isOwn(name),
      heads: async () => {
        const own = rowsOf(a).filter(({ journal }) => isOwn(journal))
        return Promise.all(
          own.map(async (head) => {
            return { ...head, signature: base64Text(await signer.sign(headDigest(head))) }
          }),
        )
      },
    }
    await sell(a.engine, warehouse, 2)
    await line.tell()
    await eventually(async () => expect((await status(a)).refused?.code).toBe('head-forged'))
    expect(await status(a)).toMatchObject({ documentsWaiting: 1 })
    line.lies = {}
    line.cut()
    await synced(a.engine)
  })

  it('[LIE4] denies what it had signed for: the device stops, keeps both words and all its records', async () => {
    const { line, a, warehouse, isOwn } = await shopOnLine()
    await sell(a.engine, warehouse, 2)
    await synced(a.engine)
    line.lies = {
      heads: async (told, sign) => {
        const own = told.filter(({ journal }) => isOwn(journal))
        const denied = own.map(({ journal, seq }) => sign({ journal, seq, hash: 'f'.repeat(64) }))
        return [...told.filter(({ journal }) => !isOwn(journal)), ...(await Promise.all(denied))]
      },
    }
    await line.tell()
    await eventually(async () => expect((await status(a)).stopped?.code).toBe('device-forked'))
    expect((await status(a)).doubt).toMatchObject({ code: 'server-rewrote' })
    expect(await onHand(a.engine)).toBe(-3)
    const again = await line.open({ disk: a.disk() })
    expect(await status(again)).toMatchObject({
      stopped: { code: 'device-forked' },
      doubt: { code: 'server-rewrote' },
    })
    expect(await onHand(again.engine)).toBe(-3)
  })
})
