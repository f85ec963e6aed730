/** 在途: sent at one device, taken in without a network at another, which tells the first once it has synced. */
import { uuidv7 } from 'uuidv7'
import { ask, order } from './faults/engine-talk.ts'
import { expect, test } from './shop.ts'

test.use({ beginning: 'stocked' })

test('goods that were sent are taken in offline on another device, and what is missing stays in transit', async ({
  office,
  openDevice,
}) => {
  const { page } = office
  const session = await ask(page, 'session', {})
  const { rows: products } = await ask(page, 'products', { offset: 0, limit: 1 })
  const { rows: warehouses } = await ask(page, 'masters', {
    ...{ entity: 'warehouse', offset: 0, limit: 1 },
  })
  const skuId = products[0]?.skuId ?? ''
  const warehouseId = warehouses[0]?.id ?? ''
  const backId = uuidv7()
  const back = {
    ...{ entity: 'warehouse' as const, id: backId },
    fields: { name: '后仓', branchId: session.branchId ?? '' },
  }
  expect(await order(page, 'changeMasters', { changes: [back] })).toMatchObject({ ok: true })
  const post = async (type: string, header: Readonly<Record<string, string>>) => {
    const lines = [{ lineId: uuidv7(), skuId, quantity: 100_000 }]
    const docId = uuidv7()
    const posted = await order(page, 'postDraft', { docId, type, header, lines })
    expect(posted).toMatchObject({ ok: true })
    return docId
  }
  await post('stock-gain', { warehouseId, reason: 'found' })
  const sent = await post('transfer-dispatch', { warehouseId, targetWarehouseId: backId })
  await office.isSynced()

  const till = await openDevice()
  await till.signIn('owner')
  await till.isSynced()
  await till.isInstalled()
  await till.go(`/documents/transfer-dispatch/${sent}`)
  await expect(till.page.getByRole('button', { name: '生成调拨入库单' })).toBeVisible()
  await till.context.setOffline(true)
  await till.page.getByRole('button', { name: '生成调拨入库单' }).click()
  await expect(till.page.getByRole('heading', { name: /新调拨入库单/ })).toBeVisible()
  const docId = till.page.url().split('/').at(-1) ?? ''
  await expect
    .poll(async () => (await ask(till.page, 'draft', { docId }))?.header['warehouseId'])
    .toBe(backId)
  const [line] = (await ask(till.page, 'draft', { docId }))?.lines ?? []
  expect(line).toMatchObject({ quantity: 100_000, originId: sent })
  const typed = { lines: [{ lineId: line?.lineId ?? '', fields: { quantity: 70_000 } }] }
  await order(till.page, 'editDraft', { docId, type: 'transfer-arrival', ...typed })
  await till.page.getByRole('button', { name: '过账' }).click()
  await expect(till.page.getByRole('button', { name: '红冲' })).toBeVisible()
  await till.context.setOffline(false)
  await till.isSynced()

  await office.go(`/documents/transfer-dispatch/${sent}`)
  await expect(page.getByRole('link', { name: /^DBRK/ })).toBeVisible({ timeout: 20_000 })
  const row = page.getByRole('row').filter({ hasText: products[0]?.name ?? '' })
  await expect(row).toContainText(/7瓶.*3瓶|7.*3/)
  await office.go('/stock')
  await page.getByLabel('只看').selectOption({ label: '在途' })
  await expect(page.getByRole('row').filter({ hasText: products[0]?.name ?? '' })).toContainText(
    '3',
  )
})
