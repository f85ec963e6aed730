/**
 * What balances and values must be, by plain maps and lists and the slowest honest way: everything
 * sorted, everything costed from the first movement. Shares no code with the ledgers or the fold.
 */

import type { FoldEntry } from '#domain/fold/fold-entry.ts'

interface Body {
  readonly docId: string
  readonly postingId: string
  readonly part: string
  readonly lead: string
  readonly legs?: readonly PlainLeg[]
  readonly values?: readonly { readonly leg: string; readonly amount: number }[]
  readonly changes?: readonly { readonly id: string; readonly fields: Record<string, number> }[]
}

interface PlainLeg {
  readonly leg: string
  readonly sku: string
  readonly warehouse: string
  readonly quantity: number
  readonly class: string
  readonly origin?: { readonly docId: string; readonly leg: string }
  readonly pair?: string
}

interface Move {
  readonly key: string
  readonly branch: string
  readonly sku: string
  readonly warehouse: string
  readonly quantity: number
  readonly sort: readonly (string | number)[]
  readonly at: number
  readonly isReceipt: boolean
  readonly isNeutral: boolean
  readonly value?: number
  origin?: Move
}

export interface PlainState {
  /** `branch|warehouse|sku` → steps, without zeros. */
  readonly balances: Map<string, number>
  /** `branch|sku` → [steps, fen]. */
  readonly pools: Map<string, readonly [number, number]>
}

const classes = ['opening', 'receipt', 'return-in', 'count', 'issue', 'value', 'internal']

export function plainState(entries: readonly FoldEntry[]): PlainState {
  const moves = movesOf(entries)
  const balances = new Map<string, number>()
  for (const move of moves) {
    const key = `${move.branch}|${move.warehouse}|${move.sku}`
    balances.set(key, (balances.get(key) ?? 0) + move.quantity)
  }
  for (const [key, quantity] of [...balances]) if (quantity === 0) balances.delete(key)
  const byPool = new Map<string, Move[]>()
  for (const move of moves) {
    const key = `${move.branch}|${move.sku}`
    byPool.set(key, [...(byPool.get(key) ?? []), move])
  }
  const prices = pricesOf(entries)
  const pools = new Map<string, readonly [number, number]>()
  for (const [key, chain] of byPool) {
    const priceAt = (at: number) => priceOf(prices.get(key.split('|')[1] ?? '') ?? [], at)
    pools.set(key, costChain(inOrder(chain), priceAt))
  }
  return { balances, pools }
}

function bodyOf(entry: FoldEntry): Body {
  return entry.record.body as unknown as Body
}

function stamp(entry: FoldEntry): readonly (string | number)[] {
  return [entry.record.hlc, entry.record.device, entry.record.id]
}

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] === b[i]) continue
    return (a[i] as string) < (b[i] as string) ? -1 : 1
  }
  return a.length - b.length
}

function firstBy(entries: readonly FoldEntry[]): FoldEntry | undefined {
  return [...entries].sort((a, b) => compare(stamp(a), stamp(b)))[0]
}

function movesOf(entries: readonly FoldEntry[]): Move[] {
  const docIds = new Set(entries.map((entry) => bodyOf(entry).docId))
  const moves = new Map<string, Move>()
  const wanted: { move: Move; branch: string; origin: { docId: string; leg: string } }[] = []
  const mirrors: (() => void)[] = []
  for (const docId of docIds) {
    if (docId === undefined) continue
    const own = entries.filter((entry) => bodyOf(entry).docId === docId)
    const isGoods = (entry: FoldEntry) => bodyOf(entry).part === 'goods'
    const lead = firstBy(own.filter((entry) => entry.record.kind === 'posted.v1' && isGoods(entry)))
    if (lead === undefined) continue
    const { postingId, legs = [] } = bodyOf(lead)
    const isOfPosting = (entry: FoldEntry) =>
      bodyOf(entry).part === 'buying' && bodyOf(entry).postingId === postingId
    const buying =
      firstBy(own.filter((e) => e.record.kind === 'posted.v1' && isOfPosting(e))) ??
      firstBy(own.filter((e) => e.record.kind === 'part-supplied.v1' && isOfPosting(e)))
    const amounts = new Map(
      (buying ? (bodyOf(buying).values ?? []) : []).map((v) => [v.leg, v.amount]),
    )
    const paired = new Set(legs.flatMap((leg) => (leg.pair ? [leg.pair, leg.leg] : [])))
    for (const leg of legs) {
      const amount = leg.quantity > 0 ? amounts.get(leg.leg) : undefined
      const move = moveOf(lead, docId, leg, paired.has(leg.leg), amount)
      moves.set(move.key, move)
      if (leg.origin !== undefined)
        wanted.push({ move, branch: lead.record.branch, origin: leg.origin })
      const reversal = firstBy(own.filter((entry) => entry.record.kind === 'reversed.v1'))
      if (reversal !== undefined) mirrors.push(() => mirror(moves, move, reversal))
    }
  }
  const linking = new Set(wanted.map(({ move }) => move))
  for (const { move, branch, origin } of wanted) {
    const found = moves.get(`${branch}|${origin.docId}|${origin.leg}`)
    const fits = found && found.sku === move.sku && found.quantity * move.quantity < 0
    if (found && fits && !linking.has(found)) move.origin = found
  }
  for (const make of mirrors) make()
  return [...moves.values()]
}

function moveOf(
  lead: FoldEntry,
  docId: string,
  leg: PlainLeg,
  isNeutral: boolean,
  value: number | undefined,
): Move {
  const { branch, at, hlc, device } = lead.record
  const rank = classes.indexOf(leg.class)
  const side = leg.class === 'internal' ? Math.sign(leg.quantity) : 0
  return {
    key: `${branch}|${docId}|${leg.leg}`,
    ...{ branch, at, isNeutral, sku: leg.sku, warehouse: leg.warehouse, quantity: leg.quantity },
    sort: [at, rank, hlc, device, docId, side, leg.leg, 0],
    isReceipt: rank < 2,
    ...(value !== undefined && { value }),
  }
}

function mirror(moves: Map<string, Move>, of: Move, reversal: FoldEntry): void {
  const { at, hlc, device } = reversal.record
  const isInternal = of.sort[1] === 5
  const plainRank = of.quantity < 0 ? 2 : 4
  const rank = isInternal ? 5 : plainRank
  const side = isInternal ? 0 - Math.sign(of.quantity) : 0
  const key = `${of.key}|reversed`
  moves.set(key, {
    ...{ key, branch: of.branch, sku: of.sku, warehouse: of.warehouse, at },
    quantity: 0 - of.quantity,
    sort: [at, rank, hlc, device, of.sort[4] ?? '', side, of.sort[6] ?? '', 1],
    ...{ isReceipt: false, isNeutral: of.isNeutral, origin: of },
  })
}

/** A linked movement that is not later than its origin follows it directly. */
function inOrder(chain: readonly Move[]): Move[] {
  const effective = (move: Move): number =>
    move.origin === undefined ? move.at : Math.max(move.at, effective(move.origin))
  const followers = (move: Move) =>
    chain
      .filter((other) => other.origin === move && other.at <= effective(move))
      .sort((a, b) => compare(a.sort, b.sort))
  const withFollowers = (move: Move): Move[] => [move, ...followers(move).flatMap(withFollowers)]
  const isFree = (move: Move) => move.origin === undefined || move.at > effective(move.origin)
  return chain
    .filter(isFree)
    .sort((a, b) => compare(a.sort, b.sort))
    .flatMap(withFollowers)
}

function share(value: number, part: number, whole: number): number {
  const double = 2n * BigInt(value) * BigInt(part)
  const divisor = 2n * BigInt(whole)
  const half = BigInt(whole)
  return Number(double < 0n ? -((-double + half) / divisor) : (double + half) / divisor)
}

interface Short {
  readonly move: Move
  quantity: number
  value: number
}

interface Taken {
  readonly value: number
  readonly quantity: number
}

/** The pool at the end of the chain, by the rules of CO-01 … CO-12 read once more. */
function costChain(
  chain: readonly Move[],
  priceAt: (at: number) => number | undefined,
): readonly [number, number] {
  let quantity = 0
  let value = 0
  let rate: readonly [number, number] | undefined
  const shorts: Short[] = []
  const cost = new Map<Move, number>()
  const trueUp = new Map<Move, number>()
  const done: Move[] = []

  const effective = (move: Move): number =>
    move.origin === undefined ? move.at : Math.max(move.at, effective(move.origin))
  const guess = (move: Move, wanted: number): number => {
    if (rate !== undefined) return share(rate[0], wanted, rate[1])
    const price = priceAt(effective(move))
    return price === undefined ? 0 : share(price, wanted, 100_000_000)
  }
  const keep = (): void => {
    if (quantity > 0) rate = [value, quantity]
  }
  const left = (move: Move): Taken =>
    done
      .filter((child) => child.origin === move)
      .map(left)
      .reduce(
        (rest, taken) => ({
          quantity: rest.quantity - taken.quantity,
          value: rest.value - taken.value,
        }),
        {
          quantity: Math.abs(move.quantity),
          value: Math.sign(move.quantity) * (cost.get(move) ?? 0) + (trueUp.get(move) ?? 0),
        },
      )
  const original = (move: Move, wanted: number): Taken => {
    const rest = left(move.origin as Move)
    const taken = Math.min(wanted, Math.max(rest.quantity, 0))
    const worth = taken === 0 ? 0 : share(Math.max(rest.value, 0), taken, rest.quantity)
    return { quantity: taken, value: worth }
  }
  const cover = (short: Short, wanted: number): Taken => {
    const taken = Math.min(wanted, short.quantity)
    const worth = share(short.value, taken, short.quantity)
    short.quantity -= taken
    short.value -= worth
    if (short.quantity === 0) shorts.splice(shorts.indexOf(short), 1)
    quantity += taken
    value += worth
    return { quantity: taken, value: worth }
  }
  const goShort = (move: Move, wanted: number, worth: number): void => {
    quantity -= wanted
    value -= worth
    shorts.push({ move, quantity: wanted, value: worth })
  }
  const issue = (move: Move, wanted: number): number => {
    if (quantity > wanted) {
      const worth = share(value, wanted, quantity)
      quantity -= wanted
      value -= worth
      return worth
    }
    keep()
    const whole = quantity > 0 ? value : 0
    const short = wanted - Math.max(quantity, 0)
    if (quantity > 0) {
      quantity = 0
      value = 0
    }
    if (short === 0) return whole
    const worth = guess(move, short)
    goShort(move, short, worth)
    return whole + worth
  }
  const enter = (move: Move, wanted: number): number => {
    if (wanted === 0) return 0
    const worth = quantity > 0 ? share(value, wanted, quantity) : guess(move, wanted)
    quantity += wanted
    value += worth
    return worth
  }
  const coverAll = (wanted: number): Taken => {
    let taken = 0
    let worth = 0
    for (let short = shorts[0]; short !== undefined && taken < wanted; short = shorts[0]) {
      const piece = cover(short, wanted - taken)
      taken += piece.quantity
      worth += piece.value
    }
    return { quantity: taken, value: worth }
  }

  const inbound = (move: Move): number => {
    if (move.origin !== undefined) {
      const known = original(move, move.quantity)
      const own = shorts.find((short) => short.move === move.origin)
      const first = own === undefined ? { quantity: 0, value: 0 } : cover(own, move.quantity)
      const rest = coverAll(move.quantity - first.quantity)
      const covered = first.quantity + rest.quantity
      const back = Math.max(known.quantity - covered, 0)
      const worth = back === 0 ? 0 : share(known.value, back, known.quantity)
      const more = enter(move, move.quantity - covered - back)
      quantity += back
      value += worth
      return first.value + rest.value + worth + more
    }
    if (move.value === undefined) {
      const covered = coverAll(move.quantity)
      return covered.value + enter(move, move.quantity - covered.quantity)
    }
    const short = Math.min(move.quantity, Math.max(0 - quantity, 0))
    const forShort = short === 0 ? 0 : share(move.value, short, move.quantity)
    if (short > 0) rate = [move.value, move.quantity]
    let restQuantity = short
    let restValue = forShort
    while (restQuantity > 0) {
      const oldest = shorts[0] as Short
      const piece = cover(oldest, restQuantity)
      const actual = share(restValue, piece.quantity, restQuantity)
      restQuantity -= piece.quantity
      restValue -= actual
      trueUp.set(oldest.move, (trueUp.get(oldest.move) ?? 0) + actual - piece.value)
    }
    quantity += move.quantity - short
    value += move.value - forShort
    return move.value
  }

  const outbound = (move: Move): number => {
    const wanted = 0 - move.quantity
    if (move.origin === undefined) return issue(move, wanted)
    const known = original(move, wanted)
    if (quantity > known.quantity) {
      quantity -= known.quantity
      value -= Math.min(known.value, value)
    } else {
      keep()
      const short = known.quantity - Math.max(quantity, 0)
      if (quantity > 0) {
        quantity = 0
        value = 0
      }
      if (short > 0) goShort(move, short, share(known.value, short, known.quantity))
    }
    const excess = wanted - known.quantity
    return known.value + (excess === 0 ? 0 : issue(move, excess))
  }

  for (const move of chain) {
    if (move.quantity > 0 && !move.isNeutral) cost.set(move, inbound(move))
    if (move.quantity < 0 && !move.isNeutral) cost.set(move, 0 - outbound(move))
    if (quantity === 0) value = 0
    done.push(move)
  }
  return [quantity, value]
}

interface Price {
  readonly stamp: readonly (string | number)[]
  readonly at: number
  readonly price: number
}

function pricesOf(entries: readonly FoldEntry[]): Map<string, Price[]> {
  const prices = new Map<string, Price[]>()
  for (const entry of entries) {
    for (const { id, fields } of bodyOf(entry).changes ?? []) {
      const price = fields['referencePurchasePrice']
      if (price === undefined) continue
      const said = { stamp: stamp(entry), at: entry.record.at, price }
      prices.set(id, [...(prices.get(id) ?? []), said])
    }
  }
  return prices
}

function priceOf(prices: readonly Price[], at: number): number | undefined {
  const newestFirst = [...prices].sort((a, b) => compare(b.stamp, a.stamp))
  const said = newestFirst.find((price) => price.at <= at) ?? newestFirst.at(-1)
  return said === undefined || said.price <= 0 ? undefined : said.price
}
