/**
 * What the server does by the clock. A job that fails is a fault and comes again; jobs never
 * overlap themselves.
 */
import { sessionsOf } from '../identity/sessions.ts'
import { writeReceipts } from '../journals/receipts.ts'
import type { Kernel } from '../kernel.ts'

interface Job {
  readonly name: string
  readonly everyMs: number
  readonly run: () => Promise<void> | void
}

export interface Jobs {
  /** Resolves when no job is running any more. */
  close(): Promise<void>
}

export function openJobs(kernel: Kernel, measure: () => void): Jobs {
  const { store, ownJournals, compaction, directory } = kernel
  const jobs: Job[] = [
    { name: 'measure', everyMs: 5_000, run: measure },
    { name: 'compaction', everyMs: 15_000, run: () => compaction.sweep() },
    {
      name: 'receipts',
      everyMs: 60_000,
      async run() {
        if (directory.organization !== undefined) await writeReceipts(store, ownJournals)
      },
    },
    { name: 'seals', everyMs: 3_600_000, run: () => closeOldMonths(kernel) },
    { name: 'sessions', everyMs: 3_600_000, run: () => dropExpiredSessions(kernel) },
  ]
  const running = jobs.map((job) => openJob(job, kernel.onFault))
  return {
    async close() {
      await Promise.all(running.map((job) => job.close()))
    },
  }
}

function openJob({ name, everyMs, run }: Job, onFault: Kernel['onFault']): Jobs {
  let running: Promise<void> | undefined

  async function runOnce(): Promise<void> {
    try {
      await run()
    } catch (error) {
      onFault(`job ${name}`, error)
    } finally {
      running = undefined
    }
  }

  const timer = setInterval(() => {
    running ??= runOnce()
  }, everyMs)
  timer.unref()
  return {
    async close() {
      clearInterval(timer)
      await running
    },
  }
}

async function dropExpiredSessions({ identity, directory, nowMs }: Kernel): Promise<void> {
  const { registrar } = identity
  const expired = sessionsOf(directory.sessions.values(), ({ expiresAt }) => expiresAt <= nowMs())
  if (expired.length > 0) {
    await registrar.inTurn(() => registrar.write({ rows: [], endedSessions: expired }))
  }
}

/** Months that stay open, whoever forgets to close them (policy 34). */
const monthsOpen = 3

/**
 * After a restore nothing is closed by itself until a person has closed something: what the server lost may
 * still be on its way back [S7].
 */
export async function closeOldMonths({ seals, directory }: Kernel): Promise<void> {
  if (directory.organization?.epochBeganAt !== undefined) return
  for (const branch of directory.branches.keys()) await seals.closeOld(branch, monthsOpen)
}
