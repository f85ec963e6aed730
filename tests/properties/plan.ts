/** What legs each kind of act has. */
import type { Act, Kind } from './history.ts'
import type { Planned, PlannedAdjustment, PlannedLeg, PlannedValue } from './posting.ts'

export interface Plan {
  readonly type: string
  readonly branch: string
  readonly legs: readonly PlannedLeg[]
  readonly values: readonly PlannedValue[]
  readonly adjustments?: readonly PlannedAdjustment[]
}

type Details = Pick<PlannedLeg, 'bin' | 'batch' | 'serial' | 'status'>

const firstMs = 1_767_225_600_000

/** Ms of an hour of the history. */
export function momentOf(hour: number): number {
  return firstMs + hour * 3_600_000
}

const details: readonly Details[] = [
  ...[{}, {}, {}, {}],
  ...[{ batch: 'B1' }, { batch: 'B2' }, { bin: 'b1' }, { batch: 'B1', bin: 'b1' }],
  ...[{ status: 'pending' }, { serial: 'S1' }],
]

/** Of a document of its own; undefined for an act about another one. */
export function legsOf(act: Act, origin: Planned | undefined): Plan | undefined {
  const simple = simpleTypes[act.kind]
  if (simple !== undefined) return simplePlan(act, simple)
  const make = plans[act.kind]
  return make?.(act, origin)
}

interface Simple {
  readonly type: string
  readonly class: string
  readonly sign: 1 | -1
  readonly isPriced?: boolean
}

const simpleTypes: Partial<Record<Kind, Simple>> = {
  opening: { type: 'opening-stock', class: 'opening', sign: 1, isPriced: true },
  receipt: { type: 'goods-receipt', class: 'receipt', sign: 1, isPriced: true },
  'unpriced-receipt': { type: 'goods-receipt', class: 'receipt', sign: 1 },
  sale: { type: 'shipment', class: 'issue', sign: -1 },
  'write-off': { type: 'write-off', class: 'issue', sign: -1 },
  gain: { type: 'stock-gain', class: 'count', sign: 1 },
  'free-return': { type: 'sales-return', class: 'return-in', sign: 1 },
}

const plans: Partial<Record<Kind, (act: Act, origin: Planned | undefined) => Plan | undefined>> = {
  transfer: (act) => movedPlan(act, { warehouse: warehouseOf(act, act.warehouse + 1) }),
  dispatch: (act) => movedPlan(act, { warehouse: 'transit' }),
  arrival: arrivalPlan,
  loss: (act, origin) => returnPlan(act, origin, 1, 'transfer-loss'),
  restatus: (act) => movedPlan(act, { status: 'defective' }),
  'repriced-transfer': (act) => {
    const plan = movedPlan(act, { warehouse: warehouseOf(act, act.warehouse + 1) })
    return { ...plan, values: [{ leg: '2', amount: amountOf(act) }] }
  },
  'linked-return': (act, origin) => returnPlan(act, origin, -1),
  'purchase-return': (act, origin) => returnPlan(act, origin, 1),
  assembly: (act) => groupPlan(act, [-2, -1], [1]),
  disassembly: (act) => groupPlan(act, [-1], [1, 2]),
  rework: reworkPlan,
  'by-product': byProductPlan,
  'unit-break': unitBreakPlan,
  count: (act) => countPlan(act, act.quantity * 1_000),
  'count-nothing': (act) => countPlan(act, 0),
  'value-change': valuePlan,
  invoice: (act, origin) => adjustingPlan(act, origin, 'invoice'),
  'landed-cost': (act, origin) => adjustingPlan(act, origin, 'landed'),
}

function simplePlan(act: Act, { type, class: legClass, sign, isPriced }: Simple): Plan {
  const leg = { ...legOf(act, '1', sign), class: legClass }
  const values = isPriced === true ? [{ leg: '1', amount: amountOf(act) }] : []
  return { type, branch: branchOf(act), legs: [leg], values }
}

/** Goods go somewhere else, or are called otherwise. */
function movedPlan(act: Act, to: Pick<Partial<PlannedLeg>, 'warehouse' | 'status'>): Plan {
  const out = { ...legOf(act, '1', -1), class: 'internal' }
  const inward = {
    ...out,
    ...{ leg: '2', pair: '1', quantity: 0 - out.quantity },
    ...to,
  }
  return { type: 'transfer', branch: branchOf(act), legs: [out, inward], values: [] }
}

/** Goods that a move has brought to where they are go on from there, now and then at a stated value. */
function arrivalPlan(act: Act, origin: Planned | undefined): Plan {
  const { legs, branch } = returnPlan(act, origin, 1)
  const [from] = legs
  const out = { ...from, class: 'internal' } as PlannedLeg
  const { origin: _origin, ...goods } = out
  const into = {
    ...{ ...goods, leg: '2', pair: '1', quantity: 0 - out.quantity },
    warehouse: warehouseOf(act, act.warehouse + 1),
  }
  const values = act.price % 4 === 0 ? [{ leg: '2', amount: amountOf(act) }] : []
  return { type: 'transfer-arrival', branch, legs: [out, into], values }
}

/** Takes back a leg that went out (−1) or came in (1), now and then to another place. */
function returnPlan(
  act: Act,
  origin: Planned | undefined,
  side: 1 | -1,
  type = side === 1 ? 'purchase-return' : 'sales-return',
): Plan {
  const legs = origin?.legs.filter(({ quantity }) => quantity * side > 0) ?? []
  const about = legs[act.about % Math.max(legs.length, 1)]
  const leg = {
    ...placeOf(act, about, act.detail % 3 === 0),
    class: side === 1 ? 'issue' : 'return-in',
    ...(origin !== undefined && {
      origin: { document: origin.document, leg: about?.leg ?? '1' },
    }),
  }
  const quantity = (0 - side) * (leg.serial === undefined ? act.quantity * 1_000 : 10_000)
  const branch = origin?.branch ?? branchOf(act)
  return { type, branch, legs: [{ ...leg, quantity }], values: [] }
}

/** Where the goods of `about` lay, or where they come from elsewhere. */
function placeOf(
  act: Act,
  about: PlannedLeg | undefined,
  isElsewhere: boolean,
): Omit<PlannedLeg, 'class' | 'quantity'> {
  const own = legOf(act, '1', 1)
  if (about === undefined) return own
  if (isElsewhere) return { ...own, sku: about.sku }
  const { sku, warehouse, bin, batch, serial, status } = about
  return {
    ...{ leg: '1', sku, warehouse },
    ...(bin !== undefined && { bin }),
    ...(batch !== undefined && { batch }),
    ...(serial !== undefined && { serial }),
    ...(status !== undefined && { status }),
  }
}

/** Goods that turn into others: weights of what goes out and of what comes in. */
function groupPlan(act: Act, out: readonly number[], inward: readonly number[]): Plan {
  const legs = [...out, ...inward].map((weight, index) => ({
    ...plainLeg(act, String(index + 1), act.sku + index),
    ...{ class: 'internal', group: 'g', quantity: weight * act.quantity * 1_000 },
    ...(weight > 0 && { share: weight * (1 + (act.about % 3)) }),
  }))
  const last = legs.at(-1)?.leg ?? ''
  const values = act.price % 3 === 0 ? [] : [{ leg: last, amount: act.price }]
  const type = inward.length > 1 ? 'disassembly' : 'assembly'
  return { type, branch: branchOf(act), legs, values }
}

/** An assembly that gives back some of its own component beside the product. */
function reworkPlan(act: Act): Plan {
  const legs = [-3, 1, 1].map((weight, index) => ({
    ...plainLeg(act, String(index + 1), act.sku + (index === 2 ? 1 : 0)),
    ...{ class: 'internal', group: 'g', quantity: weight * act.quantity * 1_000 },
    ...(weight > 0 && { share: index + (act.about % 3) }),
  }))
  return { type: 'assembly', branch: branchOf(act), legs, values: [] }
}

/** An assembly beside whose product other goods come out that bear a stated amount, now and then too much. */
function byProductPlan(act: Act): Plan {
  const plan = groupPlan(act, [-2], [1, 1])
  const legs = plan.legs.map((leg) => (leg.leg === '2' ? { ...leg, share: 0 } : leg))
  const fee = plan.values.map(({ amount }) => ({ leg: '3', amount }))
  return { ...plan, type: 'assembly', legs, values: [{ leg: '2', amount: amountOf(act) }, ...fee] }
}

/** 拆箱: a box of one SKU becomes bottles of another. */
function unitBreakPlan(act: Act): Plan {
  const out = { ...plainLeg(act, '1', act.sku), class: 'internal', quantity: -10_000 }
  const inward = { ...plainLeg(act, '2', act.sku + 1), class: 'internal', pair: '1' }
  const legs = [out, { ...inward, quantity: 120_000 }]
  return { type: 'unit-break', branch: branchOf(act), legs, values: [] }
}

function countPlan(act: Act, counted: number): Plan {
  const leg = legOf(act, '1', 1)
  // Of one piece there is one or none.
  const found = leg.serial === undefined || counted === 0 ? counted : 10_000
  const countedAt = act.price % 3 === 0 ? { countedAt: momentOf(act.at + (act.about % 5)) } : {}
  const count = { ...leg, class: 'count', quantity: 0, ...countedAt }
  const legs = [{ ...count, counted: found }, ...restated(act, count)]
  // Now and then of the surplus, now and then of all that is there.
  const values =
    act.price % 4 < 2 ? [{ leg: legs.at(-1)?.leg ?? '1', amount: act.price * 10_000 }] : []
  return { type: 'stock-count', branch: branchOf(act), legs, values }
}

function restated(act: Act, count: PlannedLeg): PlannedLeg[] {
  return act.about % 3 === 0 ? [{ ...count, leg: '1!' }] : []
}

function valuePlan(act: Act): Plan {
  const legs = [{ ...legOf(act, '1', 1), class: 'value', quantity: 0 }]
  const amount = (act.price - 600) * 10
  return { type: 'cost-adjustment', branch: branchOf(act), legs, values: [{ leg: '1', amount }] }
}

function adjustingPlan(
  act: Act,
  origin: Planned | undefined,
  kind: 'invoice' | 'landed',
): Plan | undefined {
  if (origin === undefined) return undefined
  const about = origin.legs[act.about % origin.legs.length]
  const amount = kind === 'invoice' ? amountOf(act) : act.price - 500
  const adjustment = {
    ...{ document: origin.document, leg: about?.leg ?? '1', kind, amount },
    ...(kind === 'invoice' && { quantity: act.quantity * 1_000 }),
  }
  const type = kind === 'invoice' ? 'purchase-invoice' : 'landed-cost'
  return { type, branch: origin.branch, legs: [], values: [], adjustments: [adjustment] }
}

function legOf(act: Act, leg: string, sign: 1 | -1): Omit<PlannedLeg, 'class'> {
  const detail: Details = details[act.detail % details.length] ?? {}
  const quantity = sign * (detail.serial === undefined ? act.quantity * 1_000 : 10_000)
  return { ...plainLeg(act, leg, act.sku), ...detail, quantity }
}

function plainLeg(act: Act, leg: string, sku: number): Omit<PlannedLeg, 'class' | 'quantity'> {
  return { leg, sku: `sku-${sku}`, warehouse: warehouseOf(act, act.warehouse) }
}

function warehouseOf(act: Act, warehouse: number): string {
  return `${['front', 'back'][warehouse % 2]}-${act.branch}`
}

function branchOf({ branch }: Act): string {
  return `branch-${branch}`
}

/** Fen. */
function amountOf({ quantity, price }: Act): number {
  return Math.round((quantity * price) / 10)
}
