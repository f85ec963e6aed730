/**
 * What was typed stays visible until the rows have caught up: an edit goes through the engine and comes back as
 * new rows some milliseconds later. Also keeps the rows that were begun and have not come back yet.
 */
import { createSignal, onCleanup } from 'solid-js'
import { createStore } from 'solid-js/store'
import type { CellValue } from './line-columns.ts'

export interface EchoedCell {
  readonly text: string
  readonly value: CellValue | undefined
  /** Its lookup is still running. */
  readonly isWaiting?: boolean
  readonly problem?: string
}

/** How long an echo outlives its edit when the rows say nothing, ms. */
const lingerMs = 400

export function createLineEcho() {
  const [cells, setCells] = createStore<Record<string, EchoedCell | undefined>>({})
  const [newKeys, setNewKeys] = createSignal<readonly string[]>([])
  const timers = new Set<ReturnType<typeof setTimeout>>()
  onCleanup(() => timers.forEach((timer) => clearTimeout(timer)))

  const id = (rowKey: string, key: string) => `${rowKey} ${key}`
  const drop = (rowKey: string, key: string) => setCells(id(rowKey, key), undefined)
  return {
    at: (rowKey: string, key: string) => cells[id(rowKey, key)],
    put: (rowKey: string, key: string, cell: EchoedCell) => setCells(id(rowKey, key), cell),
    drop,
    /** Drops the echo once the edit is through and its rows have had time to come. */
    settle: (rowKey: string, key: string, edit: Promise<unknown>) => {
      const mine = cells[id(rowKey, key)]
      const later = () => {
        const timer = setTimeout(() => {
          timers.delete(timer)
          if (cells[id(rowKey, key)]?.text === mine?.text) drop(rowKey, key)
        }, lingerMs)
        timers.add(timer)
      }
      edit.then(later, later)
    },
    newKeys,
    begin: (rowKey: string) => setNewKeys((keys) => [...keys, rowKey]),
    /** Forgets begun rows that are now among the real ones. */
    caughtUp: (isReal: (rowKey: string) => boolean) =>
      setNewKeys((keys) => (keys.some(isReal) ? keys.filter((key) => !isReal(key)) : keys)),
    forget: (rowKey: string) => setNewKeys((keys) => keys.filter((key) => key !== rowKey)),
  }
}

export type LineEcho = ReturnType<typeof createLineEcho>
