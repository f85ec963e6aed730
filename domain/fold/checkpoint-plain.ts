/** What a checkpoint keeps as JSON because there is little of it: journals, directory, troubles. */

import type { LateLeg } from '#domain/ledgers/stock/stock-ledger.ts'
import type { LegValue } from '#domain/records/posted-body.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import type { DocumentApprovals } from './approval-book.ts'
import type { Directory } from './directory.ts'
import type {
  BrokenLink,
  FoldState,
  LateValue,
  ParkedPosting,
  RecordProblemNote,
  StoredState,
} from './fold-state.ts'
import type { JournalLog } from './journal-log.ts'
import type { SealNote } from './seals.ts'

type PlainLog = Omit<JournalLog, 'hashes' | 'ahead' | 'fork' | 'received'> & {
  readonly ahead: readonly (readonly [number, string])[]
  readonly fork?: NonNullable<JournalLog['fork']>
  readonly received?: NonNullable<JournalLog['received']>
}

type Entries<Value> = readonly (readonly [string, Value])[]
type NumberedEntries<Value> = readonly (readonly [number, Value])[]

export interface PlainState {
  readonly journals: readonly PlainLog[]
  readonly directory: {
    readonly [Part in keyof Directory]: Directory[Part] extends Map<string, infer Value>
      ? Entries<Value>
      : never
  }
  readonly approvals: Entries<DocumentApprovals>
  readonly problems: readonly RecordProblemNote[]
  readonly waitingValues: NumberedEntries<readonly LegValue[]>
  readonly baseValues: NumberedEntries<number | null>
  readonly brokenLinks: NumberedEntries<BrokenLink>
  readonly seen: Entries<readonly string[]>
  readonly sharedNumbers: NumberedEntries<readonly number[]>
  /** By event, where it takes effect later. */
  readonly ownMoments: NumberedEntries<number>
  /** By change of value: the sealed movement that it prices. */
  readonly lateLegs: NumberedEntries<LateLeg>
  readonly lateValues: NumberedEntries<readonly LateValue[]>
  readonly parked: NumberedEntries<ParkedPosting>
  readonly sealNotes: Entries<SealNote>
}

type Kept = Pick<
  StoredState,
  | 'journals'
  | 'directory'
  | 'approvals'
  | 'problems'
  | 'waitingValues'
  | 'baseValues'
  | 'brokenLinks'
  | 'seen'
  | 'sharedNumbers'
  | 'parked'
  | 'lateValues'
  | 'sealNotes'
>

export function plainOf(state: FoldState): Json {
  const { enrolled, revoked, granted, withdrawn, rights } = state.directory
  const plain: PlainState = {
    journals: [...state.journals.values()].map(plainLog),
    directory: {
      enrolled: [...enrolled],
      revoked: [...revoked],
      granted: [...granted],
      withdrawn: [...withdrawn],
      rights: [...rights],
    },
    approvals: [...state.approvals],
    problems: [...state.problems.values()],
    waitingValues: [...state.waitingValues],
    baseValues: [...state.baseValues].map(([movement, amount]) => [movement, amount ?? null]),
    brokenLinks: [...state.brokenLinks],
    seen: [...state.seen].map(([key, facts]) => [key, [...facts]]),
    sharedNumbers: [...state.sharedNumbers].map(([number, bearers]) => [number, [...bearers]]),
    ownMoments: [...state.ledger.ownMoments],
    lateLegs: [...state.ledger.lateValues],
    lateValues: [...state.lateValues],
    parked: [...state.parked],
    sealNotes: [...state.sealNotes],
  }
  return plain as unknown as Json
}

/** `hashes`: those of all journals one behind the other, in their order. */
export function restorePlain(plain: PlainState, hashes: Float64Array): Kept {
  const { enrolled, revoked, granted, withdrawn, rights } = plain.directory
  let at = 0
  const logs = plain.journals.map((log): [string, JournalLog] => {
    const own = hashes.slice(at, at + log.length)
    at += log.length
    const { fork, received, ahead, ...same } = log
    return [log.journal, { ...same, hashes: own, ahead: new Map(ahead), fork, received }]
  })
  return {
    journals: new Map(logs),
    directory: {
      enrolled: new Map(enrolled),
      revoked: new Map(revoked),
      granted: new Map(granted),
      withdrawn: new Map(withdrawn),
      rights: new Map(rights),
    },
    approvals: new Map(plain.approvals),
    problems: new Map(plain.problems.map((note) => [problemKey(note), note])),
    waitingValues: new Map(plain.waitingValues),
    baseValues: new Map(
      plain.baseValues.map(([movement, amount]) => [movement, amount ?? undefined]),
    ),
    brokenLinks: new Map(plain.brokenLinks),
    seen: new Map(plain.seen.map(([key, facts]) => [key, new Set(facts)])),
    sharedNumbers: new Map(
      plain.sharedNumbers.map(([number, bearers]) => [number, new Set(bearers)]),
    ),
    parked: new Map(plain.parked),
    lateValues: new Map(plain.lateValues),
    sealNotes: new Map(plain.sealNotes),
  }
}

/** One per place of a journal and record that stood there. */
export function problemKey({ journal, seq, recordId }: RecordProblemNote): string {
  return `${journal}#${seq}#${recordId}`
}

function plainLog(log: JournalLog): PlainLog {
  const { journal, branch, audience, shard, device, first, length, hash, hlcMax } = log
  const { ahead, fork, received } = log
  return {
    ...{ journal, branch, audience, shard, device, first, length, hash, hlcMax },
    ahead: [...ahead],
    ...(fork !== undefined && { fork }),
    ...(received !== undefined && { received }),
  }
}
