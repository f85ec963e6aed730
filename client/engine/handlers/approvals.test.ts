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

const flow = {
  ...{ name: '零售审批', type: 'retail-sale' },
  steps: [{ approvers: [{ role: 'manager' }], needs: 'any', hours: 2 }],
}

/** A draft of a sale on a device whose company asks for approval of it. */
async function drafted(store = openMemoryStore()) {
  const engine = await openLoneDevice({ store })
  await enrolLone(engine)
  await stockLone(engine)
  const fields = { 'approvalFlow:f': flow }
  await act(engine, 'changeMasters', {
    changes: [
      {
        entity: 'company',
        id: lone.organization,
        fields: { name: '公司', taxpayer: 'small', ...fields },
      },
    ],
  })
  const docId = uuidv7()
  const { header, lines, type } = saleOfOne(docId)
  const typed = lines.map(({ lineId, ...line }) => ({ lineId, fields: line }))
  await act(engine, 'editDraft', { docId, type, header: { ...header, cash: 350 }, lines: typed })
  return { engine, docId }
}

const submissionOf = (engine: Engine, docId: string) =>
  engine.read('approval', { docId, language: 'zh-CN' })

it('[ENG60] what needs approval is submitted, not posted, and can be read as it was submitted', async () => {
  const { engine, docId } = await drafted()
  expect((await engine.read('draft', { docId }))?.approval).toEqual({ flow: '零售审批' })
  expect(await order(engine, 'post', { docId })).toMatchObject({
    problem: [{ code: 'approval-needed', facts: { flow: '零售审批' } }],
  })
  const { number } = await act(engine, 'submitDraft', { docId })
  const found = await submissionOf(engine, docId)
  expect(found).toMatchObject({
    ...{ number, state: 'waiting', step: 0, amount: 350, isOwn: true, isPosted: false },
    ...{ steps: [{ approvers: [{ role: 'manager' }], needs: 'any', hours: 2 }], acts: [] },
    paper: { number, rows: [expect.arrayContaining(['3.50'])] },
  })
  expect((await engine.read('stock', { offset: 0, limit: 1 })).rows[0]?.quantity ?? 0).toBe(0)
  expect(await engine.read('approvals', { which: 'own', offset: 0, limit: 9 })).toMatchObject({
    rows: [{ docId, state: 'waiting' }],
  })
})

it('[ENG60] a draft under approval stays what it is until its author takes it back', async () => {
  const { engine, docId } = await drafted()
  const first = await act(engine, 'submitDraft', { docId })
  const edit = { docId, type: 'retail-sale', header: { note: '改' } }
  const refused = { problem: [{ code: 'approval-waits' }] }
  expect(await order(engine, 'editDraft', edit)).toMatchObject(refused)
  expect(await order(engine, 'submitDraft', { docId })).toMatchObject(refused)
  const submission = (await submissionOf(engine, docId))?.submission ?? ''
  await act(engine, 'withdrawSubmission', { docId, submission, reason: '写错了' })
  expect(await submissionOf(engine, docId)).toMatchObject({
    ...{ state: 'withdrawn', acts: [{ verdict: 'withdraw', note: '写错了' }] },
  })
  await act(engine, 'editDraft', edit)
  const again = await act(engine, 'submitDraft', { docId })
  expect(again.number).toBe(first.number)
  expect(
    await order(engine, 'withdrawSubmission', { docId, submission, reason: 'x' }),
  ).toMatchObject({
    problem: [{ code: 'approval-decided' }],
  })
})

it('[ENG61] nobody decides who was not given the right, and nothing is posted unapproved', async () => {
  const { engine, docId } = await drafted()
  await act(engine, 'submitDraft', { docId })
  const found = await submissionOf(engine, docId)
  const about = { docId, submission: found?.submission ?? '', note: '' }
  expect(await order(engine, 'decide', { ...about, verdict: 'approve' })).toMatchObject({
    problem: [{ code: 'approval-not-yours' }],
  })
  expect(
    await order(engine, 'decide', { ...about, submission: 'x', verdict: 'approve' }),
  ).toMatchObject({
    problem: [{ code: 'approval-decided' }],
  })
  expect(await order(engine, 'postApproved', { docId })).toMatchObject({
    problem: [{ code: 'approval-needed' }],
  })
  expect(await engine.read('approvalCount', {})).toBe(0)
})
