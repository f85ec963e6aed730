/** Drafts that were posted and confirmed while this device was not looking: they may go [E4]. */
import type { Workplace } from './workplace.ts'

export function forgetPostedDrafts({
  desks,
  identity,
  projector,
  unconfirmed,
}: Pick<Workplace, 'desks' | 'identity' | 'projector' | 'unconfirmed'>): void {
  for (const { draftId } of desks.list(identity.audiences)) {
    const isPosted = projector.fold.documents.get(draftId) !== undefined
    if (isPosted && !unconfirmed.isWaiting(draftId)) desks.discard(draftId)
  }
}
