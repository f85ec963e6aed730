/**
 * A long list as a table needs it: the total, and each row once it has come. Only the pages in view are
 * asked; a change re-asks what is in view and keeps showing the old rows until the new ones come.
 */
import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js'
import type {
  Page,
  PageArgs,
  QueryArgs,
  QueryName,
  QueryResult,
  Topic,
} from '#client/engine/face/face.ts'
import { type Asker, makeAsker } from './asker.ts'
import { listen } from './create-query.ts'
import { engine } from './engine.ts'
import { keepEqual } from './keep-equal.ts'
import { nextFrame } from './next-frame.ts'

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
  const [version, setVersion] = createSignal(0)
  const pages = new Pages<RowOf<Name>>({
    async read(offset) {
      const args = { ...filter(), offset, limit: pageLimit } as QueryArgs<Name>
      return (await engine().read(name, args)) as Page<RowOf<Name>>
    },
    onChanged: () => setVersion((count) => count + 1),
  })
  createEffect(on(filter, () => pages.restart()))
  listen(topics, () => pages.readAgain())
  onCleanup(() => pages.stop())
  return {
    total() {
      version()
      return pages.total
    },
    row(index) {
      version()
      return pages.row(index)
    },
    see: (first, last) => pages.see(first, last),
  }
}

interface PagesEnds<Row> {
  read(offset: number): Promise<Page<Row>>
  onChanged(): void
}

interface OpenPage<Row> {
  readonly asker: Asker<number>
  rows: readonly Row[]
}

/** The pages that were in view, each asking for itself. Knows no Solid. */
class Pages<Row> {
  readonly #ends: PagesEnds<Row>
  readonly #pages = new Map<number, OpenPage<Row>>()
  #view = { first: 0, last: 0 }
  #failure: { readonly error: unknown } | undefined
  total: number | undefined

  constructor(ends: PagesEnds<Row>) {
    this.#ends = ends
  }

  row(index: number): Row | undefined {
    if (this.#failure !== undefined) throw this.#failure.error
    return this.#pages.get(pageOf(index))?.rows[index % pageLimit]
  }

  see(first: number, last: number): void {
    this.#view = { first: pageOf(first), last: pageOf(last) }
    for (let index = this.#view.first; index <= this.#view.last; index++) {
      if (!this.#pages.has(index)) this.#open(index)
    }
  }

  #open(index: number, shown: readonly Row[] = []): void {
    const page: OpenPage<Row> = {
      rows: shown,
      asker: makeAsker<number, Page<Row>>({
        read: (offset) => this.#ends.read(offset),
        onAnswer: (answer) => this.#take(page, answer),
        nextFrame,
        onFailure: (error) => {
          this.#failure = { error }
          this.#ends.onChanged()
        },
      }),
    }
    this.#pages.set(index, page)
    page.asker.ask(index * pageLimit)
  }

  #take(page: OpenPage<Row>, answer: Page<Row> | undefined): void {
    if (answer === undefined) return
    this.#failure = undefined
    page.rows = keepEqual(page.rows, answer.rows)
    this.total = answer.total
    this.#ends.onChanged()
  }

  /** Another list: what was shown stays until the first page of it comes. */
  restart(): void {
    const shown = this.#pages.get(0)?.rows
    this.#closeExcept(() => false)
    this.#view = { first: 0, last: 0 }
    this.#open(0, shown)
  }

  /** What is out of view is read when it comes into view again. */
  readAgain(): void {
    const { first, last } = this.#view
    this.#closeExcept((index) => index >= first && index <= last)
    for (const { asker } of this.#pages.values()) asker.askAgain()
  }

  stop(): void {
    this.#closeExcept(() => false)
  }

  #closeExcept(isKept: (index: number) => boolean): void {
    for (const [index, { asker }] of this.#pages) {
      if (isKept(index)) continue
      asker.stop()
      this.#pages.delete(index)
    }
  }
}

function pageOf(index: number): number {
  return Math.floor(Math.max(0, index) / pageLimit)
}
