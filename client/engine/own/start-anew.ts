/**
 * [S5] A cloned machine begins again as a device of its own: a new identity, and what the old one had not handed
 * in is written there with the same ids. What the server has of the old one is fetched like anybody's.
 */
import type { KeptIdentity, KeptSession } from '../people/identity.ts'
import { noCheckpoint } from '#client/projections/kept-fold.ts'
import { forkedName } from '../start/loaded.ts'
import type { Keys, Random } from '../ports.ts'
import { rechain } from './rechain.ts'
import { makeStaging } from './staging.ts'
import type { JournalAppend, Store } from '../store/store.ts'
import { unsentChains } from './unsent-chains.ts'

export interface StartAnew {
  readonly store: Store
  readonly term: number
  readonly keys: Keys
  readonly random: Random
  readonly before: KeptIdentity
  /** As the server has just enrolled it. */
  readonly next: { readonly identity: KeptIdentity; readonly session: KeptSession }
}

/** One transaction: no record is of both devices, or of none. */
export async function startAnew(anew: StartAnew): Promise<void> {
  const { store, term, keys, random, before, next } = anew
  const heads = new Map((await store.heads()).map((head) => [head.journal, head.seq]))
  const chains = await unsentChains(store, before.device.id, (each) => heads.get(each) ?? -1)
  const signer = keys.signerOf(next.identity.key)
  const staging = makeStaging(random)
  const appends: JournalAppend[] = []
  for (const { kept, commits } of chains) {
    appends.push(...kept.values())
    const begin = { device: next.identity.device.id, tail: undefined, kept: new Map() }
    appends.push(...(await rechain(commits, { ...begin, signer, staging })))
  }
  await store.commit({
    term,
    dropped: chains.flatMap(({ journals }) => journals),
    appends,
    blobs: [noCheckpoint],
    values: { ...next, [forkedName]: undefined },
  })
}
