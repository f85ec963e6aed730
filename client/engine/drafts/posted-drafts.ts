/** Drafts that were posted and confirmed while this device was not looking: they may go [E4]. */
import type { Projector } from '#client/projections/projector.ts'
import type { Desks } from './desks.ts'
import type { KeptIdentity } from '../people/identity.ts'
import type { Unconfirmed } from '../own/unconfirmed.ts'

export interface DraftsAndPosts {
  readonly desks: Desks
  readonly identity: KeptIdentity
  readonly projector: Projector
  readonly unconfirmed: Unconfirmed
}

export function forgetPostedDrafts(device: DraftsAndPosts): void {
  const { desks, identity, projector, unconfirmed } = device
  for (const { draftId } of desks.list(identity.audiences)) {
    const isPosted = projector.fold.documents.get(draftId) !== undefined
    if (isPosted && !unconfirmed.isWaiting(draftId)) desks.discard(draftId)
  }
}
