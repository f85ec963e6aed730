/**
 * What kind of company a world has: how it values goods, and whether it tells them apart. Drawn from the
 * seed by a chance of its own, so that plain worlds live on as they always did.
 */
import { makeRandom } from '#domain/demonstration/random.ts'

export interface Trade {
  /** Fields of the company that it states before its first document; none: the default policy. */
  readonly policy: Readonly<Record<string, string>>
  /** Some products are tracked by batch, also with values of their own, or serial number; warehouses have bins. */
  readonly isTracked: boolean
}

export const plainTrade: Trade = { policy: {}, isTracked: false }

/** Whether it has said how it values goods. */
export function isValuing({ policy }: Trade): boolean {
  return Object.keys(policy).length > 0
}

const methods = ['moving-average', 'fifo', 'month-end', 'batch', 'serial'] as const
const scopes = ['branch', 'warehouse', 'company'] as const
const returns = ['receipt', 'receipt', 'method'] as const

/** A third of the worlds are plain; the others go through all methods and scopes in turn. */
export function tradeOf(seed: number): Trade {
  if (seed % 3 === 0) return plainTrade
  const random = makeRandom(seed + 7)
  return { ...tradeUnder(seed - Math.ceil(seed / 3), random), isTracked: random.chance(1, 2) }
}

/** The `nth` of all methods and scopes, with goods told apart. */
export function tradeUnder(nth: number, random = makeRandom(nth)): Trade {
  const policy = {
    costMethod: methods[nth % methods.length] ?? methods[0],
    costScope: scopes[Math.floor(nth / methods.length) % scopes.length] ?? scopes[0],
    purchaseReturnCost: random.pick(returns),
  }
  return { policy, isTracked: true }
}
