/**
 * [S5] A record that the server does not take must not hold up those behind it. After a refusal the journal is
 * sent update by update; the one that is refused again is written anew record by record, and a record that
 * is refused by itself is set aside: it counts no more, is kept, shown and handed out, and the others go on
 * under new numbers.
 */
import type { KeptIdentity } from '../people/identity.ts'
import { noCheckpoint } from '#client/projections/kept-fold.ts'
import { setAsideName, setAsideOf } from '../sync/distrusted.ts'
import type { Keys, Random } from '../ports.ts'
import { rechain } from './rechain.ts'
import { makeStaging } from './staging.ts'
import type { Store } from '../store/store.ts'
import { chainText, parseJournalName } from '#domain/records/journal-name.ts'
import { encodeRecord } from '#domain/records/record-bytes.ts'
import { unsentChains } from './unsent-chains.ts'

/** What a refused journal needs next. */
export type Remedy = 'nothing' | 'again' | 'repair'

export interface Remedies {
  /** `covered`: how far the server has confirmed the journal. */
  after(journal: string, reason: string, covered: number): Remedy
}

/**
 * Refusals that do not speak of what was sent: who sends, where to, or what is missing before it, such as the
 * rest of the month before.
 */
const otherReasons =
  /^refused:(?:key-not-next|missing-dependency|fork|device-|not-allowed|token-|session-|socket-|other-device|document-|too-many-|heads-)/

export function makeRemedies(): Remedies {
  /** By journal, where it stood at the refusal since which it is sent update by update. */
  const carefulAt = new Map<string, number>()
  return {
    after(journal, reason, covered) {
      if (!reason.startsWith('refused:') || otherReasons.test(reason)) return 'nothing'
      if (carefulAt.get(journal) === covered) return 'repair'
      carefulAt.set(journal, covered)
      return 'again'
    },
  }
}

/** More than these are no single bad records: then nothing is moved any more. */
const limitSetAside = 50

export interface RepairOptions {
  readonly store: Store
  readonly term: number
  readonly keys: Keys
  readonly random: Random
  readonly identity: KeptIdentity
}

/** Takes the first record that has not arrived out of its chain, or gives it a commit of its own. */
export async function repairJournal(
  { store, term, keys, random, identity }: RepairOptions,
  journal: string,
  reason: string,
): Promise<void> {
  const name = parseJournalName(journal)
  const heads = new Map((await store.heads()).map((head) => [head.journal, head.seq]))
  const device = identity.device.id
  const chains = await unsentChains(store, device, (each) => heads.get(each) ?? -1)
  const chain = chains.find((each) => name.ok && each.chain === chainText(name.value))
  const aside = await setAsideOf(store)
  const [refused = [], ...others] = chain?.commits ?? []
  const [culprit] = refused
  if (chain === undefined || culprit === undefined || aside.length >= limitSetAside) return
  const isAlone = refused.length === 1
  const commits = isAlone ? others : [...refused.map((record) => [record]), ...others]
  const appends = await rechain(commits, {
    ...{ device, tail: chain.tail, kept: chain.kept },
    ...{ signer: keys.signerOf(identity.key), staging: makeStaging(random) },
  })
  const record = { journal, code: reason.replace('refused:', ''), records: [encodeRecord(culprit)] }
  await store.commit({
    ...{ term, dropped: chain.journals, appends, blobs: [noCheckpoint] },
    ...(isAlone ? { values: { [setAsideName]: [...aside, record] } } : {}),
  })
}
