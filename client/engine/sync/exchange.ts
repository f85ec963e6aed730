/** What an engine with a network puts together to exchange records: what goes out, what is handed in, what is open. */
import type { Beginning } from '../start/beginning.ts'
import type { HeadBook } from './head-book.ts'
import { makeHandIn } from './hand-in.ts'
import type { Inbox } from './inbox.ts'
import type { KeptIdentity } from '../people/identity.ts'
import type { Mending } from '../own/mending.ts'
import type { EnginePorts, Network } from '../ports.ts'
import type { Objections } from './objections.ts'
import { makeOutbox } from './outbox.ts'
import { makeSync, type Sync, type SyncOptions } from './sync.ts'

type Given = Pick<
  SyncOptions,
  | 'desks'
  | 'presence'
  | 'branches'
  | 'ownJournals'
  | 'token'
  | 'onTokenRefused'
  | 'onConnection'
  | 'onHeard'
  | 'onBehind'
  | 'onFailure'
>

export interface ExchangeOptions extends Given {
  readonly ports: Pick<EnginePorts, 'store' | 'timers' | 'random'>
  readonly network: Network
  readonly identity: KeptIdentity
  readonly heads: HeadBook
  readonly inbox: Inbox
  readonly beginning: Beginning
  readonly objections: Objections
  readonly mending: Mending
  isOwn(journal: string): boolean
}

const againMs = 200

export function makeExchange(options: ExchangeOptions): Sync {
  const { ports, network, identity, heads, inbox, beginning, objections, mending } = options
  const { timers, random, store } = ports
  const { wire, api } = network
  const { token, onFailure, isOwn } = options
  const outbox = makeOutbox({
    ...{ store, wire, onFailure },
    covered: (journal) => heads.coveredSeq(journal),
    onRefused: (journal, reason) => ownRefused(journal, reason),
  })
  const handIn = makeHandIn({
    ...{ store, timers, random, api, token, onFailure },
    journals: () => inbox.sound().filter(({ journal }) => !isOwn(journal)),
    coveredSeq: (journal) => heads.coveredSeq(journal),
    onRefused: (journal, reason) => objections.refused(journal, `refused:${reason}`),
  })
  const sync = makeSync({
    ...options,
    ...{ wire, timers, random, outbox, handIn, audiences: identity.audiences },
    ...{ org: identity.organizationId, device: identity.device.id },
    coveredSeq: (journal) => beginning.coveredSeq(journal),
    missing: () => beginning.missing(),
    begin: () => beginning.begin(),
    onHeardAll: (branch) => beginning.heardAll(branch),
    onShort: (head, kept) => objections.withheld(head, kept),
  })

  function ownRefused(journal: string, reason: string): void {
    const remedy = mending.refused(journal, reason, heads.coveredSeq(journal))
    if (remedy === 'nothing') {
      objections.refused(journal, reason)
      sync.refused(journal)
    }
    if (remedy !== 'again') return
    outbox.beCareful(journal)
    timers.after(againMs, () => sync.again())
  }

  return sync
}
