/**
 * The read model: the fold in memory, what is indexed beside it, and the blob that lets the next start begin
 * where this one ended. Derived, all of it: a blob that does not fit the records is thrown away.
 */
import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import { type Fold, openFold } from '#domain/fold/fold.ts'
import type { Audience } from '#domain/records/audience.ts'
import { decodeRecord } from '#domain/records/record-bytes.ts'
import type { Topic } from '#client/engine/face.ts'
import type { BlobRow, JournalRow, Store } from '#client/engine/store.ts'
import { type Catalogue, makeCatalogue } from './catalogue.ts'
import { changedMasters } from './changed-masters.ts'

export interface Projector {
  readonly fold: Fold
  readonly catalogue: Catalogue
  /** Takes records in and says what may have changed on screens. Never throws. */
  apply(entries: readonly FoldEntry[]): readonly Topic[]
  /** Reads what the store has beyond the fold: after a start, or a commit whose end was not heard. */
  catchUp(): Promise<readonly Topic[]>
  /** Records folded since the last blob. */
  readonly unsaved: number
  /** The fold as bytes, for the store to keep. */
  blob(): BlobRow
}

type Source = Pick<Store, 'journals' | 'recordsOf' | 'blob'>

/** The blob that holds the fold. */
export const checkpointName = 'checkpoint'
const readAtOnce = 2_000
/** More changes than this are announced as "any". */
const limitNamed = 500

/** `version` names the build: another build's blob is not trusted. */
export async function openProjector(
  source: Source,
  version: string,
  audiences: readonly Audience[],
): Promise<Projector> {
  const journals = await source.journals()
  const fold = await foldFromBlob(source, version, audiences, journals)
  const projector = projectorOf(source, version, fold)
  await projector.catchUp()
  return projector
}

/** The fold of the blob where it fits what is stored; otherwise an empty one. */
async function foldFromBlob(
  source: Source,
  version: string,
  audiences: readonly Audience[],
  journals: readonly JournalRow[],
): Promise<Fold> {
  const blob = await source.blob(checkpointName)
  if (blob === undefined || blob.version !== version) return openFold({ audiences })
  // The bytes belong to the fold from here on; a store in memory still holds them.
  const fold = openFold({ audiences, checkpoint: blob.bytes.slice() })
  const rows = new Map(journals.map((row) => [row.journal, row]))
  for (const [journal, mark] of fold.watermark()) {
    const row = rows.get(journal)
    const isAhead = row === undefined || mark.seq > row.seq
    const isOther = row !== undefined && mark.seq === row.seq && mark.hash !== row.hash
    if (isAhead || isOther) return openFold({ audiences })
  }
  return fold
}

function projectorOf(source: Source, version: string, fold: Fold): Projector {
  const catalogue = makeCatalogue(fold.masters)
  let unsaved = 0

  function apply(entries: readonly FoldEntry[]): readonly Topic[] {
    const changes = fold.apply(entries)
    unsaved += entries.length
    if (changes.masters.size > 0) {
      catalogue.refresh(changedMasters(entries.map((entry) => entry.record)))
    }
    return [
      ...named('stock', changes.skus),
      ...named('document', changes.documents),
      ...(changes.documents.size > 0 ? ['documents'] : []),
      ...[...changes.masters].map((entity) => `masters:${entity}`),
      ...(changes.hasFindingsChanged ? ['findings'] : []),
    ]
  }

  async function catchUp(): Promise<readonly Topic[]> {
    const topics = new Set<Topic>()
    const marks = fold.watermark()
    for (const row of await source.journals()) {
      const next = (marks.get(row.journal)?.seq ?? row.firstSeq - 1) + 1
      for await (const entries of entriesFrom(source, row, next)) {
        for (const topic of apply(entries)) topics.add(topic)
      }
    }
    return [...topics]
  }

  return {
    fold,
    catalogue,
    apply,
    catchUp,
    get unsaved() {
      return unsaved
    },
    blob() {
      unsaved = 0
      return { name: checkpointName, version, bytes: fold.checkpoint() }
    },
  }
}

/** What is kept of a journal from `fromSeq` on, in portions. */
async function* entriesFrom(
  source: Source,
  { journal, seq }: JournalRow,
  fromSeq: number,
): AsyncGenerator<readonly FoldEntry[]> {
  for (let next = fromSeq; next <= seq; ) {
    const rows = await source.recordsOf(journal, next, readAtOnce)
    const last = rows.at(-1)
    if (last === undefined) return
    next = last.seq + 1
    yield rows.flatMap(({ bytes }) => {
      const decoded = decodeRecord(bytes)
      if (!decoded.ok) return []
      const { record, hash } = decoded.value
      return [{ journal, record, hash }]
    })
  }
}

function named(kind: 'stock' | 'document', ids: ReadonlySet<string>): Topic[] {
  if (ids.size > limitNamed) return [`${kind}:*`]
  return [...ids].map((id) => `${kind}:${id}`)
}
