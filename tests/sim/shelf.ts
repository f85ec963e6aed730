/**
 * Where the desks of one machine outlive its engine: updates per desk, put together when there are many,
 * and a crash forgets the newest. Drafts may lose their last second; facts do not lie here.
 */
import * as Y from 'yjs'
import { memoryShelf } from '#client/engine/drafts/shelf.ts'
import type { DeskShelf } from '#client/engine/ports.ts'

/** Updates of one desk that are put together when there are more. */
const limitUpdates = 60

export class Shelf {
  #kept: Map<string, Uint8Array[]>

  constructor(kept: ReadonlyMap<string, readonly Uint8Array[]> = new Map()) {
    this.#kept = new Map([...kept].map(([name, updates]) => [name, [...updates]]))
  }

  /** As one run of an engine sees it. */
  open(): DeskShelf {
    this.#compact()
    return memoryShelf(this.#kept)
  }

  /** Updates by desk. */
  get content(): ReadonlyMap<string, readonly Uint8Array[]> {
    return this.#kept
  }

  /** The process dies: what it still writes goes nowhere, and `lost` updates of each desk are forgotten. */
  crash(lost: number): void {
    this.#kept = new Map(
      [...this.#kept].map(([name, updates]) => [
        name,
        updates.slice(0, Math.max(0, updates.length - lost)),
      ]),
    )
  }

  #compact(): void {
    for (const [name, updates] of this.#kept) {
      if (updates.length <= limitUpdates) continue
      this.#kept.set(name, [Y.encodeStateAsUpdate(deskOf(updates))])
    }
  }
}

/** A desk as its updates make it. */
export function deskOf(updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  Y.transact(doc, () => {
    for (const update of updates) Y.applyUpdate(doc, update)
  })
  return doc
}
