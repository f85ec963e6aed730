/**
 * The keys of a desk's map. Each key names the device that writes it, so two devices never write one
 * key: what both say is kept, and the reader decides by clocks. (Yjs alone would let the higher client
 * id win, whichever was typed later.)
 *
 * draft|t|device              the document type
 * draft|h|field|device        a field of the header
 * draft|l|line|field|device   a field of a line
 * draft|l|line|+device        what the device has scanned onto the line
 * draft|l|line|-device        the device has removed the line
 */

import { isId } from '#domain/values/ids.ts'
import { isFieldName } from '#domain/records/posted-body.ts'

/** What a key says. */
export type DeskKey =
  | { readonly part: 'type'; readonly draftId: string; readonly device: string }
  | {
      readonly part: 'header'
      readonly draftId: string
      readonly field: string
      readonly device: string
    }
  | {
      readonly part: 'field'
      readonly draftId: string
      readonly lineId: string
      readonly field: string
      readonly device: string
    }
  | {
      readonly part: 'scan' | 'removal'
      readonly draftId: string
      readonly lineId: string
      readonly device: string
    }

/** The key as it stands in the map. */
export function deskKeyText(key: DeskKey): string {
  switch (key.part) {
    case 'type':
      return `${key.draftId}|t|${key.device}`
    case 'header':
      return `${key.draftId}|h|${key.field}|${key.device}`
    case 'field':
      return `${key.draftId}|l|${key.lineId}|${key.field}|${key.device}`
    case 'scan':
      return `${key.draftId}|l|${key.lineId}|+${key.device}`
    case 'removal':
      return `${key.draftId}|l|${key.lineId}|-${key.device}`
  }
}

/** [DSK1] Reads exactly what `deskKeyText` writes; undefined for anything else. */
export function parseDeskKey(text: string): DeskKey | undefined {
  const [draftId = '', part, ...rest] = text.split('|', 7)
  if (!isId(draftId)) return undefined
  if (part === 't') return typeKey(draftId, rest)
  if (part === 'h') return headerKey(draftId, rest)
  return part === 'l' ? lineKey(draftId, rest) : undefined
}

function typeKey(draftId: string, rest: readonly string[]): DeskKey | undefined {
  const [device = ''] = rest
  return rest.length === 1 && isId(device) ? { part: 'type', draftId, device } : undefined
}

function headerKey(draftId: string, rest: readonly string[]): DeskKey | undefined {
  const [field = '', device = ''] = rest
  const isGood = rest.length === 2 && isFieldName(field) && isId(device)
  return isGood ? { part: 'header', draftId, field, device } : undefined
}

function lineKey(draftId: string, rest: readonly string[]): DeskKey | undefined {
  const [lineId = '', field = '', device = ''] = rest
  if (!isId(lineId)) return undefined
  if (rest.length === 2) return scanOrRemovalKey(draftId, lineId, field)
  const isGood = rest.length === 3 && isFieldName(field) && isId(device)
  return isGood ? { part: 'field', draftId, lineId, field, device } : undefined
}

function scanOrRemovalKey(draftId: string, lineId: string, text: string): DeskKey | undefined {
  const device = text.slice(1)
  if (!isId(device)) return undefined
  if (text.startsWith('+')) return { part: 'scan', draftId, lineId, device }
  return text.startsWith('-') ? { part: 'removal', draftId, lineId, device } : undefined
}
