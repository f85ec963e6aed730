/** 取价 for the lines of a draft: what the rules propose, what was agreed last, and whether a price is too low. */
import { completeDraft } from '#domain/doctype/complete.ts'
import { priceBelow } from '#domain/doctype/minimum-price.ts'
import type { AnyDocumentDefinition } from '#domain/doctype/define.ts'
import { textOf } from '#domain/masters/master-field.ts'
import { type PriceProposal, proposePrices } from '#domain/masters/price-proposal.ts'
import { definitionOf } from '#domain/registry.ts'
import { businessDateOf } from '#domain/values/business-date.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { instant, isInstant } from '#domain/values/instant.ts'
import { quantity } from '#domain/values/quantity.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import type { LinePrice, TradedPrice } from '#client/engine/face/face.ts'
import { consultedBy, draftDocument, readersOf } from './draft-rows.ts'
import { canRead, nameOf, type Reading } from './reading.ts'
import { partyField, tradedPrices } from './traded-prices.ts'

type Values = Readonly<Record<string, Json | undefined>>

/** A line as far as its price depends on it. */
export interface PricedLine {
  readonly definition: AnyDocumentDefinition
  readonly branch: string
  readonly header: Values
  readonly line: Values
}

/** By line of a draft; lines without goods are left out. */
export async function linePrices(
  reading: Reading,
  docId: string,
): Promise<Readonly<Record<string, LinePrice>>> {
  const { audiences } = reading.reader()
  const joined = reading.drafts.read(docId, audiences)
  const definition = definitionOf(joined?.type ?? '')
  if (joined === undefined || definition === undefined) return {}
  const draft = draftDocument(joined)
  await reading.documents.load(consultedBy(draft))
  const { branch, lines } = completeDraft(definition, draft, readersOf(reading))
  const found: Record<string, LinePrice> = {}
  for (const { lineId, ...line } of lines) {
    const { header } = joined
    const asked = { definition, branch, header, line }
    if (sideOf(reading, asked) === undefined || typeof line['skuId'] !== 'string') continue
    const last = await lastPrice(reading, asked)
    const isBelow = priceBelow(definition, { header, line }, reading.fold.masters)
    found[lineId] = {
      proposals: (await proposedPrices(reading, asked)).map(({ rule, price, listId }) => ({
        ...{ rule, price },
        ...(listId !== undefined && { listName: nameOf(reading, 'price-list', listId) }),
      })),
      ...(last !== undefined && { last }),
      ...(isBelow && { isBelowMinimum: true }),
    }
  }
  return found
}

/** [PRP1] What the rules say of a line, the first that counts first; nothing where the person may not read it. */
export async function proposedPrices(
  reading: Reading,
  asked: PricedLine,
): Promise<readonly PriceProposal[]> {
  const side = sideOf(reading, asked)
  const { header, line, branch: branchId } = asked
  const { skuId, unit, quantity: steps } = line
  if (side === undefined || typeof skuId !== 'string') return []
  const last = isLastProposed(reading) ? await lastPrice(reading, asked) : undefined
  return proposePrices(
    {
      ...{ side, skuId, branchId, day: dayOf(reading, header['at']) },
      quantity: quantity(typeof steps === 'number' ? steps : 0),
      customerId: textOf(header as Readonly<Record<string, Json>>, 'customerId'),
      ...(typeof unit === 'string' && { unit }),
      ...(last !== undefined && { last: unitPrice(last.price) }),
    },
    reading.fold.masters,
  )
}

/** What this customer paid, or this supplier took, for one such unit last. */
async function lastPrice(reading: Reading, asked: PricedLine): Promise<TradedPrice | undefined> {
  const side = sideOf(reading, asked)
  const partyId = side && asked.header[partyField[side]]
  const { skuId, unit } = asked.line
  if (side === undefined || typeof partyId !== 'string' || typeof skuId !== 'string') return
  const rows = await tradedPrices(reading, { skuId, side, partyId, limit: 20 })
  const wanted = unit ?? textOf(reading.fold.masters.get('sku', skuId) ?? {}, 'baseUnit')
  return rows.find((row) => row.unit === wanted)
}

function sideOf(reading: Reading, { definition }: PricedLine): 'sales' | 'buying' | undefined {
  const side = definition.lines['price']?.audience
  const isTraded = side === 'sales' || side === 'buying'
  return isTraded && canRead(reading, side) ? side : undefined
}

/** 上次成交价 stands before price lists only where the company wants it. */
function isLastProposed({ fold }: Reading): boolean {
  const [company] = fold.masters.list('company')
  return company !== undefined && textOf(company.fields, 'lastPrice') === 'proposed'
}

function dayOf(reading: Reading, at: Json | undefined) {
  const moment = typeof at === 'number' && isInstant(at) ? instant(at) : reading.now()
  return businessDateOf(moment, reading.reader().zone)
}
