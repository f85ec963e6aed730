/** A server without sockets over a store of its own, for tests of what stands behind the sockets. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Verifier } from '#domain/records/signature.ts'
import { openServerKeys } from '../identity/keys.ts'
import { type FoundedOrganization, setUp } from '../identity/set-up.ts'
import { type Bounds, type Kernel, openKernel } from '../kernel.ts'
import { openSqliteStore } from '../storage/sqlite.ts'

export interface TestKernelOptions {
  /** An existing data folder, for restarts. */
  readonly folder?: string
  readonly verifier?: Verifier
  readonly bounds?: Bounds
  readonly nowMs?: () => number
}

export interface TestKernel {
  readonly kernel: Kernel
  readonly folder: string
  remove(): Promise<void>
}

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** The moment at which the clock of a test kernel stands. */
export const kernelNowMs = 1_795_300_000_000

export async function openTestKernel(options: TestKernelOptions = {}): Promise<TestKernel> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'liancang-kernel-')))
  const { verifier, bounds } = options
  const kernel = await openKernel(
    { build: 'test' },
    {
      store: await openSqliteStore(join(folder, 'db'), () => undefined),
      keys: await openServerKeys(folder),
      nowMs: options.nowMs ?? (() => kernelNowMs),
      ...{ accessTokenMs: 60_000, sessionMs: 60_000 },
      ...(verifier === undefined ? {} : { verifier }),
      ...(bounds === undefined ? {} : { bounds }),
    },
    silent,
  )
  return {
    kernel,
    folder,
    async remove() {
      await kernel.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A company with one branch and its owner. */
export async function foundCompany({ identity }: Kernel): Promise<FoundedOrganization> {
  const founded = await setUp(identity, {
    company: { name: 'Shop', taxpayer: 'small' },
    branches: [{ name: 'Main' }],
    people: [{ login: 'boss', name: 'Boss', role: 'owner', password: 'long enough' }],
  })
  if (!founded.ok) throw new Error(founded.problem.code)
  return founded.value
}
