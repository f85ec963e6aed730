/**
 * How one line's goods fall into legs: one for each serial number, one for each batch that a linked
 * return takes back or that is proposed (先到期先出) where nobody has named one. Both legs of a move fall
 * into the same pieces.
 */

import type { BusinessDate } from '#domain/values/business-date.ts'
import { tracksOf } from '#domain/masters/product.ts'
import type { Leg } from '#domain/records/posted-body.ts'
import { asId, type LineId } from '#domain/values/ids.ts'
import {
  absQuantity,
  addQuantity,
  negateQuantity,
  type Quantity,
  subtractQuantity,
  wholeQuantity,
  zeroQuantity,
} from '#domain/values/quantity.ts'
import { productOf } from './complete-goods.ts'
import type { Goods, Movement } from './define.ts'
import { serialsOf } from './goods-fields.ts'
import type { Origin } from './links.ts'
import type { GoodsReader, MasterReader } from './readers.ts'

/** Part of a line; what it leaves open, the movement says. */
interface Piece {
  /** Of the whole line when it is its only piece. */
  readonly quantity: Quantity
  readonly goods: Pick<Goods, 'batch' | 'bin'>
  /** Its place in each movement's serial numbers, −1 where it has none. */
  readonly index: number
  /** The leg that it takes back. */
  readonly origin?: Leg
}

interface Source {
  /** The day on which goods must still be usable; any goods will do without it. */
  readonly day?: BusinessDate | undefined
  readonly masters: MasterReader
  readonly goods?: GoodsReader | undefined
}

/** [LEG4] [LEG5] The legs of all movements of a line; class is for the caller to say. */
export function legsOfLine(
  movements: readonly Movement[],
  origin: Origin | undefined,
  source: Source,
): readonly Omit<Leg, 'class'>[] {
  const pieces = piecesOf(movements, origin, source)
  const nameOf = (leg: string, i: number) => (pieces.length === 1 ? leg : `${leg}#${i + 1}`)
  return movements.flatMap(({ leg, lineId, skuId, warehouseId, quantity, pair, goods }) =>
    pieces.map((piece, i): Omit<Leg, 'class'> => {
      const own = pieces.length === 1 ? lineId : (lineId ?? leg)
      return {
        ...{ leg: nameOf(leg, i), sku: skuId, warehouse: warehouseId },
        quantity: quantity < 0 ? negateQuantity(piece.quantity) : piece.quantity,
        ...(own !== undefined && { lineId: asId<LineId>(own) }),
        ...goodsOfPiece(goods ?? {}, piece, quantity < 0),
        ...(origin !== undefined && {
          origin: { docId: origin.docId, leg: (piece.origin ?? origin.leg).leg },
        }),
        ...(pair !== undefined && { pair: nameOf(pair, i) }),
      }
    }),
  )
}

/** What the type states comes first; a proposal says from which bin goods leave, not where they go. */
function goodsOfPiece(stated: Goods, piece: Piece, isOut: boolean): Partial<Leg> {
  const { batch = piece.goods.batch, produced, expires, status } = stated
  const bin = stated.bin ?? (isOut ? piece.goods.bin : undefined)
  const serial = serialsOf(stated.serials)[piece.index]
  return {
    ...(bin !== undefined && { bin }),
    ...(batch !== undefined && { batch }),
    ...(batch !== undefined && !isOut && produced !== undefined && { produced }),
    ...(batch !== undefined && !isOut && expires !== undefined && { expires }),
    ...(serial !== undefined && { serial }),
    ...(status !== undefined && status !== 'good' && { status }),
  }
}

function piecesOf(
  movements: readonly Movement[],
  origin: Origin | undefined,
  source: Source,
): readonly Piece[] {
  const [first] = movements
  if (first === undefined) return []
  const wanted = absQuantity(first.quantity)
  const serials = Math.max(...movements.map(({ goods }) => serialsOf(goods?.serials).length))
  if (serials > 0) return serialPieces(first, serials, origin)
  if (origin !== undefined) return takenBack(wanted, origin, first.goods?.batch)
  const out = movements.find(({ quantity }) => quantity < 0)
  const whole: Piece = { quantity: wanted, goods: {}, index: -1 }
  return (out && proposed(out, wanted, source)) ?? [whole]
}

function serialPieces(
  { goods }: Movement,
  count: number,
  origin: Origin | undefined,
): readonly Piece[] {
  const serials = serialsOf(goods?.serials)
  const legs = origin?.legs.map(({ leg }) => leg) ?? []
  return Array.from({ length: count }, (_, index) => {
    const taken = legs.find(({ serial }) => serial === serials[index]) ?? legs[0]
    return {
      ...{ quantity: wholeQuantity(1), goods: batchOf(taken), index },
      ...(taken !== undefined && { origin: taken }),
    }
  })
}

/** Of the origin's legs what is left of each, those of the named batch first. */
function takenBack(wanted: Quantity, origin: Origin, batch: string | undefined): readonly Piece[] {
  const isNamed = ({ leg }: Origin['legs'][number]) => batch === undefined || leg.batch === batch
  const inOrder = [...origin.legs.filter(isNamed), ...origin.legs.filter((each) => !isNamed(each))]
  let left = wanted
  const pieces: Piece[] = []
  for (const { leg, left: ofLeg } of inOrder) {
    const quantity = left < ofLeg ? left : ofLeg
    if (quantity <= 0) continue
    pieces.push({ quantity, goods: batchOf(leg), index: -1, origin: leg })
    left = subtractQuantity(left, quantity)
  }
  return pieces
}

function batchOf(leg: Leg | undefined): Pick<Goods, 'batch'> {
  return leg?.batch === undefined ? {} : { batch: leg.batch }
}

/** Undefined where nothing is to be proposed; what the stock does not give goes out without a batch. */
function proposed(
  { skuId, warehouseId, goods = {} }: Movement,
  wanted: Quantity,
  source: Source,
): readonly Piece[] | undefined {
  const isOpen = goods.batch === undefined && (goods.status ?? 'good') === 'good'
  if (!isOpen || source.goods === undefined) return undefined
  if (!tracksOf(productOf(source.masters, skuId)).batch) return undefined
  const picks = source.goods.propose({
    ...{ skuId, warehouseId, wanted },
    ...(source.day !== undefined && { on: source.day }),
    ...(goods.bin !== undefined && { bin: goods.bin }),
  })
  const picked = picks.reduce<Quantity>(
    (sum, pick) => addQuantity(sum, pick.quantity),
    zeroQuantity,
  )
  const short = subtractQuantity(wanted, picked)
  return [
    ...picks.map(({ batch, bin, quantity }) => ({
      ...{ quantity, goods: { ...(batch && { batch }), ...(bin && { bin }) }, index: -1 },
    })),
    ...(short > 0 ? [{ quantity: short, goods: {}, index: -1 }] : []),
  ]
}
