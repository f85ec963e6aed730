/**
 * What a draft says, out of what each device said: fields by the later clock, scans added up, lines
 * kept unless everything on them was seen by who removed them. Pure; the order of keys is no matter.
 */

import type { Json } from '#domain/values/canonical-text.ts'
import type { Hlc } from '#domain/values/hybrid-clock.ts'
import { limitLines } from '#domain/values/limits.ts'
import type { DeskKey } from './desk-key.ts'
import type { DeskValue } from './desk-value.ts'

/** The line field that scans add to: steps of 10⁻⁴ base unit, as typed quantities are. */
export const scannedField = 'quantity'

/** A line that is alive. Frozen. */
export interface DeskLine {
  readonly lineId: string
  readonly fields: { readonly [field: string]: Json }
}

/** From the first to the last entry of a line's quantity, typed or scanned. */
export interface Entered {
  readonly from: Hlc
  readonly at: Hlc
}

/** A 草稿 (draft), as far as one desk holds it. Frozen. */
export interface DeskDraft {
  readonly draftId: string
  readonly type: string
  readonly header: { readonly [field: string]: Json }
  /** By line id, which is by time of making where ids are UUIDv7. */
  readonly lines: readonly DeskLine[]
  /** By line id, where it has a quantity: its first and its last entry that are still known. */
  readonly entered: { readonly [lineId: string]: Entered }
  /** Lines above the limit of a document, which are not shown. */
  readonly linesOmitted: number
  /** The newest act on the draft. */
  readonly hlc: Hlc
  readonly device: string
}

/** One thing that one device said. */
export interface DeskEntry {
  readonly key: DeskKey
  readonly value: DeskValue
}

/** One line, alive or removed, with all that was said about it. */
export interface LineState {
  readonly winners: ReadonlyMap<string, DeskEntry>
  readonly scans: ReadonlyMap<string, DeskValue>
  /** By device, the newest act on the line. */
  readonly acts: ReadonlyMap<string, Hlc>
  readonly isAlive: boolean
}

/** The draft that `entries`, all of one draft, make up; undefined while its type is unknown. */
export function draftOf(draftId: string, entries: readonly DeskEntry[]): DeskDraft | undefined {
  const type = typeOf(entries)
  const newest = winnerOf(entries)
  if (type === undefined || newest === undefined) return undefined
  const lines = [...groupBy(entries, lineIdOf)]
    .map(([lineId, ofLine]) => ({ lineId, state: lineState(ofLine) }))
    .filter(({ state }) => state.isAlive)
    .sort((before, after) => (before.lineId < after.lineId ? -1 : 1))
  return Object.freeze({
    draftId,
    type,
    header: fieldsOfWinners(winners(entries, headerFieldOf)),
    lines: Object.freeze(
      lines.slice(0, limitLines).map(({ lineId, state }) => line(lineId, state)),
    ),
    entered: enteredOf(lines),
    linesOmitted: Math.max(0, lines.length - limitLines),
    hlc: newest.value.hlc,
    device: newest.key.device,
  })
}

function enteredOf(
  lines: readonly { readonly lineId: string; readonly state: LineState }[],
): DeskDraft['entered'] {
  const entered = lines.flatMap(({ lineId, state }) => {
    const typed = state.winners.get(scannedField)?.value
    const entries = [...state.scans.values(), ...(typed?.v === undefined ? [] : [typed])]
    const [first, ...others] = entries.map(({ hlc }) => hlc)
    if (first === undefined) return []
    const from = others.reduce((least, hlc) => (hlc < least ? hlc : least), first)
    const at = others.reduce((most, hlc) => (hlc > most ? hlc : most), first)
    return [[lineId, Object.freeze({ from, at })] as const]
  })
  return Object.freeze(Object.fromEntries(entered))
}

/** The document type that a draft was begun with. */
export function typeOf(entries: readonly DeskEntry[]): string | undefined {
  const type = winnerOf(entries.filter(({ key }) => key.part === 'type'))?.value.v
  return typeof type === 'string' ? type : undefined
}

/** [DSK4] A line lives while somebody did something on it that no remover had seen. */
export function lineState(entries: readonly DeskEntry[]): LineState {
  const acts = new Map<string, Hlc>()
  const scans = new Map<string, DeskValue>()
  const removals: DeskValue[] = []
  for (const { key, value } of entries) {
    if (key.part === 'removal') {
      removals.push(value)
      continue
    }
    if (key.part === 'scan') scans.set(key.device, value)
    if (value.hlc > (acts.get(key.device) ?? -1)) acts.set(key.device, value.hlc)
  }
  const isSeen = ([device, hlc]: readonly [string, Hlc]) =>
    removals.some((removal) => (removal.seen?.[device] ?? -1) >= hlc)
  const isAlive = [...acts].some((act) => !isSeen(act))
  return { winners: winners(entries, lineFieldOf), scans, acts, isAlive }
}

/** The scans that are on a line, by device: what a quantity typed now includes. */
export function scanCounts(state: LineState): { readonly [device: string]: number } {
  const counts = [...state.scans].map(([device, scan]) => [device, countOf(scan)] as const)
  return Object.fromEntries(counts)
}

/** What a device has scanned onto a line so far. */
export function countOf(scan: DeskValue | undefined): number {
  return typeof scan?.v === 'number' ? scan.v : 0
}

/** [DSK3] The quantity typed last, plus every scan that it did not include. */
function quantityOf(state: LineState): number | undefined {
  const typed = state.winners.get(scannedField)?.value
  const base = typed?.base ?? {}
  let sum = typeof typed?.v === 'number' ? typed.v : 0
  let isEmpty = typeof typed?.v !== 'number'
  for (const [device, scan] of state.scans) {
    const added = countOf(scan) - (base[device] ?? 0)
    if (added !== 0) isEmpty = false
    sum += added
  }
  return isEmpty || !Number.isSafeInteger(sum) ? undefined : sum
}

function line(lineId: string, state: LineState): DeskLine {
  const { [scannedField]: typed, ...others } = fieldsOfWinners(state.winners)
  const quantity = state.scans.size === 0 ? typed : quantityOf(state)
  const fields = quantity === undefined ? others : { ...others, [scannedField]: quantity }
  return Object.freeze({ lineId, fields: Object.freeze(fields) })
}

/** [DSK2] Per field the entry with the higher clock; of equal clocks the higher device. */
function winners(
  entries: readonly DeskEntry[],
  fieldOf: (key: DeskKey) => string | undefined,
): ReadonlyMap<string, DeskEntry> {
  const winnerByField = new Map<string, DeskEntry>()
  for (const entry of entries) {
    const field = fieldOf(entry.key)
    if (field === undefined) continue
    const other = winnerByField.get(field)
    if (other === undefined || isLater(entry, other)) winnerByField.set(field, entry)
  }
  return winnerByField
}

function winnerOf(entries: readonly DeskEntry[]): DeskEntry | undefined {
  return winners(entries, () => '').get('')
}

function isLater(entry: DeskEntry, other: DeskEntry): boolean {
  if (entry.value.hlc !== other.value.hlc) return entry.value.hlc > other.value.hlc
  return entry.key.device > other.key.device
}

function fieldsOfWinners(winnerByField: ReadonlyMap<string, DeskEntry>): {
  readonly [field: string]: Json
} {
  const fields: { [field: string]: Json } = {}
  for (const field of [...winnerByField.keys()].sort()) {
    const v = winnerByField.get(field)?.value.v
    if (v !== undefined) fields[field] = v
  }
  return Object.freeze(fields)
}

function headerFieldOf(key: DeskKey): string | undefined {
  return key.part === 'header' ? key.field : undefined
}

function lineFieldOf(key: DeskKey): string | undefined {
  return key.part === 'field' ? key.field : undefined
}

function lineIdOf(key: DeskKey): string | undefined {
  return key.part === 'type' || key.part === 'header' ? undefined : key.lineId
}

function groupBy(
  entries: readonly DeskEntry[],
  nameOf: (key: DeskKey) => string | undefined,
): ReadonlyMap<string, readonly DeskEntry[]> {
  const groups = new Map<string, DeskEntry[]>()
  for (const entry of entries) {
    const name = nameOf(entry.key)
    if (name === undefined) continue
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [entry])
    else group.push(entry)
  }
  return groups
}
