import { uuidv7 } from 'uuidv7'
import { expect, it } from 'vitest'
import { act } from '#tests/builders/act.ts'
import type { Engine } from '../engine.ts'
import {
  enrolLone,
  lone,
  openLoneDevice,
  order,
  saleOfOne,
  stockLone,
} from '../start/lone-device.ts'
import { openMemoryStore } from '../store/memory-store.ts'

async function soldOnce(): Promise<{ readonly engine: Engine; readonly docId: string }> {
  const engine = await openLoneDevice({ store: openMemoryStore() })
  await enrolLone(engine)
  await stockLone(engine)
  const docId = uuidv7()
  await act(engine, 'postDraft', saleOfOne(docId))
  return { engine, docId }
}

const onHand = async (engine: Engine) => {
  const { rows } = await engine.read('stock', { offset: 0, limit: 10 })
  return rows.find(({ skuId }) => skuId === lone.sku)?.quantity
}

it('[ENG41] an unapproved document opens again as a draft, and is posted under its number', async () => {
  const { engine, docId } = await soldOnce()
  const before = await engine.read('document', { docId })
  const reopened = await act(engine, 'unapprove', { docId, reason: '数量录错' })
  expect(await onHand(engine)).toBe(0)
  const draft = await engine.read('draft', reopened)
  expect(draft).toMatchObject({ reopened: { number: before?.number, version: 2 }, problems: [] })
  expect(await engine.read('document', { docId })).toMatchObject({
    state: 'unapproved',
    unapprovedBy: { reason: '数量录错', next: reopened.docId, isNextPosted: false },
  })

  const [line] = draft?.lines ?? []
  const lines = [{ lineId: line?.lineId ?? '', fields: { quantity: 30_000 } }]
  await act(engine, 'editDraft', { ...reopened, type: 'retail-sale', lines })
  const amount = Object.values((await engine.read('draft', reopened))?.derived.lines ?? {})
  expect(amount[0]).toMatchObject({ amount: 1_050 })
  await act(engine, 'editDraft', {
    ...{ ...reopened, type: 'retail-sale' },
    header: { cash: 1_050 },
  })
  const posted = await act(engine, 'post', reopened)
  expect(posted.number).toBe(before?.number)
  expect(await onHand(engine)).toBe(-30_000)
  const next = await engine.read('document', reopened)
  expect(next).toMatchObject({ version: 2, previous: { docId, version: 1 } })
  expect(next?.previous?.changes).toContainEqual(
    expect.objectContaining({ field: 'quantity', before: 10_000, after: 30_000 }),
  )
})

it('[ENG41] a draft that was thrown away is opened again from the document', async () => {
  const { engine, docId } = await soldOnce()
  const reopened = await act(engine, 'unapprove', { docId, reason: '重录' })
  await act(engine, 'discardDraft', reopened)
  expect(await engine.read('draft', reopened)).toBeUndefined()
  expect(await act(engine, 'reopenDraft', { docId })).toEqual(reopened)
  expect((await engine.read('draft', reopened))?.lines).toHaveLength(1)
  expect(await order(engine, 'unapprove', { docId, reason: '重录' })).toMatchObject({
    problem: [{ code: 'already-reversed' }],
  })
})

it('[ENG41] what an unapproval changes is shown before it is done', async () => {
  const { engine, docId } = await soldOnce()
  const impact = await engine.read('impact', { docId, act: 'unapprove' })
  expect(impact).toMatchObject({ documentCount: 0, negative: [] })
  expect(await onHand(engine)).toBe(-10_000)
})
