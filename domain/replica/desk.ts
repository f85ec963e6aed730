/**
 * 工作台 (desk): the shared drafts of one area, as far as one audience may read them [D1]. Many devices
 * write at once; nothing here is a fact until it is posted. One act is one transaction.
 */

import * as Y from 'yjs'
import type { Json } from '#domain/values/canonical-text.ts'
import type { Hlc } from '#domain/values/hybrid-clock.ts'
import { limitQuantity } from '#domain/values/limits.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import {
  countOf,
  type DeskDraft,
  type DeskEntry,
  type LineState,
  lineState,
  scanCounts,
  scannedField,
  typeOf,
} from './desk-draft.ts'
import {
  deskIndex,
  draftIdOfKey,
  entriesOfDraft,
  entriesOfLine,
  indexedDraft,
} from './desk-index.ts'
import { type DeskKey, deskKeyText, parseDeskKey } from './desk-key.ts'
import { isWritable } from './desk-value.ts'
import { quietly } from './watch.ts'

/** Who acts, and when: the device's clock ticks once for each act. */
export interface Act {
  readonly device: string
  readonly hlc: Hlc
}

/** What somebody typed; undefined empties a field. */
export type TypedFields = { readonly [field: string]: Json | undefined }

/** What one act types into a draft. */
export interface DraftEdit {
  readonly draftId: string
  /** The document type; with the first act of a draft at the latest. */
  readonly type?: string
  readonly header?: TypedFields
  readonly lines?: readonly { readonly lineId: string; readonly fields: TypedFields }[]
}

/** What one scan of a code does. */
export interface Scan {
  readonly draftId: string
  readonly lineId: string
  /** Added to the line, in steps of 10⁻⁴ base unit; negative takes back. */
  readonly step: number
  /** The document type, where the scan may be the first act of the draft. */
  readonly type?: string
  /** What else the scan says about the line: the SKU, the unit. */
  readonly fields?: TypedFields
}

/** A value that the guard of another replica would refuse; nothing was written. */
export interface DeskProblem {
  readonly code: 'bad-desk-key' | 'value-too-large' | 'quantity-too-large'
  readonly key: string
}

/** Of a desk: the one root map. */
export const deskRoot = 'd'

/** An empty desk. */
export function createDeskDoc(): Y.Doc {
  const doc = new Y.Doc()
  doc.getMap(deskRoot)
  return doc
}

/** [DSK2] Assigns what was typed. A quantity includes the scans that are on its line now [DSK3]. */
export function setDraftFields(
  doc: Y.Doc,
  act: Act,
  edit: DraftEdit,
): Result<undefined, DeskProblem> {
  const { draftId } = edit
  const entries = typedType(doc, act, draftId, edit.type)
  for (const [field, v] of Object.entries(edit.header ?? {})) {
    entries.push(entry({ part: 'header', draftId, field, device: act.device }, act, v))
  }
  for (const { lineId, fields } of edit.lines ?? []) {
    entries.push(...typedLine(readLine(doc, draftId, lineId), act, { draftId, lineId, fields }))
  }
  return write(doc, entries)
}

/** [DSK3] Adds to a line in a key of this device, so that people who scan one SKU add up. */
export function addScan(doc: Y.Doc, act: Act, scan: Scan): Result<undefined, DeskProblem> {
  const { draftId, lineId } = scan
  const state = readLine(doc, draftId, lineId)
  const count = countOf(state.scans.get(act.device)) + scan.step
  const key: DeskKey = { part: 'scan', draftId, lineId, device: act.device }
  if (!Number.isSafeInteger(count) || Math.abs(count) > limitQuantity) {
    return fail({ code: 'quantity-too-large', key: deskKeyText(key) })
  }
  return write(doc, [
    ...typedType(doc, act, draftId, scan.type),
    ...typedLine(state, act, { draftId, lineId, fields: scan.fields ?? {} }),
    entry(key, act, count),
  ])
}

/** [DSK4] Removes a line: what was done on it and not yet seen here brings it back. */
export function removeLine(
  doc: Y.Doc,
  act: Act,
  line: { readonly draftId: string; readonly lineId: string },
): Result<undefined, DeskProblem> {
  const { acts } = readLine(doc, line.draftId, line.lineId)
  const key: DeskKey = { part: 'removal', ...line, device: act.device }
  return write(doc, [{ key, value: { hlc: act.hlc, seen: Object.fromEntries(acts) } }])
}

/** Takes all keys of a draft away: after its posting is confirmed, or when it is discarded. */
export function removeDraft(doc: Y.Doc, draftId: string): void {
  const root = deskMap(doc)
  const keys = [...(deskIndex(root).keysByDraft.get(draftId) ?? [])]
  doc.transact(() => {
    for (const key of keys) root.delete(key)
  })
}

/** The draft, frozen; undefined when it is not there or its type has not arrived yet. */
export function readDraft(doc: Y.Doc, draftId: string): DeskDraft | undefined {
  return indexedDraft(deskMap(doc), draftId)
}

/** All drafts of the desk, the newest act first. */
export function listDrafts(doc: Y.Doc): readonly DeskDraft[] {
  const drafts = [...deskIndex(deskMap(doc)).keysByDraft.keys()]
    .map((draftId) => readDraft(doc, draftId))
    .filter((draft) => draft !== undefined)
  return drafts.sort((before, after) => after.hlc - before.hlc || order(before, after))
}

/** What `watchDesk` reports. */
export type DeskWatchProblem = { readonly code: 'listener-failed'; readonly error: unknown }

/** Tells after each transaction which drafts have changed, come or gone [DSK7]. Returns how to stop. */
export function watchDesk(
  doc: Y.Doc,
  onDrafts: (draftIds: ReadonlySet<string>) => void,
  onProblem?: (problem: DeskWatchProblem) => void,
): () => void {
  const root = deskMap(doc)
  const report = quietly(onProblem)
  // The index must have seen a change before the listener reads.
  deskIndex(root)

  function observe(event: Y.YMapEvent<unknown>): void {
    try {
      const keys = [...event.keysChanged].filter((key) => key !== null)
      onDrafts(new Set(keys.map(draftIdOfKey)))
    } catch (error) {
      report({ code: 'listener-failed', error })
    }
  }

  root.observe(observe)
  return () => root.unobserve(observe)
}

/** All or nothing: what the guard of another replica would refuse is refused here, unwritten. */
function write(doc: Y.Doc, entries: readonly DeskEntry[]): Result<undefined, DeskProblem> {
  const pairs = entries.map(({ key, value }) => [deskKeyText(key), value] as const)
  for (const [key, value] of pairs) {
    if (parseDeskKey(key) === undefined) return fail({ code: 'bad-desk-key', key })
    if (!isWritable(value)) return fail({ code: 'value-too-large', key })
  }
  const root = deskMap(doc)
  doc.transact(() => {
    for (const [key, value] of pairs) root.set(key, value)
  })
  return done(undefined)
}

/** A type is said once: saying it with each edit would bring back what somebody removed. */
function typedType(doc: Y.Doc, act: Act, draftId: string, type: string | undefined): DeskEntry[] {
  if (type === undefined || type === typeOf(entriesOfDraft(deskMap(doc), draftId))) return []
  return [entry({ part: 'type', draftId, device: act.device }, act, type)]
}

function typedLine(
  state: LineState,
  act: Act,
  line: { readonly draftId: string; readonly lineId: string; readonly fields: TypedFields },
): readonly DeskEntry[] {
  const { draftId, lineId } = line
  // A line that was removed and is used again starts from nothing, not from its old scans.
  const fields = state.isAlive || state.acts.size === 0 ? {} : { [scannedField]: undefined }
  return Object.entries({ ...fields, ...line.fields }).map(([field, v]) => {
    const key: DeskKey = { part: 'field', draftId, lineId, field, device: act.device }
    const typed = entry(key, act, v)
    const base = field === scannedField && state.scans.size > 0 ? { base: scanCounts(state) } : {}
    return { key, value: { ...typed.value, ...base } }
  })
}

function entry(key: DeskKey, act: Act, v: Json | undefined): DeskEntry {
  return { key, value: v === undefined ? { hlc: act.hlc } : { hlc: act.hlc, v } }
}

function readLine(doc: Y.Doc, draftId: string, lineId: string): LineState {
  return lineState(entriesOfLine(deskMap(doc), draftId, lineId))
}

function deskMap(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap<unknown>(deskRoot)
}

function order(before: DeskDraft, after: DeskDraft): number {
  return before.draftId < after.draftId ? -1 : 1
}
