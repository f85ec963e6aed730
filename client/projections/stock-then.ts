/**
 * Stock of a SKU at the end of a past day in two ways (ST-17): with what is known now, and as it was believed
 * then; and the documents that make the difference.
 */
import type { QueryArgs, StockThen } from '#client/engine/face/face.ts'
import type { Store } from '#client/engine/store/store.ts'
import { receiptsUntil } from '#domain/fold/believed.ts'
import { type Fold, openFold } from '#domain/fold/fold.ts'
import { instant } from '#domain/values/instant.ts'
import { readKept } from './projector.ts'
import { canRead, type Reading } from './reading.ts'

type Source = Pick<Store, 'journals' | 'recordsOf'>

export async function stockThen(
  reading: Reading,
  source: Source,
  { skuId, at }: QueryArgs<'stockThen'>,
): Promise<StockThen> {
  if (!reading.isAllHere()) return stillToCome(reading, skuId, at)
  const before = await believedFold(source, at)
  const [known, believed] = [reading.fold, before].map((fold) => sumAt(reading, fold, skuId, at))
  const isCosted = canRead(reading, 'buying')
  const shown = ({ quantity, value }: Sum) => ({ quantity, ...(isCosted && { value }) })
  return {
    known: shown(known ?? nothing),
    believed: shown(believed ?? nothing),
    differences: differencesOf(reading, before, { skuId, at }).map(({ value, ...row }) => ({
      ...row,
      ...(isCosted && { value }),
    })),
  }
}

function stillToCome(reading: Reading, skuId: string, at: number): StockThen {
  const { quantity, value } = sumAt(reading, reading.fold, skuId, at)
  const known = { quantity, ...(canRead(reading, 'buying') && { value }) }
  return { known, believed: known, differences: [], isToCome: true }
}

interface Sum {
  readonly quantity: number
  readonly value: number
}

const nothing: Sum = { quantity: 0, value: 0 }

/** Everything is read twice: who received what when stands behind what was received. */
export async function believedFold(source: Source, at: number): Promise<Fold> {
  const receipts = receiptsUntil(at)
  await readKept(source, (entries) => receipts.note(entries))
  const fold = openFold()
  await readKept(source, (entries) => {
    fold.apply(entries.filter((entry) => receipts.isBelieved(entry)))
  })
  return fold
}

function sumAt(reading: Reading, fold: Fold, skuId: string, at: number): Sum {
  let [quantity, value] = [0, 0]
  for (const branch of reading.reader().branches) {
    const then = fold.stock.asOf(skuId, { branch }, instant(at))
    quantity += then.quantity
    value += then.value
  }
  return { quantity, value }
}

/** Documents that moved other goods, or at another cost, than was believed. */
function differencesOf(
  reading: Reading,
  before: Fold,
  { skuId, at }: QueryArgs<'stockThen'>,
): readonly (StockThen['differences'][number] & { readonly value: number })[] {
  const now = movedByDocument(reading, reading.fold, skuId, at)
  const then = movedByDocument(reading, before, skuId, at)
  return [...new Set([...now.keys(), ...then.keys()])].flatMap((docId) => {
    const [is, was] = [now.get(docId) ?? nothing, then.get(docId) ?? nothing]
    const entry = reading.fold.documents.get(docId)
    const [quantity, value] = [is.quantity - was.quantity, is.value - was.value]
    if (entry === undefined || (quantity === 0 && value === 0)) return []
    return [{ docId, type: entry.type, number: entry.number, at: entry.at, quantity, value }]
  })
}

function movedByDocument(
  reading: Reading,
  fold: Fold,
  skuId: string,
  at: number,
): Map<string, Sum> {
  const sums = new Map<string, Sum>()
  for (const branch of reading.reader().branches) {
    for (const row of fold.stock.card(skuId, { branch })) {
      if (row.at > at) break
      const known = sums.get(row.docId) ?? nothing
      sums.set(row.docId, {
        quantity: known.quantity + row.quantity,
        value: known.value + row.cost,
      })
    }
  }
  return sums
}
