import { describe, expect, it } from 'vitest'
import { base64Text, bytesOfBase64 } from '#domain/records/base64.ts'
import { decodeRecord } from '#domain/records/record-bytes.ts'
import { makeSigningKey, webCryptoSigner, webCryptoVerifier } from '#domain/records/signature.ts'
import { appendEntries, createJournalDoc, readEntries } from '#domain/replica/journal.ts'
import { type JournalEnd, wipeOrderDigest } from '#domain/replica/wipe-order.ts'
import { eventually } from '#tests/builders/eventually.ts'
import { categoryBody, headSeq, signText, type TestDevice } from '../testing/test-device.ts'
import { call, openTestServer, type TestServer } from '../testing/test-server.ts'
import { withCommit } from '../testing/with-commit.ts'
import { openWorld } from '../testing/world.ts'

const world = openWorld()

async function proofOf(server: TestServer, device: TestDevice) {
  const { device: id } = device.enrolled
  const timestampMs = server.nowMs()
  const signature = await signText(device, `quarantine|${id}|${timestampMs}`)
  return { device: id, timestampMs, signature }
}

/** The number up to which the server holds the journal now, or why it took nothing. */
async function handIn(server: TestServer, by: TestDevice, journal: string, update: Uint8Array) {
  const body = { ...(await proofOf(server, by)), journal, update: base64Text(update) }
  const { status, body: answer } = await call(server, '/api/quarantine', { body })
  return status === 200 ? Number(answer['seq']) : String(answer['code'])
}

async function revoke(server: TestServer, by: TestDevice, device: TestDevice) {
  const path = `/api/devices/${device.enrolled.device}/revoke`
  await call(server, path, { body: { reason: 'lost' }, token: by.token })
}

interface ListedDevice {
  readonly id: string
  readonly journals: readonly {
    readonly journal: string
    readonly seq: number
    readonly durableSeq: number
    readonly isWaiting: boolean
    readonly isReadable: boolean
    readonly decision?: { readonly verdict: string; readonly reason?: string }
  }[]
}

async function listed(server: TestServer, by: TestDevice): Promise<readonly ListedDevice[]> {
  const { body } = await call(server, '/api/quarantine', { token: by.token })
  return body['devices'] as unknown as ListedDevice[]
}

async function adopt(server: TestServer, by: TestDevice, device: TestDevice, body: object = {}) {
  const path = `/api/quarantine/${device.enrolled.device}/adopt`
  const { status, body: answer } = await call(server, path, { body, token: by.token })
  return status === 200 ? Number(answer['records']) : String(answer['code'])
}

/** A tablet that sent one record, wrote two more without a network, and was then revoked by the boss. */
async function scene(server: TestServer) {
  const [boss, tablet] = [await world.device(server), await world.device(server)]
  const { journal } = await tablet.write('goods', 'Fruit')
  const heads = boss.open(boss.headsName())
  tablet.open(journal)
  await eventually(() => expect(headSeq(heads.doc, journal)).toBe(0))
  tablet.leave()
  const first = await tablet.seal('goods', [categoryBody('Tea')])
  const second = await tablet.seal('goods', [categoryBody('Milk')])
  const updates = [tablet.append(first), tablet.append(second)] as const
  await revoke(server, boss, tablet)
  return { boss, tablet, journal, heads, first, second, updates }
}

function idsIn(doc: ReturnType<typeof createJournalDoc>): readonly string[] {
  return readEntries(doc, 0).flatMap(({ bytes }) => {
    const decoded = decodeRecord(bytes)
    return decoded.ok ? [decoded.value.record.id] : []
  })
}

/** The ids of a journal as a device that opens it gets them. */
async function fetched(device: TestDevice, journal: string): Promise<readonly string[]> {
  const { doc, synced, provider } = device.open(journal)
  await synced
  const ids = idsIn(doc)
  provider.destroy()
  return ids
}

describe('what a revoked device hands in', () => {
  it('[QRT1] is on disk before it is acknowledged, and in no journal and no head', async () => {
    const server = await world.server()
    const { boss, tablet, journal, heads, updates } = await scene(server)
    expect(await handIn(server, tablet, journal, updates[0])).toBe(1)
    expect(await handIn(server, tablet, journal, updates[1])).toBe(2)
    expect(await handIn(server, tablet, journal, updates[0])).toBe(2)
    expect(await fetched(boss, journal)).toHaveLength(1)
    expect(headSeq(heads.doc, journal)).toBe(0)
    boss.leave()
    await server.close()

    const next = await openTestServer({ folder: server.folder })
    world.later(() => next.close())
    const [held] = await listed(next, boss)
    expect(held).toMatchObject({
      id: tablet.enrolled.device,
      journals: [{ journal, seq: 2, durableSeq: 0, isWaiting: true }],
    })
  })

  it('[QRT2] is judged by its key, its chain and its place', async () => {
    const server = await world.server()
    const { boss, tablet, journal, second, updates } = await scene(server)
    const stranger = await makeSigningKey(crypto.subtle)
    const signer = webCryptoSigner(crypto.subtle, stranger.privateKey)
    const forged = await tablet.seal('sales', [categoryBody('Salt')], { signer, isKept: false })
    const updateOf = ({ entries }: typeof forged) => appendEntries(createJournalDoc(), entries)
    expect(await handIn(server, tablet, forged.journal, updateOf(forged))).toBe('bad-signature')
    expect(await handIn(server, tablet, journal, updateOf(second))).toBe('record-missing')
    const theirs = await boss.seal('goods', [categoryBody('Salt')])
    expect(await handIn(server, tablet, theirs.journal, updateOf(theirs))).toBe('not-allowed')
    expect(await handIn(server, boss, theirs.journal, updateOf(theirs))).toBe('device-not-revoked')
    const body = { ...(await proofOf(server, boss)), device: tablet.enrolled.device }
    const stolen = { ...body, journal, update: base64Text(updates[0]) }
    expect((await call(server, '/api/quarantine', { body: stolen })).body['code']).toBe(
      'proof-invalid',
    )
    expect(await listed(server, boss)).toEqual([])
  })

  it('[QRT2] is one history: of a clone that says something else nothing is taken', async () => {
    const server = await world.server()
    const { tablet, journal, updates } = await scene(server)
    expect(await handIn(server, tablet, journal, updates[0])).toBe(1)
    const other = createJournalDoc()
    // The same number behind the same record, written by a twin with the same key.
    const twin = await world.device(server)
    Object.assign(twin, { signer: tablet.signer, enrolled: tablet.enrolled })
    await twin.seal('goods', [categoryBody('Fruit')])
    const foreign = await twin.seal('goods', [categoryBody('Salt')])
    const update = appendEntries(other, foreign.entries)
    expect(await handIn(server, twin, journal, update)).toBe('copy-differs')
    expect(await handIn(server, tablet, journal, updates[1])).toBe(2)
  })

  it('[QRT3] is bounded', async () => {
    const server = await world.server({ bounds: { quarantineBytes: 400 } })
    const { tablet, journal, updates } = await scene(server)
    expect(await handIn(server, tablet, journal, updates[0])).toBe(1)
    expect(await handIn(server, tablet, journal, updates[1])).toBe('quarantine-full')
  })
})

describe('whoever manages the device', () => {
  it('[QRT4] sees what came, of what he may read; others see nothing', async () => {
    const server = await world.server()
    const { boss, tablet, journal, first, updates } = await scene(server)
    await handIn(server, tablet, journal, updates[0])
    const roles = [{ branch: boss.branch, role: 'keeper' }]
    const person = { login: 'kim', name: 'Kim', password: 'long enough', roles }
    await call(server, '/api/users', { body: person, token: boss.token })
    const kim = await world.device(server, { login: 'kim', password: 'long enough' })
    expect(await listed(server, kim)).toEqual([])
    const path = `/api/quarantine/${tablet.enrolled.device}`
    const records = `${path}/records?journal=${encodeURIComponent(journal)}&from=0`
    expect((await call(server, records, { token: kim.token })).body['code']).toBe('not-allowed')
    expect(await adopt(server, kim, tablet)).toBe('not-allowed')
    const decline = { body: { reason: 'no' }, token: kim.token }
    expect((await call(server, `${path}/decline`, decline)).body['code']).toBe('not-allowed')
    const { body } = await call(server, records, { token: boss.token })
    const seen = (body['records'] as unknown as string[]).map(bytesOfBase64)
    expect(seen).toEqual(first.entries.map(({ bytes }) => bytes))
    expect(body['next']).toBe(2)
  })

  it('[QRT5] adopts it into the journals of the device, once', async () => {
    const server = await world.server()
    const { boss, tablet, journal, heads, first, second, updates } = await scene(server)
    await handIn(server, tablet, journal, updates[0])
    expect(await adopt(server, boss, tablet)).toBe(1)
    expect(await adopt(server, boss, tablet)).toBe(0)
    await eventually(() => expect(headSeq(heads.doc, journal)).toBe(1))
    expect(await handIn(server, tablet, journal, updates[0])).toBe(1)
    expect(await handIn(server, tablet, journal, updates[1])).toBe(2)
    expect(await adopt(server, boss, tablet)).toBe(1)
    await eventually(() => expect(headSeq(heads.doc, journal)).toBe(2))
    const ids = [...first.entries, ...second.entries].map(({ record }) => record.id)
    expect((await fetched(boss, journal)).slice(1)).toEqual(ids)
    const [held] = await listed(server, boss)
    expect(held?.journals).toMatchObject([{ isWaiting: false, decision: { verdict: 'adopted' } }])
  })

  it('[QRT5] has it once where the server is restored, and neighbours bring what was adopted', async () => {
    const server = await world.server()
    const { boss, tablet, journal, updates } = await scene(server)
    await handIn(server, tablet, journal, updates[0])
    boss.leave()
    await server.close()
    const next = await openTestServer({ folder: server.folder, isRestored: true })
    world.later(() => next.close())
    boss.server = next
    const body = { journal, update: base64Text(updates[0]) }
    const given = await call(next, '/api/hand-in', { body, token: boss.token })
    expect([given.status, given.body['seq']]).toEqual([200, 1])
    expect(await adopt(next, boss, tablet)).toBe(0)
    expect(await handIn(next, tablet, journal, updates[1])).toBe(2)
    expect(await adopt(next, boss, tablet)).toBe(1)
    expect(await fetched(boss, journal)).toHaveLength(3)
  })

  it('[QRT6] adopts what was made before a moment, and declines the rest with a reason', async () => {
    const server = await world.server()
    const { boss, tablet, journal, second, updates } = await scene(server)
    await handIn(server, tablet, journal, updates[0])
    await handIn(server, tablet, journal, updates[1])
    const before = second.entries[0]?.record.hlc
    expect(await adopt(server, boss, tablet, { before })).toBe(1)
    const path = `/api/quarantine/${tablet.enrolled.device}/decline`
    const reason = 'Made after it was stolen'
    const declined = await call(server, path, { body: { reason }, token: boss.token })
    expect(declined.status).toBe(200)
    const [held] = await listed(server, boss)
    expect(held?.journals).toMatchObject([
      { durableSeq: 1, seq: 2, isWaiting: false, decision: { verdict: 'declined', reason } },
    ])
    expect(await adopt(server, boss, tablet)).toBe(1)
    expect(await fetched(boss, journal)).toHaveLength(3)
  })

  it('[QRT6] adopts no part of a commit', async () => {
    const server = await world.server()
    const { boss, tablet, journal, updates } = await scene(server)
    const both = await tablet.seal('goods', [categoryBody('Rice'), categoryBody('Salt')])
    for (const update of [...updates, tablet.append(both)]) {
      await handIn(server, tablet, journal, update)
    }
    expect(await adopt(server, boss, tablet, { before: both.entries[1]?.record.hlc })).toBe(2)
    expect(await adopt(server, boss, tablet)).toBe(2)
  })

  it('[QRT7] tells the device what became of it, and signs for everything that is on disk', async () => {
    const server = await world.server()
    const { tablet, journal, first, updates } = await scene(server)
    await handIn(server, tablet, journal, updates[0])
    const proof = await proofOf(server, tablet)
    const { body } = await call(server, '/api/quarantine/state', { body: proof })
    expect(body['journals']).toMatchObject([{ journal, seq: 1, durableSeq: 0, isWaiting: true }])
    const { ends, signature } = body['order'] as unknown as {
      ends: JournalEnd[]
      signature: string
    }
    expect(ends).toEqual([{ journal, seq: 1, hash: first.tail.hash }])
    const digest = wipeOrderDigest(tablet.enrolled.device, ends)
    const verifier = webCryptoVerifier(crypto.subtle)
    const { serverKey } = tablet.enrolled
    expect(await verifier.verify(serverKey, digest, bytesOfBase64(signature))).toBe(true)
  })

  it('[QRT8] loses and doubles nothing while the store fails', async () => {
    let isFailing = false
    const server = await world.server({
      around: (store) =>
        withCommit(store, (changes) =>
          isFailing && changes.some(({ put }) => put === 'update')
            ? Promise.reject(new Error('disk full'))
            : store.commit(changes),
        ),
    })
    const { boss, tablet, journal, updates } = await scene(server)
    isFailing = true
    expect(await handIn(server, tablet, journal, updates[0])).toBe('store-failing')
    isFailing = false
    expect(await handIn(server, tablet, journal, updates[0])).toBe(1)
    isFailing = true
    expect(await adopt(server, boss, tablet)).toBe('store-failing')
    isFailing = false
    await eventually(async () => expect(await adopt(server, boss, tablet)).toBe(1))
    expect(await fetched(boss, journal)).toHaveLength(2)
  })
})
