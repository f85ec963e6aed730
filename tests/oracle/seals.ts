/**
 * [F8] What each branch has closed: which seal was the first to cover a record, and when that takes effect
 * for it. Of all seals those in force: a reopening takes the last one back.
 */
import { compareKeys, keyOf } from './stamp.ts'
import type { Recorded } from './statements.ts'

interface Head {
  readonly device: string
  readonly audience: string
  readonly seq: number
}

interface Closed {
  readonly id: string
  readonly hlc: number
  readonly until: number
  readonly heads: readonly Head[]
}

/** Of one branch, the earliest first. */
export class Seals {
  readonly #closed: readonly Closed[]

  constructor(closed: readonly Closed[]) {
    this.#closed = closed
  }

  /** Seals that were said before the first that covers the record; of one that none covers, all. */
  before({ record }: Pick<Recorded, 'record'>): number {
    const covers = ({ heads }: Closed) =>
      heads.some(({ device, audience, seq }) => {
        return device === record.device && audience === record.audience && seq >= record.seq
      })
    const first = this.#closed.findIndex(covers)
    return first < 0 ? this.#closed.length : first
  }

  /** The first moment that was open when so many seals had been said; −∞ before any was. */
  openAfter(seals: number): number {
    return this.#closed[seals - 1]?.until ?? Number.NEGATIVE_INFINITY
  }

  /** The first of them that closed the moment, and its clock; undefined while it is open. */
  closing(moment: number): { readonly index: number; readonly hlc: number } | undefined {
    const index = this.#closed.findIndex(({ until }) => until > moment)
    const hlc = this.#closed[index]?.hlc
    return hlc === undefined ? undefined : { index, hlc }
  }

  get openNow(): number {
    return this.openAfter(this.#closed.length)
  }
}

/** By branch; only the server closes anything, in its journal of goods. */
export function sealsOf(records: readonly Recorded[]): (branch: string) => Seals {
  const known = new Map<string, Seals>()
  const said = records.filter(({ record: { kind, audience, device } }) => {
    const isSeal = kind === 'sealed.v1' || kind === 'reopened.v1'
    return isSeal && audience === 'goods' && device.startsWith('server-')
  })
  return (branch) => {
    const seals = known.get(branch) ?? new Seals(closedIn(said, branch))
    known.set(branch, seals)
    return seals
  }
}

function closedIn(said: readonly Recorded[], branch: string): Closed[] {
  const own = new Map(said.map((each) => [each.record.id, each]))
  const inOrder = [...own.values()]
    .filter(({ record }) => record.branch === branch)
    .sort((a, b) => compareKeys(keyOf(a), keyOf(b)))
  const closed: Closed[] = []
  for (const { record } of inOrder) {
    if (record.kind === 'reopened.v1') {
      if (closed.at(-1)?.id === (record.body as { readonly seal: string }).seal) closed.pop()
      continue
    }
    const { until, heads } = record.body as Omit<Closed, 'id' | 'hlc'>
    if (until > (closed.at(-1)?.until ?? 0))
      closed.push({ id: record.id, hlc: record.hlc, until, heads })
  }
  return closed
}
