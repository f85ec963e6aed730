/** Lists the goods of a warehouse on a count, blank: one call fills one draft, or a part of it. */
import { limitLines } from '#domain/values/limits.ts'
import { done, fail } from '#domain/values/result.ts'
import { goodsKey, goodsToCount } from '#client/projections/goods-to-count.ts'
import type { CommandArgs, CommandResult } from '../face/face.ts'
import { atDraft } from './drafts.ts'
import type { Workshop } from './workshop.ts'

/** [SCT11] Goods that the draft names already stay as they are; what does not fit is for another draft. */
export async function listGoods(
  workshop: Workshop,
  { docId, type, header = {}, ...asked }: CommandArgs<'listGoods'>,
): Promise<CommandResult<'listGoods'>> {
  const at = atDraft(workshop, docId, type)
  if (!at.ok) return at
  const { work, definition, draft, branch, act } = at.value
  const warehouseId = draft?.header['warehouseId'] ?? header['warehouseId']
  if (typeof warehouseId !== 'string') return fail([{ code: 'required', field: 'warehouseId' }])
  const known = draft?.lines ?? []
  const listed = new Set(known.map(({ fields }) => goodsKey(fields)))
  const room = limitLines - known.length
  const found = goodsToCount(work.reading, {
    ...{ ...asked, warehouseId, limit: Math.min(asked.limit, room) },
    isListed: (goods) => listed.has(goodsKey({ ...goods })),
  })
  const lines = found.rows.map((fields) => ({
    lineId: workshop.ports.random.uuid(),
    fields: { ...fields },
  }))
  const { audiences } = work.actor
  const edited = work.workplace.desks.edit(act, {
    ...{ branch, docId, definition, audiences, lines },
    header: draft === undefined ? header : {},
  })
  if (!edited.ok) return edited
  const { next, share } = found
  const isFull = lines.length === room
  return done({ added: lines.length, isFull, share, ...(next !== undefined && { next }) })
}
