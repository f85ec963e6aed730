/** Orders, shipments and counts of tests that speak of claims (占用, 在订), in few words. */

import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import type { ClaimKind } from '#domain/records/claim.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { classOfType } from './documents.ts'
import { idOf, type JournalWriter } from './journal-writer.ts'

export interface TestClaim {
  readonly line: string
  readonly kind: ClaimKind
  /** Base units. */
  readonly quantity: number
  readonly of?: { readonly document: string; readonly line: string }
  readonly until?: string
  readonly sku?: string
  readonly warehouse?: string
}

export interface TestOrder {
  readonly document: string
  readonly type: string
  readonly at: number
  readonly device?: string
  readonly writtenAt?: number
  readonly posting?: string
  readonly branch?: string
  readonly claims?: readonly TestClaim[]
  /** Base units that one leg moves, or counts. */
  readonly moves?: number
  readonly counts?: number
  readonly status?: string
  readonly sku?: string
  readonly warehouse?: string
}

const unit = 10_000

/** The goods part of a posting. */
export function orderRecord(writer: JournalWriter, order: TestOrder): FoldEntry {
  const { document, type, at, device = 'till', writtenAt, posting = document } = order
  const id = idOf('goods-part', posting)
  return writer.write({
    ...{ device, branch: order.branch ?? 'main', audience: 'goods', at, kind: 'posted.v1', id },
    ...(writtenAt !== undefined && { writtenAt }),
    body: {
      ...{ docId: idOf('document', document), postingId: idOf('posting', posting), type },
      ...{ number: `N-${posting}`, part: 'goods', lead: 'goods', parts: { goods: id } },
      ...{ header: {}, lines: [], legs: legsOf(order) },
      claims: (order.claims ?? []).map((claim) => claimBody(order, claim)),
    } as unknown as Json,
  })
}

function legsOf({ type, moves, counts, status, sku, warehouse }: TestOrder): Json[] {
  if (moves === undefined && counts === undefined) return []
  return [
    {
      ...{ leg: '1', sku: idOf('sku', sku ?? 'goods') },
      warehouse: idOf('warehouse', warehouse ?? 'shop'),
      quantity: (moves ?? 0) * unit,
      class: classOfType[type] ?? 'issue',
      ...(counts !== undefined && { counted: counts * unit }),
      ...(status !== undefined && { status }),
    },
  ]
}

function claimBody(order: TestOrder, claim: TestClaim): Json {
  const { line, kind, quantity, of, until } = claim
  return {
    ...{ lineId: idOf('line', line), kind, quantity: quantity * unit },
    sku: idOf('sku', claim.sku ?? order.sku ?? 'goods'),
    warehouse: idOf('warehouse', claim.warehouse ?? order.warehouse ?? 'shop'),
    ...(until !== undefined && { until }),
    ...(of !== undefined && {
      of: { docId: idOf('document', of.document), lineId: idOf('line', of.line) },
    }),
  }
}
