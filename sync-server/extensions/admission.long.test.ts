import { uuidv7 } from 'uuidv7'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { parseDocumentName } from '#domain/replica/document-name.ts'
import { appendEntries, createJournalDoc } from '#domain/replica/journal.ts'
import { sealCommit } from '#domain/records/seal-commit.ts'
import { makeSigningKey, webCryptoSigner, webCryptoVerifier } from '#domain/records/signature.ts'
import { hlc } from '#domain/values/hybrid-clock.ts'
import { asId, type RecordId } from '#domain/values/ids.ts'
import { instant } from '#domain/values/instant.ts'
import { enrolFor, revokeDevice } from '../identity/devices.ts'
import { categoryBody } from '../testing/test-device.ts'
import {
  foundCompany,
  kernelNowMs,
  openTestKernel,
  type TestKernel,
} from '../testing/test-kernel.ts'
import { admit } from './admission.ts'

const { subtle } = globalThis.crypto
const genuine = webCryptoVerifier(subtle)

let opened: TestKernel
/** Called while a signature is being checked. */
let whileChecked: () => Promise<unknown>

beforeEach(async () => {
  whileChecked = async () => undefined
  opened = await openTestKernel({
    verifier: {
      async verify(...args) {
        await whileChecked()
        return genuine.verify(...args)
      },
    },
  })
})

afterEach(() => opened.remove())

/** A device, and a first update of it that is whole and signed. */
async function deviceWithUpdate() {
  const { kernel } = opened
  const { organization, branches, users } = await foundCompany(kernel)
  const [branch] = branches
  const [boss] = users
  if (branch === undefined || boss === undefined) throw new Error('nobody was founded')
  const key = await makeSigningKey(subtle)
  const wish = { name: 'Tablet', kind: 'tablet', publicKey: key.publicKey } as const
  const enrolled = await enrolFor(kernel.identity, boss, wish)
  if (!enrolled.ok) throw new Error(enrolled.problem.code)
  const { id: device } = enrolled.value
  const draft = {
    ...{ id: asId<RecordId>(uuidv7()), kind: 'masters-changed.v1', by: boss.id },
    ...{ branch: branch.id, audience: 'goods' as const, hlc: hlc(kernelNowMs, 0) },
    ...{ at: instant(kernelNowMs), offset: { ms: 0, ageMs: 0 }, body: categoryBody('Fruit') },
  } as const
  const sealed = await sealCommit({
    ...{ org: organization.id, device, build: 'test', drafts: [draft], tailOf: () => undefined },
    signer: webCryptoSigner(subtle, key.privateKey),
  })
  const journal = sealed.ok ? sealed.value[0] : undefined
  const name = parseDocumentName(journal?.journal ?? '')
  if (journal === undefined || !name.ok) throw new Error('the update could not be sealed')
  await kernel.journals.load(name.value, createJournalDoc())
  const update = appendEntries(createJournalDoc(), journal.entries)
  const sent = { document: journal.journal, device, limitWaitMs: 0, update }
  return {
    send: () => admit(kernel.admission, sent),
    revoke: () => revokeDevice(kernel.identity, boss, device, 'lost'),
    tail: () => kernel.journals.tails.ofJournal(journal.journal)?.seq,
  }
}

describe('an update of a device', () => {
  it('[ACC5] that was revoked is not taken, whichever socket still carries it', async () => {
    const { send, revoke, tail } = await deviceWithUpdate()
    await revoke()
    expect(await send()).toMatchObject({ ok: false, problem: { code: 'device-revoked' } })
    expect(tail()).toBeUndefined()
  })

  it('[ACC5] that is revoked while its signature is checked is not taken either', async () => {
    const { send, revoke, tail } = await deviceWithUpdate()
    const revoking = vi.fn<() => Promise<unknown>>(revoke)
    whileChecked = revoking
    expect(await send()).toMatchObject({ ok: false, problem: { code: 'device-revoked' } })
    expect(revoking).toHaveBeenCalled()
    expect(tail()).toBeUndefined()
  })

  it('[SYN4] that is at work is taken, as often as it comes', async () => {
    const { send, tail } = await deviceWithUpdate()
    for (let i = 0; i < 2; i++) expect(await send()).toMatchObject({ ok: true })
    expect(tail()).toBe(0)
  })
})
