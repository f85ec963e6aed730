/**
 * 上次看过以后 (news): what of the figures differs since somebody looked on this device, and when it came. The device
 * keeps when it looked and how far each journal had come by then; the rest follows from the records, so that a crash,
 * a repetition or a lost blob changes nothing. No other device knows of it.
 */
import type { ChangeOutline } from '#domain/fold/changed-goods.ts'
import type { DocumentNews } from '#domain/fold/document-news.ts'
import type { Fold, JournalMark } from '#domain/fold/fold.ts'
import type { SeenFigures } from '#domain/fold/seen-figures.ts'
import type { BlobRow, Store } from '#client/engine/store/store.ts'

/** The value that says when figures were looked at, and the blob that spares folding anew what was known then. */
export const lookName = 'look'
export const noLook = { name: lookName, version: '', bytes: new Uint8Array() } as const

export interface KeptLook {
  readonly id: string
  /** Ms. */
  readonly at: number
  /** What was known then. */
  readonly marks: readonly (readonly [journal: string, mark: JournalMark])[]
}

/** Rows that had come by a moment, ms. */
interface Step {
  readonly at: number
  readonly parts: number
  readonly reversals: number
}

export interface News {
  /** Undefined before anybody has looked: then nothing is new. */
  readonly lookedAt: number | undefined
  changes(): readonly ChangeOutline[]
  /** When it was first known here, ms. */
  arrivedAt(news: DocumentNews): number
  /** Records were folded at `at`, ms. */
  note(at: number): void
  /** Somebody looks: what is to be kept for that, and what to do once it is. */
  look(at: number): { readonly kept: KeptLook; done(): void }
  /** To be kept in one transaction with the fold's own blob. */
  blobs(): readonly BlobRow[]
  /** Reads what was kept. `foldUntil` folds what lies up to some marks. */
  open(
    source: Pick<Store, 'value' | 'blob'>,
    foldUntil: (marks: ReadonlyMap<string, JournalMark>) => Promise<void>,
  ): Promise<void>
}

interface Looked {
  readonly look: KeptLook
  readonly seen: SeenFigures
  steps: Step[]
}

/** Moments of arrival that are told apart; older ones are told as one. */
const limitSteps = 2_000

export function makeNews(fold: Fold): News {
  let looked: Looked | undefined
  let changes: readonly ChangeOutline[] | undefined

  return {
    get lookedAt() {
      return looked?.look.at
    },
    changes() {
      changes ??= looked === undefined ? [] : fold.seen.changesSince(looked.seen)
      return changes
    },
    arrivedAt({ part, reversal }) {
      const steps = looked?.steps ?? []
      const isHere = (step: Step) => (part >= 0 ? step.parts > part : step.reversals > reversal)
      return steps.find(isHere)?.at ?? looked?.look.at ?? 0
    },
    note(at) {
      changes = undefined
      const extent = fold.seen.extent()
      const last = looked?.steps.at(-1)
      if (looked === undefined || isSame(last ?? looked.seen, extent)) return
      looked.steps.push({ at, ...extent })
      if (looked.steps.length > limitSteps) looked.steps.shift()
    },
    look(at) {
      const seen = fold.seen.take()
      const marks = [...fold.watermark()]
      const look = { id: `${at} ${seen.parts} ${seen.reversals}`, at, marks }
      return {
        kept: look,
        done() {
          const steps = (looked?.steps ?? []).filter((step) => !isCovered(step, seen))
          looked = { look, seen, steps }
          changes = undefined
        },
      }
    },
    blobs() {
      if (looked === undefined) return []
      const bytes = packed(looked.steps, fold.seen.pack(looked.seen))
      return [{ name: lookName, version: looked.look.id, bytes }]
    },
    async open(source, foldUntil) {
      const look = (await source.value(lookName)) as KeptLook | undefined
      if (look === undefined) return
      const blob = await source.blob(lookName)
      const kept = blob?.version === look.id ? unpacked(fold, blob.bytes) : undefined
      if (kept === undefined && isWithin(fold, new Map(look.marks))) {
        await foldUntil(new Map(look.marks))
      }
      looked = { look, ...(kept ?? { seen: fold.seen.take(), steps: [] }) }
      changes = undefined
    },
  }
}

type Extent = Pick<Step, 'parts' | 'reversals'>

function isSame(one: Extent, other: Extent): boolean {
  return one.parts === other.parts && one.reversals === other.reversals
}

function isCovered(step: Extent, seen: Extent): boolean {
  return step.parts <= seen.parts && step.reversals <= seen.reversals
}

/** Whether nothing is folded that was not known then: only so can that moment be found again. */
function isWithin(fold: Fold, marks: ReadonlyMap<string, JournalMark>): boolean {
  return [...fold.watermark()].every(([journal, { seq }]) => seq <= (marks.get(journal)?.seq ?? -1))
}

/** How many steps, each as three numbers, then the figures. */
function packed(steps: readonly Step[], figures: Uint8Array): Uint8Array {
  const numbers = [
    steps.length,
    ...steps.flatMap(({ at, parts, reversals }) => [at, parts, reversals]),
  ]
  const head = new Uint8Array(new Float64Array(numbers).buffer)
  const bytes = new Uint8Array(head.length + figures.length)
  bytes.set(head)
  bytes.set(figures, head.length)
  return bytes
}

function unpacked(fold: Fold, bytes: Uint8Array): Pick<Looked, 'seen' | 'steps'> | undefined {
  const unit = Float64Array.BYTES_PER_ELEMENT
  if (bytes.length === 0 || bytes.length % unit !== 0) return undefined
  const numbers = new Float64Array(bytes.slice().buffer)
  const end = 1 + (numbers[0] as number) * 3
  const seen = fold.seen.open(bytes.slice(end * unit))
  if (seen === undefined) return undefined
  const steps: Step[] = []
  for (let i = 1; i < end; i += 3) {
    const [at = 0, parts = 0, reversals = 0] = numbers.subarray(i, i + 3)
    steps.push({ at, parts, reversals })
  }
  return { seen, steps }
}
