/** The interned texts of one fold. Their numbers are this fold's own: nothing that leaves it holds one. */

import { Dictionary } from '#domain/ledgers/columns/dictionary.ts'
import { TextHeap } from '#domain/ledgers/columns/text-heap.ts'

export interface Names {
  /** All texts, also those that nobody looks up: record ids, legs, values. */
  readonly texts: TextHeap
  readonly branches: Dictionary
  readonly devices: Dictionary
  readonly users: Dictionary
  readonly skus: Dictionary
  readonly warehouses: Dictionary
  /** Number 0 of these three is '', none. */
  readonly batches: Dictionary
  readonly serials: Dictionary
  readonly bins: Dictionary
  readonly types: Dictionary
  readonly numbers: Dictionary
  /** Keys of documents: `{docId}@{number of the branch}`; the number of a key is the document's row. */
  readonly documents: Dictionary
  /** Keys of masters: `{entity}|{id}`; the number of a key is the master's row. */
  readonly masters: Dictionary
  readonly entities: Dictionary
  readonly fields: Dictionary
}

export type DictionaryName = Exclude<keyof Names, 'texts'>

/** Whether it is named in every record: few texts, asked for all the time. In the order of the checkpoint. */
const isRecalled: Readonly<Record<DictionaryName, boolean>> = {
  branches: true,
  devices: true,
  users: true,
  skus: true,
  warehouses: true,
  batches: false,
  serials: false,
  bins: true,
  types: true,
  numbers: false,
  documents: false,
  masters: false,
  entities: true,
  fields: true,
}

export const dictionaryNames = Object.keys(isRecalled) as readonly DictionaryName[]

export function openNames(): Names {
  const texts = new TextHeap()
  const names = namesOf(
    texts,
    (name) => new Dictionary(texts, undefined, undefined, recalledIn(name)),
  )
  for (const name of ['batches', 'serials', 'bins'] as const) names[name].intern('')
  return names
}

/** Where a dictionary of that name remembers what it was asked for, if it does. */
export function recalledIn(name: DictionaryName): Map<string, number> | undefined {
  return isRecalled[name] ? new Map() : undefined
}

/** One dictionary for each name. */
export function namesOf(
  texts: TextHeap,
  dictionaryOf: (name: DictionaryName) => Dictionary,
): Names {
  const dictionaries = dictionaryNames.map((name) => [name, dictionaryOf(name)] as const)
  return { texts, ...(Object.fromEntries(dictionaries) as Record<DictionaryName, Dictionary>) }
}

/** A document belongs to one branch: what another branch says of the same id is another document. */
export function documentKey(docId: string, branch: number): string {
  return `${docId}@${branch.toString(36)}`
}

export function docIdOf(names: Names, document: number): string {
  const key = names.documents.text(document)
  return key.slice(0, key.lastIndexOf('@'))
}

export function masterKey(entity: string, id: string): string {
  return `${entity}|${id}`
}

export function masterIdOf(names: Names, master: number): string {
  const key = names.masters.text(master)
  return key.slice(key.indexOf('|') + 1)
}
