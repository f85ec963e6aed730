/**
 * One draft out of the desks of several audiences: each holds the fields that its readers may see,
 * exactly as its posting splits into parts [D1].
 */

import type { Json } from '#domain/values/canonical-text.ts'
import type { DeskDraft, DeskLine } from './desk-draft.ts'

/**
 * [DSK6] The draft of the lead audience with the fields that `others` add; the lead says which lines
 * there are. Frozen.
 */
export function joinDrafts(lead: DeskDraft, others: readonly DeskDraft[]): DeskDraft {
  const newest = others.reduce((latest, other) => (other.hlc > latest.hlc ? other : latest), lead)
  const added = new Map<string, { readonly [field: string]: Json }>()
  for (const other of others) {
    for (const { lineId, fields } of other.lines) {
      added.set(lineId, { ...added.get(lineId), ...fields })
    }
  }
  const joinLine = (line: DeskLine): DeskLine => {
    const fields = Object.freeze({ ...added.get(line.lineId), ...line.fields })
    return Object.freeze({ lineId: line.lineId, fields })
  }
  const headers = [...others.map((other) => other.header), lead.header]
  return Object.freeze({
    ...lead,
    header: Object.freeze(Object.assign({}, ...headers) as DeskDraft['header']),
    lines: Object.freeze(lead.lines.map(joinLine)),
    hlc: newest.hlc,
    device: newest.device,
  })
}
