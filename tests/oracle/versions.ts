/** Versions of documents: which of them counts, and from when on. Knows documents as they stand by themselves. */
import { momentsUnder } from './stamp.ts'
import type { Standing } from './statements.ts'

interface Judged {
  readonly document: Standing
  readonly isWaiting: boolean
}

/** [VRS2] [VRS3] A later version waits for the one before it to be taken back, and counts from then on. */
export function inVersions(documents: readonly Standing[]): Standing[] {
  const judged = new Map<string, Judged>()
  const inOrder = [...documents].sort((a, b) => versionIn(a) - versionIn(b))
  for (const document of inOrder) {
    const previous = judged.get(keyOf(document, previousOf(document)))
    judged.set(keyOf(document, document.docId), judge(document, previous))
  }
  return [...judged.values()].filter((each) => !each.isWaiting).map((each) => each.document)
}

function judge(document: Standing, previous: Judged | undefined): Judged {
  // What came when this one was sealed has no say in it.
  const hasSay = previous !== undefined && previous.document.sealsBefore <= document.sealsBefore
  if (!hasSay) return { document, isWaiting: false }
  const { reversal } = previous.document
  if (previous.isWaiting || reversal === undefined) return { document, isWaiting: true }
  return { document: since(document, reversal.stamp.at), isWaiting: false }
}

/** As if it said so no earlier; a count holds at its own moment. */
function since(document: Standing, moment: number): Standing {
  const { stamp, legs, seals, sealsBefore } = document
  if (legs.some((leg) => leg.class === 'count' && leg.quantity === 0)) return document
  const moments = momentsUnder(Math.max(stamp.own, moment), seals.openAfter(sealsBefore))
  return { ...document, stamp: { ...stamp, ...moments } }
}

const suffix = /-v(\d+)$/

function versionIn({ docId }: Standing): number {
  return Number(suffix.exec(docId)?.[1] ?? 1)
}

/** '' of a first version. */
function previousOf(document: Standing): string {
  const version = versionIn(document)
  const first = document.docId.replace(suffix, '')
  if (version === 1) return ''
  return version === 2 ? first : `${first}-v${version - 1}`
}

function keyOf({ branch }: Standing, docId: string): string {
  return `${branch}|${docId}`
}
