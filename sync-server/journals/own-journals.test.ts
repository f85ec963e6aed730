import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createJournalDoc, readEntries } from '#domain/replica/journal.ts'
import { parseDocumentName } from '#domain/replica/document-name.ts'
import { openServerKeys } from '../identity/keys.ts'
import { setUp } from '../identity/set-up.ts'
import { openKernel, type Kernel } from '../kernel.ts'
import { openSqliteStore } from '../storage/sqlite.ts'

let folder: string
let kernel: Kernel

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liancang-own-'))
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

it('[LAN4] what the server writes at once stands in one chain, one after the other', async () => {
  const founded = await setUp(kernel.identity, {
    company: { name: 'Shop', taxpayer: 'small' },
    branches: [{ name: 'Main' }],
    people: [{ login: 'boss', name: 'Boss', role: 'owner', password: 'long enough' }],
  })
  if (!founded.ok) throw new Error(founded.problem.code)
  const { organization, branches } = founded.value
  const branch = branches[0]?.id ?? ''
  const drafts = Array.from({ length: 5 }, () => ({
    kind: 'user-revoked.v1',
    body: { user: crypto.randomUUID() },
  }))
  const target = { branch, audience: 'goods' } as const
  await Promise.all(drafts.map((draft) => kernel.ownJournals.append(target, [draft])))

  const journal = `j/${organization.id}/${branch}/goods/2026-11/server-1`
  expect(kernel.journals.tails.ofJournal(journal)?.seq).toBe(4)
  const name = parseDocumentName(journal)
  if (!name.ok) throw new Error(name.problem.code)
  const doc = createJournalDoc()
  await kernel.journals.load(name.value, doc)
  expect(readEntries(doc, 0).map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4])
})
