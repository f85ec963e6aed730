/** Desks through y-indexeddb, one database per desk. Drafts may lose their last second, facts never. */
import { applyUpdate, type Doc } from 'yjs'
import { IndexeddbPersistence } from 'y-indexeddb'
import type { DeskShelf } from '../ports.ts'

const prefix = 'liancang-desk:'
/** A shelf that does not answer must not keep a person from typing. */
const limitMs = 5_000

export function indexedDbShelf(): DeskShelf {
  const kept = new Map<string, IndexeddbPersistence>()
  return {
    async bind(name, doc) {
      const persistence = new IndexeddbPersistence(prefix + name, doc)
      kept.set(name, persistence)
      const late = new Promise((resolve) => setTimeout(resolve, limitMs))
      await Promise.race([persistence.whenSynced, late])
    },
    async release(name) {
      const persistence = kept.get(name)
      kept.delete(name)
      await persistence?.destroy()
    },
    async wipe() {
      await Promise.all([...kept.values()].map((persistence) => persistence.clearData()))
      kept.clear()
    },
  }
}

/** Desks that last as long as the map that is handed in: what a disk would hold, update by update. */
export function memoryShelf(kept = new Map<string, Uint8Array[]>()): DeskShelf {
  const bound = new Map<
    string,
    { readonly doc: Doc; readonly keep: (update: Uint8Array) => void }
  >()
  return {
    async bind(name, doc) {
      const updates = kept.get(name) ?? []
      kept.set(name, updates)
      for (const update of updates) applyUpdate(doc, update)
      const keep = (update: Uint8Array) => void updates.push(update)
      doc.on('update', keep)
      bound.set(name, { doc, keep })
    },
    async release(name) {
      const binding = bound.get(name)
      bound.delete(name)
      binding?.doc.off('update', binding.keep)
    },
    async wipe() {
      kept.clear()
    },
  }
}
