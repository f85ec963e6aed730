/** What came of documents since somebody looked: of each the record that says most, whatever came first. */

import { isLeadBit } from './document-tables.ts'
import type { FoldState } from './fold-state.ts'
import type { SeenFigures } from './seen-figures.ts'

/** What came of a document since: it itself, a part that was missing, or what takes it back. */
export interface DocumentNews {
  readonly what: 'posted' | 'supplied' | 'reversed'
  /** The device that wrote it. */
  readonly device: string
  /** Rows of parts and of reversals, which are given in the order of arrival; −1 for none. */
  readonly part: number
  readonly reversal: number
}

interface Candidate extends DocumentNews {
  /** The record that counts. */
  readonly isInForce: boolean
  readonly hlc: number
}

/** By document; a reversal says more than a posting, and that more than a part. */
export function newsSince(state: FoldState, seen: SeenFigures): Map<number, DocumentNews> {
  const news = new Map<number, Candidate>()
  function offer(document: number, candidate: Candidate): void {
    const known = news.get(document)
    if (known === undefined || saysMore(candidate, known)) news.set(document, candidate)
  }
  for (let part = seen.parts; part < state.parts.rows; part++) {
    offer(state.parts.columns.document[part] as number, ofPart(state, part))
  }
  for (let reversal = seen.reversals; reversal < state.reversals.rows; reversal++) {
    offer(state.reversals.columns.document[reversal] as number, ofReversal(state, reversal))
  }
  return news
}

function ofPart({ names, parts, documents }: FoldState, part: number): Candidate {
  const { document, kind, device, hlc } = parts.columns
  const isLead = ((kind[part] as number) & isLeadBit) !== 0
  return {
    ...{ what: isLead ? 'posted' : 'supplied', part, reversal: -1 },
    isInForce: documents.columns.lead[document[part] as number] === part,
    ...{ device: names.devices.text(device[part] as number), hlc: hlc[part] as number },
  }
}

function ofReversal({ names, reversals, documents }: FoldState, reversal: number): Candidate {
  const { document, device, hlc } = reversals.columns
  return {
    ...{ what: 'reversed', part: -1, reversal },
    isInForce: documents.columns.reversal[document[reversal] as number] === reversal,
    ...{ device: names.devices.text(device[reversal] as number), hlc: hlc[reversal] as number },
  }
}

const weight = { supplied: 0, posted: 1, reversed: 2 } as const

function saysMore(one: Candidate, other: Candidate): boolean {
  if (one.what !== other.what) return weight[one.what] > weight[other.what]
  if (one.isInForce !== other.isInForce) return one.isInForce
  return one.hlc === other.hlc ? one.device < other.device : one.hlc < other.hlc
}
