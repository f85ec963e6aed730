/** A server that hands out a false 存档点 (checkpoint) to a new device: not what it signed, or signed and wrong. */
import { describe, expect, it } from 'vitest'
import type { Headless } from '#client/engine/start/headless.ts'
import { openFold } from '#domain/fold/fold.ts'
import { base64Text, bytesOfBase64 } from '#domain/records/base64.ts'
import type { JournalRecord } from '#domain/records/record.ts'
import { decodeRecord, packRecord, storedBytes } from '#domain/records/record-bytes.ts'
import type { SealedBody } from '#domain/records/sealed-body.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { sha256Bytes, sha256Hex } from '#domain/values/digest.ts'
import { done } from '#domain/values/result.ts'
import { openServerKeys } from '#server/identity/keys.ts'
import { eventually } from '#tests/builders/eventually.ts'
import {
  aClosedMonth,
  type ClosedShop,
  codeOf,
  hurriedTimers,
  startOf,
} from '../road/closed-shop.ts'
import { onHand, synced } from '../road/shop.ts'
import { type Lies, lyingLine } from './liar.ts'

/** What a new device says at the end of a line with these lies. */
async function newcomer(shop: ClosedShop, lies: Lies) {
  const line = await lyingLine(shop.server)
  line.lies = lies
  const fresh = await line.open({ ports: { timers: hurriedTimers } })
  await line.enrol(fresh)
  return fresh
}

async function comesRound(shop: ClosedShop, fresh: Headless, reason: string): Promise<void> {
  await eventually(async () => expect(await onHand(fresh.engine)).toBe(-1))
  await synced(fresh.engine)
  expect(await codeOf(fresh)).toBe(await codeOf(shop))
  expect((await fresh.engine.read('status', {})).doubt).toMatchObject({
    ...{ code: 'checkpoint-denied', facts: { reason } },
  })
}

const changing: (change: (bytes: Uint8Array) => Uint8Array) => NonNullable<Lies['file']> =
  (change) =>
  (honest) =>
  async (...asked) => {
    const answered = await honest(...asked)
    return answered.ok ? done(change(answered.value)) : answered
  }

/** The seal and the file with `change` done to the records behind it, both signed for. */
async function falseStart(
  shop: ClosedShop,
  change: (record: JournalRecord) => JournalRecord,
): Promise<Lies> {
  const { signer } = await openServerKeys(shop.server.folder)
  let bytes = new Uint8Array()
  return {
    api:
      (honest) =>
      async (method, path, ...rest) => {
        const answered = await honest(method, path, ...rest)
        if (path !== '/api/checkpoint' || !answered.ok) return answered
        const answer = answered.value as { readonly record: string; readonly hash: string }
        const stored = decodeRecord(bytesOfBase64(answer.record))
        if (!stored.ok) throw new Error('the seal cannot be read')
        const body = stored.value.record.body as unknown as SealedBody
        bytes = falseState(shop, body, change).slice()
        const hash = sha256Hex(bytes)
        const checkpoints = body.checkpoints.map((file) =>
          file.hash === answer.hash ? { ...file, hash, bytes: bytes.length } : file,
        )
        const said = { ...stored.value.record, body: { ...body, checkpoints } as unknown as Json }
        const packed = packRecord(said)
        const signed = storedBytes(packed, await signer.sign(sha256Bytes(packed)))
        return done({ hash, bytes: bytes.length, record: base64Text(signed) })
      },
    file: () => async () => done(bytes.slice()),
  }
}

/** Every record up to the seal under its own hash, with something else in it. */
function falseState(
  shop: ClosedShop,
  { heads }: SealedBody,
  change: (record: JournalRecord) => JournalRecord,
): Uint8Array {
  const fold = openFold()
  for (const { journal, records } of shop.disk().store.journals) {
    const entries = records.flatMap(({ bytes }) => {
      const stored = decodeRecord(bytes)
      if (!stored.ok) return []
      const { record, hash } = stored.value
      const head = heads.find(
        ({ device, audience }) => device === record.device && audience === record.audience,
      )
      const isCovered = record.branch === 'all' || record.seq <= (head?.seq ?? -1)
      return isCovered ? [{ journal: journal.journal, record: change(record), hash }] : []
    })
    fold.apply(entries)
  }
  return fold.checkpoint()
}

/** Ninety-nine bottles instead of one. */
function inflated(record: JournalRecord): JournalRecord {
  const body = record.body as { readonly legs?: readonly Json[] }
  if (body.legs === undefined) return record
  const legs = body.legs.map((leg) => ({ ...(leg as object), quantity: -990_000 }))
  return { ...record, body: { ...body, legs } as Json }
}

describe('a server that hands out a false checkpoint', () => {
  const changes: readonly [string, (bytes: Uint8Array) => Uint8Array][] = [
    [
      'with another byte',
      (bytes) => bytes.map((byte, i) => (i === bytes.length >> 1 ? byte ^ 1 : byte)),
    ],
    ['cut short', (bytes) => bytes.slice(0, -8)],
    ['of nothing', () => new Uint8Array()],
  ]
  it.each(changes)(
    '[LIE16] [STP1] %s is refused, and everything is folded from records',
    async (_what, change) => {
      const shop = await aClosedMonth()
      const fresh = await newcomer(shop, { file: changing(change) })
      await comesRound(shop, fresh, 'hash')
    },
  )

  it('[LIE17] [STP6] that he signed for is found out once the records are here', async () => {
    const shop = await aClosedMonth()
    const fresh = await newcomer(shop, await falseStart(shop, inflated))
    await comesRound(shop, fresh, 'figures')
  })

  it('[LIE16] [STP1] under a seal that he did not sign, or of other ends, is refused', async () => {
    const shop = await aClosedMonth()
    const forging: NonNullable<Lies['api']> =
      (honest) =>
      async (method, path, ...rest) => {
        const answered = await honest(method, path, ...rest)
        if (path !== '/api/checkpoint' || !answered.ok) return answered
        const answer = answered.value as { readonly record: string }
        const record = bytesOfBase64(answer.record)
        record[record.length - 1] = (record.at(-1) ?? 0) ^ 1
        return done({ ...answer, record: base64Text(record) })
      }
    await comesRound(shop, await newcomer(shop, { api: forging }), 'seal')
  })

  it('[STP5] [LIE17] whose ends he denies is given up, and counts when he is honest again', async () => {
    const shop = await aClosedMonth()
    const line = await lyingLine(shop.server)
    const sold = startOf(shop.disk()).journals.find(
      (name) => name.includes('/goods/') && !name.includes('/all/') && !name.includes('/server-'),
    )
    const hash = 'f'.repeat(64)
    line.lies = {
      heads: (told, sign) =>
        Promise.all(
          told.map(async (head) => (head.journal === sold ? sign({ ...head, hash }) : head)),
        ),
    }
    const fresh = await line.open({ ports: { timers: hurriedTimers } })
    await line.enrol(fresh)
    const doubt = { code: 'checkpoint-denied', facts: { reason: 'heads' } }
    await eventually(() => {
      const doubts = fresh.disk().store.values['doubts'] as readonly { problem: unknown }[]
      expect(doubts.map(({ problem }) => problem)).toContainEqual(doubt)
      expect(startOf(fresh.disk()).kept).toBeUndefined()
    })
    line.lies = {}
    line.cut()
    await eventually(async () => expect(await onHand(fresh.engine)).toBe(-1))
    await synced(fresh.engine)
  })
})
