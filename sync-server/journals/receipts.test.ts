import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  foundCompany,
  kernelNowMs,
  openTestKernel,
  type TestKernel,
} from '../testing/test-kernel.ts'
import { writeReceipts } from './receipts.ts'

let opened: TestKernel

beforeEach(async () => {
  opened = await openTestKernel()
})

afterEach(() => opened.remove())

it('[RCP1] receipt times are written once per journal and branch, and none for the server itself', async () => {
  const { kernel } = opened
  const { organization, branches } = await foundCompany(kernel)
  const branch = branches[0]?.id ?? ''
  const device = crypto.randomUUID()
  const journal = `j/${organization.id}/${branch}/goods/2026-11/${device}`
  const tail = { journal, seq: 4, hash: '0'.repeat(64), hlc: 1, receivedAt: kernelNowMs }
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
