/**
 * 序列号生命周期 (life of a serial number), derived from the movements of its one piece: which state it
 * is in, where it lies, and which movements cannot be of the same piece [ST-14]. Such a movement keeps
 * its quantity and money; whoever came earlier keeps the number.
 */

import { branchOf, movementsOfSerial } from './tag-index.ts'
import { detailOfCell } from './place.ts'
import type { StockLedger } from './stock-ledger.ts'

/** 'none' = never here. `reserved` and `in-transit` come from claims and from transfers under way. */
export const serialStates = [
  ...(['none', 'in-stock', 'reserved', 'in-transit', 'sold', 'back-from-customer'] as const),
  ...(['back-at-supplier', 'assembled', 'written-off', 'lent', 'lost'] as const),
] as const

export type SerialState = (typeof serialStates)[number]

/** What a movement does to its piece; the type of its document decides among the ways out. */
export type SerialAct =
  | 'receive'
  | 'find'
  | 'sell'
  | 'take-back'
  | 'give-back'
  | 'assemble'
  | 'take-apart'
  | 'write-off'
  | 'lose'
  | 'lend'
  | 'end-loan'
  | 'send'
  | 'pass'
  | 'arrive'

type Ways = Readonly<Partial<Record<SerialAct, SerialState>>>

/** Every way out of the house, from a piece that is in it. */
const waysOut: Ways = {
  ...{ sell: 'sold', 'give-back': 'back-at-supplier', assemble: 'assembled' },
  ...{ 'write-off': 'written-off', lose: 'lost', lend: 'lent', send: 'in-transit' },
}

/** [SER1] The allowed transitions; what is not in the table is a conflict. */
export const serialTransitions: Readonly<Record<SerialState, Ways>> = {
  none: { receive: 'in-stock', find: 'in-stock', 'take-apart': 'in-stock' },
  'in-stock': waysOut,
  reserved: waysOut,
  'back-from-customer': waysOut,
  'in-transit': { pass: 'in-transit', arrive: 'in-stock', lose: 'lost' },
  sold: { 'take-back': 'in-stock' },
  // A supplier repairs and sends the same piece again.
  'back-at-supplier': { receive: 'in-stock' },
  assembled: { 'take-apart': 'in-stock' },
  'written-off': { find: 'in-stock' },
  lent: { 'end-loan': 'in-stock', sell: 'sold', lose: 'lost' },
  lost: { find: 'in-stock', receive: 'in-stock' },
}

/** Where a piece goes that leaves without ever having come: it has left all the same. */
const stateAfter: Readonly<Record<SerialAct, SerialState>> = {
  ...{ receive: 'in-stock', find: 'in-stock', 'take-back': 'in-stock', 'take-apart': 'in-stock' },
  ...{ arrive: 'in-stock', 'end-loan': 'in-stock', sell: 'sold', assemble: 'assembled' },
  ...{ 'give-back': 'back-at-supplier', 'write-off': 'written-off', lose: 'lost' },
  ...{ lend: 'lent', send: 'in-transit', pass: 'in-transit' },
}

export interface SerialTrouble {
  /**
   * 'came-twice', 'left-twice': it was in already, or out. 'never-came': it left before anybody received it.
   * 'elsewhere': it left a warehouse in which it does not lie.
   */
  readonly kind: 'came-twice' | 'left-twice' | 'never-came' | 'elsewhere'
  readonly movement: number
  /** What it contradicts; −1 where nothing came before. */
  readonly against: number
}

export interface SerialLife {
  readonly state: SerialState
  /** The line where it lies; −1 while it is out. */
  readonly line: number
  /** Of the movement that made the state; −1 for none. */
  readonly since: number
  readonly troubles: readonly SerialTrouble[]
}

interface Life {
  state: SerialState
  /** The state before the last movement. */
  before: SerialState
  line: number
  since: number
  readonly troubles: SerialTrouble[]
}

/** [SER2] [SER3] Follows the piece through its movements in force, of one branch or of all, in their one order. */
export function lifeOf(
  ledger: StockLedger,
  goods: { readonly sku: number; readonly serial: number; readonly branch?: number | undefined },
  actOf: (movement: number) => SerialAct,
): SerialLife {
  const life: Life = { state: 'none', before: 'none', line: -1, since: -1, troubles: [] }
  const { quantity } = ledger.movements.columns
  for (const movement of movementsOfSerial(ledger, goods.sku, goods.serial)) {
    // A count that found what was expected, or a change of value alone.
    if (quantity[movement] === 0) continue
    if (goods.branch !== undefined && branchOf(ledger, movement) !== goods.branch) continue
    follow(ledger, life, movement, actOf(movement))
  }
  return life
}

function follow(ledger: StockLedger, life: Life, movement: number, act: SerialAct): void {
  const { quantity, line, cell } = ledger.movements.columns
  const at = { line: line[movement] as number, isIn: (quantity[movement] as number) > 0 }
  const kind = troubleOf(life, act, at)
  if (kind !== undefined) life.troubles.push({ kind, movement, against: life.since })
  if (kind === 'came-twice' || kind === 'left-twice') return
  const isGood = detailOfCell(ledger, cell[movement] as number).status === 0
  const state = isGood ? undefined : stateAside(act, life.before)
  const next = serialTransitions[life.state][act]
  life.before = life.state
  life.state = state ?? next ?? stateAfter[act]
  life.line = at.isIn ? at.line : -1
  life.since = movement
}

function troubleOf(
  life: Life,
  act: SerialAct,
  { line, isIn }: { readonly line: number; readonly isIn: boolean },
): SerialTrouble['kind'] | undefined {
  if (serialTransitions[life.state][act] !== undefined) {
    return isIn || life.line === line ? undefined : 'elsewhere'
  }
  // Goods sold before the books began may come back.
  if (life.since < 0) return act === 'take-back' ? undefined : 'never-came'
  return isIn ? 'came-twice' : 'left-twice'
}

/** What a customer brought back stays so until it is found good, also when it is put elsewhere. */
function stateAside(act: SerialAct, before: SerialState): SerialState | undefined {
  const isBack = act === 'take-back' || (act === 'arrive' && before === 'back-from-customer')
  return isBack ? 'back-from-customer' : undefined
}
