import { afterEach, beforeEach, expect, it } from 'vitest'
import { createJournalDoc, readEntries } from '#domain/replica/journal.ts'
import { parseDocumentName } from '#domain/replica/document-name.ts'
import { foundCompany, openTestKernel, type TestKernel } from '../testing/test-kernel.ts'

let opened: TestKernel

beforeEach(async () => {
  opened = await openTestKernel()
})

afterEach(() => opened.remove())

it('[LAN4] what the server writes at once stands in one chain, one after the other', async () => {
  const { kernel } = opened
  const { organization, branches } = await foundCompany(kernel)
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
