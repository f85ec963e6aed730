/** Where the fold and the auditor differ, in words: quantities, pools, and what each leg cost. */
import type { Fold } from '#domain/fold/fold.ts'
import type { Audit } from '#tests/oracle/audit.ts'

export interface Difference {
  /** What is compared: `pool branch|…`, `cost document|leg`. */
  readonly about: string
  readonly fold: string
  readonly auditor: string
}

export function differences(fold: Fold, audited: Audit): Difference[] {
  return [
    ...inMaps('balance', foldBalances(fold), asTexts(audited.balances)),
    ...inMaps('cell', foldCells(fold), asTexts(audited.cells)),
    ...inMaps('pool', foldPools(fold), auditedPools(audited)),
    ...inMaps('cost', foldCosts(fold, audited), auditedCosts(audited)),
  ]
}

type Texts = ReadonlyMap<string, string>

function inMaps(what: string, fold: Texts, auditor: Texts): Difference[] {
  const keys = [...new Set([...fold.keys(), ...auditor.keys()])]
  return keys
    .map((key) => ({
      about: `${what} ${key}`,
      fold: fold.get(key) ?? 'none',
      auditor: auditor.get(key) ?? 'none',
    }))
    .filter((found) => found.fold !== found.auditor)
}

function asTexts(quantities: ReadonlyMap<string, bigint>): Texts {
  return new Map([...quantities].map(([key, quantity]) => [key, String(quantity)]))
}

function foldBalances({ stock }: Fold): Texts {
  const rows = [...stock.balances()].filter(({ quantity }) => quantity !== 0)
  return new Map(
    rows.map(({ branch, warehouse, sku, quantity }) => [
      [branch, warehouse, sku].join('|'),
      String(quantity),
    ]),
  )
}

function foldCells({ stock }: Fold): Texts {
  const skus = new Set([...stock.balances()].map(({ sku }) => sku))
  const rows = [...skus].flatMap((sku) => stock.cells(sku))
  return new Map(
    rows.map(({ branch, warehouse, sku, quantity, ...detail }) => {
      const { bin = '', batch = '', serial = '', status = '' } = detail
      return [[branch, warehouse, sku, bin, batch, serial, status].join('|'), String(quantity)]
    }),
  )
}

function foldPools({ stock }: Fold): Texts {
  const pools = new Map<string, string>()
  for (const { branch, warehouse, sku, batch, serial, quantity, value } of stock.pools()) {
    if (quantity === 0 && value === 0) continue
    const key = [branch === 'all' ? '' : branch, warehouse, sku, batch, serial].join('|')
    pools.set(key, `${quantity} worth ${value}`)
  }
  return pools
}

function auditedPools({ pools }: Audit): Texts {
  return new Map(
    pools
      .filter(({ quantity, value }) => quantity !== 0n || value !== 0n)
      .map(({ name, quantity, value }) => [
        [name.branch, name.warehouse, name.sku, name.batch, name.serial].join('|'),
        `${quantity} worth ${value}`,
      ]),
  )
}

function foldCosts({ stock }: Fold, { documents }: Audit): Texts {
  const costs = new Map<string, string>()
  for (const { docId } of documents) {
    for (const { leg, quantity, cost, trueUp, difference } of stock.costOf(docId)) {
      costs.set(`${docId}|${leg}`, costText(quantity, cost, trueUp, difference))
    }
  }
  return costs
}

function auditedCosts({ movements, costOf }: Audit): Texts {
  return new Map(
    movements
      .filter(
        ({ isMirror, corrects, late }) => !isMirror && corrects === undefined && late === undefined,
      )
      .map((movement) => {
        const { cost, trueUp, difference } = costOf(movement)
        const key = `${movement.docId}|${movement.stated.leg}`
        return [key, costText(movement.quantity, cost, trueUp, difference)]
      }),
  )
}

function costText(
  quantity: number | bigint,
  cost: number | bigint,
  trueUp: number | bigint,
  difference: number | bigint,
): string {
  return `${quantity} cost ${cost} trued up ${trueUp} difference ${difference}`
}
