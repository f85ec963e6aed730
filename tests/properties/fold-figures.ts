/** Every figure that two folds of the same records must agree on, in an order of its own. */
import type { Audience } from '#domain/records/audience.ts'
import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import { type Fold, openFold } from '#domain/fold/fold.ts'
import { idOf } from '#tests/builders/journal-writer.ts'

export const branches = [idOf('branch', 'branch-0'), idOf('branch', 'branch-1')]

export function foldOf(entries: readonly FoldEntry[]): Fold {
  const fold = openFold()
  fold.apply(entries)
  return fold
}

/** Everything, by hashes, figures and findings. */
export function figuresOf(fold: Fold): unknown {
  return { ...goodsOf(fold), hashes: hashesOf(fold, branches), findings: fold.findings() }
}

export function hashesOf(
  fold: Fold,
  of: readonly string[],
  layers: readonly Audience[] = ['goods', 'buying'],
): readonly string[] {
  return [...of, 'all'].flatMap((branch) => layers.map((layer) => fold.hash(layer, branch)))
}

/** What lies where, what it is worth and what each leg cost. */
export function goodsOf(fold: Fold): Readonly<Record<string, unknown>> {
  return { ...stockOf(fold), costs: costsOf(fold) }
}

/** What lies where and what it is worth; nothing of what has gone. */
export function stockOf({ stock }: Fold): Readonly<Record<string, unknown>> {
  const present = <Row extends { readonly quantity: number }>(rows: Iterable<Row>) =>
    [...rows].filter(({ quantity }) => quantity !== 0)
  return {
    balances: sorted(present(stock.balances())),
    cells: sorted(
      [...new Set([...stock.balances()].map(({ sku }) => sku))].flatMap((sku) => stock.cells(sku)),
    ),
    pools: sorted(
      [...stock.pools()].filter(({ quantity, value }) => quantity !== 0 || value !== 0),
    ),
  }
}

function costsOf({ documents, stock }: Fold): unknown {
  const { rows } = documents.page({ offset: 0, limit: 10_000 })
  return sorted(rows.map(({ docId }) => ({ docId, legs: stock.costOf(docId) })))
}

function sorted(rows: readonly unknown[]): string[] {
  return rows.map((row) => JSON.stringify(row)).sort()
}
