/**
 * Receipt times [S6]: about once a minute the server writes down, in its journal of each branch,
 * when it had durably received which records. What is still to be written is a column of the store,
 * so a crash delays it and loses nothing.
 */
import { isServerDevice, parseJournalName } from '#domain/records/journal-name.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import type { OpenReceipt, Store, StoreChange } from '../storage/store.ts'
import { groupBy } from './group-by.ts'
import type { OwnJournals } from './own-journals.ts'

/** Journals that one receipt names. */
const limitJournals = 500

/** Writes all open receipts. The server's own journals need none. */
export async function writeReceipts(store: Store, ownJournals: OwnJournals): Promise<void> {
  for (;;) {
    const open = await store.openReceipts(limitJournals)
    if (open.length === 0) return
    const byBranch = groupBy(open, branchToTell)
    for (const [branch, receipts] of byBranch) {
      const done = receipts.map(
        ({ journal, seq }): StoreChange => ({ put: 'receipted', journal, seq }),
      )
      if (branch === undefined) await store.commit(done)
      else {
        const draft = { kind: 'received.v1', body: bodyOf(receipts) }
        await ownJournals.append({ branch, audience: 'goods' }, [draft], done)
      }
    }
  }
}

/** The branch whose journal tells of a receipt; undefined for the server's own journals. */
function branchToTell({ journal }: OpenReceipt): string | undefined {
  const name = parseJournalName(journal)
  if (!name.ok || isServerDevice(name.value.device)) return undefined
  return name.value.branch
}

function bodyOf(receipts: readonly OpenReceipt[]): Json {
  return {
    journals: receipts.map(({ journal, seq, receivedAt }) => ({ name: journal, seq, receivedAt })),
  }
}
