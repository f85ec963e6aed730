/**
 * The fold as this device keeps it between two starts: its own blob, or the 存档点 (checkpoint) of a closing that it
 * started from. Records that such a checkpoint covers need not be here; everything else a blob names must be.
 */
import { type Fold, type JournalMark, openFold } from '#domain/fold/fold.ts'
import type { Audience } from '#domain/records/audience.ts'
import type { BlobRow, JournalRow, Store } from '#client/engine/store/store.ts'

/** The blob that holds the fold. */
export const checkpointName = 'checkpoint'
/** The server's file that a device started from, and what it covers: a blob and a value. */
export const startName = 'start'

/** What is kept of a start from a checkpoint, until all records behind it are here. */
export interface KeptStart {
  /** The record of the seal that names the file. */
  readonly seal: string
  /** How far the file covers each journal. */
  readonly marks: readonly (readonly [journal: string, mark: JournalMark])[]
}

/** How far a fold covers journals whose records need not be here. */
export type StartMarks = ReadonlyMap<string, JournalMark>

export interface KeptFold {
  readonly fold: Fold
  /** Empty where the fold stands on nothing but records of this device. */
  readonly start: StartMarks
}

/** A checkpoint that no build trusts: the fold is made anew from the start, or from the records. */
export const noCheckpoint = { name: checkpointName, version: '', bytes: new Uint8Array() } as const
export const noStart = { name: startName, version: '', bytes: new Uint8Array() } as const

/** `version` names the build: another build's blob is not trusted. */
export async function openKeptFold(
  source: Pick<Store, 'journals' | 'blob' | 'value'>,
  version: string,
  audiences: readonly Audience[],
): Promise<KeptFold> {
  const [journals, blob, kept] = await Promise.all([
    source.journals(),
    source.blob(checkpointName),
    source.value(startName) as Promise<KeptStart | undefined>,
  ])
  const marks: StartMarks = new Map(kept?.marks)
  const own = foldOf(blob, version, audiences)
  if (own !== undefined && fits(own, journals, marks))
    return { fold: own, start: inForce(own, marks) }
  const file = kept === undefined ? undefined : await source.blob(startName)
  const started = foldOf(file, kept?.seal ?? '', audiences)
  if (started !== undefined) return { fold: started, start: inForce(started, marks) }
  return { fold: openFold({ audiences }), start: new Map() }
}

/** Undefined where there is none of this version, or it cannot be opened. The bytes belong to the fold. */
function foldOf(
  blob: BlobRow | undefined,
  version: string,
  audiences: readonly Audience[],
): Fold | undefined {
  if (blob === undefined || blob.version !== version || version === '') return undefined
  const fold = openFold({ audiences, checkpoint: blob.bytes })
  return fold.watermark().size === 0 ? undefined : fold
}

/** Whether what a fold has taken in is here, or lies under the start. */
function fits(fold: Fold, journals: readonly JournalRow[], marks: StartMarks): boolean {
  const rows = new Map<string, JournalMark>(journals.map((row) => [row.journal, row]))
  for (const [journal, mark] of fold.watermark()) {
    const [row, covered] = [rows.get(journal), marks.get(journal)]
    if (Math.max(row?.seq ?? -1, covered?.seq ?? -1) < mark.seq) return false
    const others = [row, covered].filter((each) => each?.seq === mark.seq)
    if (others.some((each) => each?.hash !== mark.hash)) return false
  }
  return true
}

/** [STP3] Of a start only what this fold has in it counts: the rest is fetched like anything else. */
function inForce(fold: Fold, marks: StartMarks): StartMarks {
  const folded = fold.watermark()
  return new Map([...marks].filter(([journal, { seq }]) => (folded.get(journal)?.seq ?? -1) >= seq))
}
