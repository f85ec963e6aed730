/**
 * What a desk's map says, by draft and by line, kept up to date by changed keys alone: reading one
 * draft costs what that draft is, whatever else lies on the desk.
 */

import type * as Y from 'yjs'
import { type DeskDraft, type DeskEntry, draftOf } from './desk-draft.ts'
import { type DeskKey, parseDeskKey } from './desk-key.ts'
import { deskValueOf } from './desk-value.ts'

/** Entries by key. */
type Entries = Map<string, DeskEntry>

/** INVARIANT: true after each transaction, before listeners that came later are called. */
export interface DeskIndex {
  /** Keys of the map by draft: also those that no device of ours wrote. */
  readonly keysByDraft: Map<string, Set<string>>
  /** Entries by draft, and by draft and line. */
  readonly groups: Map<string, Entries>
  /** Drafts read since they last changed. */
  readonly drafts: Map<string, DeskDraft | undefined>
}

const indexByMap = new WeakMap<Y.Map<unknown>, DeskIndex>()

/** The index of a desk's map: built once, then kept by an observer that never throws. */
export function deskIndex(root: Y.Map<unknown>): DeskIndex {
  const kept = indexByMap.get(root)
  if (kept !== undefined) return kept
  const index: DeskIndex = { keysByDraft: new Map(), groups: new Map(), drafts: new Map() }
  for (const key of root.keys()) putKey(index, key, root.get(key))
  indexByMap.set(root, index)

  function observe(event: Y.YMapEvent<unknown>): void {
    try {
      for (const key of event.keysChanged) {
        if (key !== null) putKey(index, key, root.has(key) ? root.get(key) : undefined)
      }
    } catch {
      // Whatever it was, an index built anew is true.
      indexByMap.delete(root)
      root.unobserve(observe)
    }
  }
  root.observe(observe)
  return index
}

/** Everything that was said about one draft. */
export function entriesOfDraft(root: Y.Map<unknown>, draftId: string): readonly DeskEntry[] {
  return [...(deskIndex(root).groups.get(draftId)?.values() ?? [])]
}

/** Everything that was said about one line. */
export function entriesOfLine(
  root: Y.Map<unknown>,
  draftId: string,
  lineId: string,
): readonly DeskEntry[] {
  return [...(deskIndex(root).groups.get(lineGroup(draftId, lineId))?.values() ?? [])]
}

/** The draft as it is now: the same frozen object until one of its keys changes. */
export function indexedDraft(root: Y.Map<unknown>, draftId: string): DeskDraft | undefined {
  const { drafts } = deskIndex(root)
  if (!drafts.has(draftId)) drafts.set(draftId, draftOf(draftId, entriesOfDraft(root, draftId)))
  return drafts.get(draftId)
}

/** The draft that a key belongs to, whether or not the rest of the key makes sense. */
export function draftIdOfKey(key: string): string {
  const end = key.indexOf('|')
  return end < 0 ? key : key.slice(0, end)
}

function putKey(index: DeskIndex, text: string, raw: unknown): void {
  const draftId = draftIdOfKey(text)
  index.drafts.delete(draftId)
  putIn(index.keysByDraft, draftId, text, raw !== undefined)
  const key = parseDeskKey(text)
  if (key === undefined) return
  const value = deskValueOf(raw)
  for (const group of groupsOf(key)) {
    const entries = index.groups.get(group) ?? new Map<string, DeskEntry>()
    if (value === undefined) entries.delete(text)
    else entries.set(text, { key, value })
    if (entries.size === 0) index.groups.delete(group)
    else index.groups.set(group, entries)
  }
}

function putIn(
  keysByDraft: Map<string, Set<string>>,
  draftId: string,
  key: string,
  isThere: boolean,
): void {
  const keys = keysByDraft.get(draftId) ?? new Set<string>()
  if (isThere) keys.add(key)
  else keys.delete(key)
  if (keys.size === 0) keysByDraft.delete(draftId)
  else keysByDraft.set(draftId, keys)
}

function groupsOf(key: DeskKey): readonly string[] {
  if (key.part === 'type' || key.part === 'header') return [key.draftId]
  return [key.draftId, lineGroup(key.draftId, key.lineId)]
}

function lineGroup(draftId: string, lineId: string): string {
  return `${draftId}|l|${lineId}`
}
