/**
 * How one line's goods fall into legs: one for each serial number, one for each batch that a linked
 * return takes back or that is proposed (先到期先出) where nobody has named one. Both legs of a move fall
 * into the same pieces.
 */

import type { BusinessDate } from '#domain/values/business-date.ts'
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
import { scaleRounded } from '#domain/values/rounding.ts'
import type { Goods, Movement } from './define.ts'
import { serialsOf } from './goods-fields.ts'
import type { Origin } from './links.ts'
import type { GoodsReader, Picked } from './readers.ts'

/** Part of a line; what it leaves open, the movement says. */
interface Piece {
  /** Of the whole line when it is its only piece. */
  readonly quantity: Quantity
  readonly goods: Pick<Goods, 'batch' | 'bin' | 'status'>
  /** Its place in each movement's serial numbers, −1 where it has none. */
  readonly index: number
  /** The leg that it takes back. */
  readonly origin?: Leg
}

interface Source {
  /** The day on which goods must still be usable; any goods will do without it. */
  readonly day?: BusinessDate | undefined
  /** What earlier lines of the document have taken. */
  readonly taken?: Map<string, Quantity>
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
  return movements.flatMap(({ leg, lineId, skuId, warehouseId, quantity, pair, goods, ...more }) =>
    pieces.map((piece, i): Omit<Leg, 'class'> => {
      const own = pieces.length === 1 ? lineId : (lineId ?? leg)
      return {
        ...{ leg: nameOf(leg, i), sku: skuId, warehouse: warehouseId },
        quantity: quantity < 0 ? negateQuantity(piece.quantity) : piece.quantity,
        ...(own !== undefined && { lineId: asId<LineId>(own) }),
        ...goodsOfPiece(goods ?? {}, piece, quantity < 0),
        ...(origin !== undefined &&
          pair === undefined && {
            origin: { docId: origin.docId, leg: (piece.origin ?? origin.leg).leg },
          }),
        ...(pair !== undefined && { pair: nameOf(pair, i) }),
        ...groupOfPiece(more, piece.quantity, quantity),
      }
    }),
  )
}

/** What the type states comes first; a proposal says from which bin goods leave, not where they go. */
function goodsOfPiece(stated: Goods, piece: Piece, isOut: boolean): Partial<Leg> {
  const { batch = piece.goods.batch, produced, expires, status = piece.goods.status } = stated
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
  const out = movements.find(({ quantity }) => quantity < 0)
  if (serials > 0) return serialPieces(first, serials, origin, out && source.goods)
  if (origin !== undefined) return takenBack(wanted, origin, first.goods?.batch)
  const isNumbered = movements.some(({ goods }) => goods?.batch !== undefined)
  const whole: Piece = { quantity: wanted, goods: {}, index: -1 }
  return out === undefined ? [whole] : proposed(out, wanted, isNumbered, source)
}

/** Each piece leaves from where it lies, as what it lies there. */
function serialPieces(
  { skuId, goods = {} }: Movement,
  count: number,
  origin: Origin | undefined,
  known: GoodsReader | undefined,
): readonly Piece[] {
  const serials = serialsOf(goods.serials)
  const legs = origin?.legs.map(({ leg }) => leg) ?? []
  return Array.from({ length: count }, (_, index) => {
    const serial = serials[index]
    const taken = legs.find((leg) => leg.serial === serial) ?? legs[0]
    const place = serial === undefined ? undefined : known?.placeOf(skuId, serial)
    const { warehouseId: _warehouse, ...lies } = place ?? {}
    return {
      ...{ quantity: wholeQuantity(1), goods: { ...lies, ...goodsOfOrigin(taken) }, index },
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
    pieces.push({ quantity, goods: goodsOfOrigin(leg), index: -1, origin: leg })
    left = subtractQuantity(left, quantity)
  }
  return pieces
}

/** What is under way goes on in the status in which it left; what comes back is looked at anew. */
function goodsOfOrigin(leg: Leg | undefined): Pick<Goods, 'batch' | 'status'> {
  const isUnderWay = leg?.pair !== undefined
  return {
    ...(leg?.batch !== undefined && { batch: leg.batch }),
    ...(isUnderWay && leg.status !== undefined && { status: leg.status }),
  }
}

/**
 * Of the named batch, else of what expires first: from which bins it leaves. What the stock does not
 * give goes out as it was typed.
 */
function proposed(
  { skuId, warehouseId, goods = {} }: Movement,
  wanted: Quantity,
  isNumbered: boolean,
  source: Source,
): readonly Piece[] {
  const { batch, bin, status = 'good' } = goods
  const named = isNumbered ? (batch ?? '') : undefined
  const taken = source.taken ?? new Map<string, Quantity>()
  const place = `${skuId}|${warehouseId}`
  const before = taken.get(place) ?? zeroQuantity
  const offered = source.goods?.propose({
    ...{ skuId, warehouseId, wanted: addQuantity(wanted, before) },
    ...(named === undefined && source.day !== undefined && { on: source.day }),
    ...(bin !== undefined && { bin }),
    ...(named !== undefined && { batch: named }),
    ...(status !== 'good' && { status }),
  })
  const pieces = piecesFrom(offered ?? [], wanted, taken, `${place}|${status}`)
  taken.set(place, addQuantity(before, wanted))
  return pieces
}

/** Without what earlier lines of the document have taken. */
function piecesFrom(
  offered: readonly Picked[],
  wanted: Quantity,
  taken: Map<string, Quantity>,
  place: string,
): readonly Piece[] {
  let left = wanted
  const pieces: Piece[] = []
  for (const { batch, bin, quantity } of offered) {
    const key = `${place}|${batch}|${bin}`
    const free = subtractQuantity(quantity, taken.get(key) ?? zeroQuantity)
    const own = left < free ? left : free
    if (own <= 0) continue
    const goods = { ...(batch !== '' && { batch }), ...(bin !== '' && { bin }) }
    pieces.push({ quantity: own, goods, index: -1 })
    taken.set(key, addQuantity(taken.get(key) ?? zeroQuantity, own))
    left = subtractQuantity(left, own)
  }
  return left > 0 ? [...pieces, { quantity: left, goods: {}, index: -1 }] : pieces
}

/** A weight goes with the goods: the pieces of a movement share it by quantity. */
function groupOfPiece(
  { group, share }: Pick<Movement, 'group' | 'share'>,
  piece: Quantity,
  whole: Quantity,
): Pick<Leg, 'group' | 'share'> {
  if (group === undefined) return {}
  if (share === undefined) return { group }
  return { group, share: piece === whole ? share : scaleRounded(share, piece, whole) }
}
