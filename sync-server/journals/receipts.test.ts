import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openServerKeys } from '../identity/keys.ts'
import { setUp } from '../identity/set-up.ts'
import { openKernel, type Kernel } from '../kernel.ts'
import { openSqliteStore } from '../storage/sqlite.ts'
import { writeReceipts } from './receipts.ts'

let folder: string
let kernel: Kernel

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liancang-receipts-'))
  kernel = await openKernel(
    { build: 'test' },
    {
      store: await openSqliteStore(join(folder, 'db'), () => undefined),
      keys: await openServerKeys(folder),
      nowMs: () => 1_795_300_000_000,
      ...{ accessTokenMs: 60_000, sessionMs: 60_000 },
    },
    silent,
  )
})

afterEach(async () => {
  await kernel.close()
  await rm(folder, { recursive: true, force: true })
})

it('[RCP1] receipt times are written once per journal and branch, and none for the server itself', async () => {
  const password = 'long enough'
  const founded = await setUp(kernel.identity, {
    company: { name: 'Shop', taxpayer: 'small' },
    branches: [{ name: 'Main' }],
    people: [{ login: 'boss', name: 'Boss', role: 'owner', password }],
  })
  if (!founded.ok) throw new Error(founded.problem.code)
  const { organization, branches } = founded.value
  const branch = branches[0]?.id ?? ''
  const device = crypto.randomUUID()
  const journal = `j/${organization.id}/${branch}/goods/2026-11/${device}`
  const tail = { journal, seq: 4, hash: '0'.repeat(64), hlc: 1, receivedAt: 1_795_300_000_000 }
  await kernel.store.commit([{ put: 'tail', tail }])

  await writeReceipts(kernel.store, kernel.ownJournals)
  const own = `j/${organization.id}/${branch}/goods/2026-11/server-1`
  expect(kernel.journals.tails.ofJournal(own)?.seq).toBe(0)
  expect(await kernel.store.openReceipts(10)).toEqual([])

  await writeReceipts(kernel.store, kernel.ownJournals)
  expect(kernel.journals.tails.ofJournal(own)?.seq).toBe(0)
  await kernel.store.commit([{ put: 'tail', tail: { ...tail, seq: 9 } }])
  await writeReceipts(kernel.store, kernel.ownJournals)
  expect(kernel.journals.tails.ofJournal(own)?.seq).toBe(1)
})
