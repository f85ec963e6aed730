/**
 * Whoever closes months: asks the server what can be closed, accepts what speaks against it, and now and
 * then takes the last closing back. Uses what the server's own routes use.
 */
import type { ConcernCode } from '#server/seals/closable.ts'
import type { Company } from './company.ts'
import { happens } from './faults.ts'

const concerns: readonly ConcernCode[] = [
  ...(['device-unseen', 'negative-stock', 'cost-provisional', 'goods-under-way'] as const),
  'finding-open',
]

/** Reopenings among them, out of 1,000. */
const reopenings = 200

export async function closeOrReopen(company: Company): Promise<void> {
  try {
    await closeOne(company)
  } catch (error) {
    // The server's disk fails: whoever closes tries again another day.
    const isTrouble = error instanceof Error && error.message.startsWith('simulated')
    if (!isTrouble) company.fault('closing a month', error)
  }
}

async function closeOne(company: Company): Promise<void> {
  const { server, random, faults } = company
  const { kernel } = server
  const owner = kernel?.directory.userByLogin('owner')
  if (kernel === undefined || owner === undefined) return
  const worked = company.tablets.flatMap(({ branches }) => branches)
  if (worked.length === 0) return
  const branch = random.pick(worked)
  const { months, seals } = await kernel.seals.stateOf(branch)
  const last = seals.at(-1)
  const by = owner.id
  if (last !== undefined && happens(random, reopenings)) {
    const wish = { branch, seal: last.recordId, reason: '补单', by }
    const reopened = await kernel.seals.reopen(wish)
    if (!reopened.ok) return
    faults.met('month-reopened')
    return company.tell(`${branch} reopened ${last.month}`)
  }
  // Mostly the last month that is over, at times one before it.
  if (months.length === 0) return
  const month = random.pick(months.slice(-2))
  const closed = await kernel.seals.close({ branch, month, by, accepted: concerns })
  if (!closed.ok) return company.tell(`${branch} not closed: ${closed.problem.code}`)
  faults.met('month-closed')
  company.tell(`${branch} closed ${month}`)
}
