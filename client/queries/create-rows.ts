/**
 * A long list as a table needs it: the total, and each row once it has come. Only the pages in view are
 * asked; a change re-asks what is in view and keeps showing the old rows until the new ones come.
 */
import { type Accessor, createEffect, createSignal, on } from 'solid-js'
import type {
  Page,
  PageArgs,
  QueryArgs,
  QueryName,
  QueryResult,
  Topic,
} from '#client/engine/face.ts'
import { hears, listen } from './create-query.ts'
import { engine } from './engine.ts'

/** Questions that answer in pages. */
type PagedName = {
  [Name in QueryName]: QueryResult<Name> extends Page<infer _Row> ? Name : never
}[QueryName]
type RowOf<Name extends PagedName> = QueryResult<Name> extends Page<infer Row> ? Row : never
type Filter<Name extends PagedName> = Omit<QueryArgs<Name>, keyof PageArgs>

export interface Rows<Row> {
  /** Undefined until the first answer. */
  readonly total: Accessor<number | undefined>
  readonly row: (index: number) => Row | undefined
  /** Tells which rows are in view (both ends included). */
  readonly see: (first: number, last: number) => void
}

const pageLimit = 100

export function createRows<Name extends PagedName>(
  name: Name,
  filter: Accessor<Filter<Name>>,
  topics: Accessor<readonly Topic[]>,
): Rows<RowOf<Name>> {
  const [total, setTotal] = createSignal<number | undefined>(undefined)
  const [version, setVersion] = createSignal(0)
  const pages = new Map<number, readonly RowOf<Name>[]>()
  let stale = new Set<number>()
  let generation = 0
  let firstPage = 0
  let lastPage = 0

  const ask = async (page: number): Promise<void> => {
    const mine = generation
    const args = { ...filter(), offset: page * pageLimit, limit: pageLimit } as QueryArgs<Name>
    const answer = (await engine().read(name, args)) as Page<RowOf<Name>>
    if (mine !== generation) return
    pages.set(page, answer.rows)
    stale.delete(page)
    setTotal(answer.total)
    setVersion((count) => count + 1)
  }
  const askInView = async (): Promise<void> => {
    const wanted: Promise<void>[] = []
    for (let page = firstPage; page <= lastPage; page += 1) {
      if (!pages.has(page) || stale.has(page)) wanted.push(ask(page))
    }
    await Promise.all(wanted)
  }
  createEffect(
    on(filter, () => {
      generation += 1
      pages.clear()
      stale = new Set()
      firstPage = 0
      lastPage = 0
      void askInView()
    }),
  )
  listen(
    (announced) => hears(topics(), announced),
    () => {
      stale = new Set(pages.keys())
      return askInView()
    },
  )
  return {
    total,
    row: (index) => {
      version()
      return pages.get(Math.floor(index / pageLimit))?.[index % pageLimit]
    },
    see: (first, last) => {
      firstPage = Math.floor(Math.max(0, first) / pageLimit)
      lastPage = Math.floor(Math.max(0, last) / pageLimit)
      void askInView()
    },
  }
}
