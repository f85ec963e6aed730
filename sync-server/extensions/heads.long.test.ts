import { afterEach, describe, expect, it, vi } from 'vitest'
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs'
import type { Signer } from '#domain/records/signature.ts'
import { readHeads } from '#domain/replica/heads.ts'
import { eventually } from '#tests/builders/eventually.ts'
import type { Kernel } from '../kernel.ts'
import { headSeq } from '../testing/test-device.ts'
import { foundCompany, openTestKernel, type TestKernel } from '../testing/test-kernel.ts'
import { HeadBoard } from './heads.ts'

const opened: TestKernel[] = []

afterEach(async () => {
  for (const one of opened.splice(0)) await one.remove()
})

/** A company whose server has written one record into the journal of its branch. */
async function companyWithJournal() {
  const one = await openTestKernel()
  opened.push(one)
  const { organization, branches } = await foundCompany(one.kernel)
  const branch = branches[0]?.id ?? ''
  await append(one.kernel, branch)
  const journal = `j/${organization.id}/${branch}/goods/2026-11/server-1`
  return { ...one, branch, journal }
}

function append({ ownJournals }: Kernel, branch: string): Promise<void> {
  const draft = { kind: 'user-revoked.v1', body: { user: crypto.randomUUID() } }
  return ownJournals.append({ branch, audience: 'goods' }, [draft])
}

describe('heads', () => {
  it('[HDB1] that move while they are signed are written once more', async () => {
    const { kernel, branch, journal } = await companyWithJournal()
    const waiting: (() => void)[] = []
    const signer: Signer = {
      sign: () => new Promise((resolve) => waiting.push(() => resolve(new Uint8Array(64)))),
    }
    const faults: unknown[] = []
    const onFault = (_where: string, error: unknown) => faults.push(error)
    const runs = { first: 9, next: async () => 10 }
    const { journals } = kernel
    const board = new HeadBoard({ journals, signer, runs, limitPuts: 1_000, onFault })
    const doc = new Doc()
    const isOpen = board.open(branch, doc)
    await eventually(() => expect(waiting).toHaveLength(1))
    await append(kernel, branch)
    waiting.shift()?.()
    await eventually(() => expect(waiting).toHaveLength(1))
    waiting.shift()?.()
    await isOpen
    expect(headSeq(doc, journal)).toBe(1)
    expect(faults).toEqual([])
  })

  it('[HDB2] of this run of the server count for whoever still holds those of the run before', async () => {
    const before = await companyWithJournal()
    const { branch, journal, folder } = before
    // Of two who wrote under one key Yjs takes the higher id: each way round once.
    const [low, high] = [docOf(1), docOf(0xffffffff)]
    for (const doc of [low, high]) await before.kernel.headBoard.open(branch, doc)
    await before.kernel.close()
    opened.splice(0)
    const after = await openTestKernel({ folder })
    opened.push(after)
    await append(after.kernel, branch)
    for (const [held, said] of [
      [low, docOf(2)],
      [high, docOf(2)],
    ] as const) {
      await after.kernel.headBoard.open(branch, said)
      applyUpdate(held, encodeStateAsUpdate(said))
      expect(readHeads(held).get(journal)?.seq).toBe(1)
    }
  })
})

describe('a document of heads', () => {
  it('[HDB3] does not grow with every record, and begins anew under a number of its own', async () => {
    const one = await companyWithJournal()
    const { kernel, branch, journal } = one
    const run = Number(
      (await kernel.store.readState()).rows.find(({ kind }) => kind === 'run')?.value,
    )
    const signer: Signer = { sign: async () => new Uint8Array(64) }
    const numbers: number[] = []
    const next = async () => {
      numbers.push(run + numbers.length + 1)
      return run + numbers.length
    }
    const { journals } = kernel
    const onFault = vi.fn<(where: string, error: unknown) => void>()
    const runs = { first: run, next }
    const board = new HeadBoard({ journals, signer, runs, limitPuts: 20, onFault })
    const doc = new Doc()
    await board.open(branch, doc)
    const follower = new Doc()
    applyUpdate(follower, encodeStateAsUpdate(doc))
    doc.on('update', (update: Uint8Array) => applyUpdate(follower, update))
    const longest: number[] = []
    for (let i = 1; i <= 100; i++) {
      await append(kernel, branch)
      await eventually(() => expect(headSeq(doc, journal)).toBe(i))
      expect(headSeq(follower, journal)).toBe(i)
      longest.push(encodeStateAsUpdate(doc).length)
    }
    expect(numbers.length).toBeGreaterThanOrEqual(4)
    expect(Math.max(...longest.slice(50))).toBeLessThanOrEqual(
      Math.max(...longest.slice(0, 50)) + 8,
    )
    expect(onFault).not.toHaveBeenCalled()
  })

  it('[HDB3] of a server uses each number once, also after it was started again', async () => {
    const one = await openTestKernel({ bounds: { headPuts: 4 } })
    const { organization, branches } = await foundCompany(one.kernel)
    const branch = branches[0]?.id ?? ''
    const journal = `j/${organization.id}/${branch}/goods/2026-11/server-1`
    const said = docOf(7)
    await one.kernel.headBoard.open(branch, said)
    for (let i = 0; i < 9; i++) {
      await append(one.kernel, branch)
      await eventually(() => expect(headSeq(said, journal)).toBe(i))
    }
    await one.kernel.close()
    const after = await openTestKernel({ folder: one.folder })
    opened.push(after)
    await append(after.kernel, branch)
    const fresh = docOf(3)
    await after.kernel.headBoard.open(branch, fresh)
    applyUpdate(said, encodeStateAsUpdate(fresh))
    expect(readHeads(said).get(journal)?.seq).toBe(9)
  })
})

function docOf(client: number): Doc {
  const doc = new Doc()
  doc.clientID = client
  return doc
}
