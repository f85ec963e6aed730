/** 门店间调拨: goods for another branch, sent while its device had no network and taken in while it had none again. */
import { uuidv7 } from 'uuidv7'
import { password } from './device.ts'
import { ask, order } from './faults/engine-talk.ts'
import { expect, test } from './shop.ts'

test.use({ beginning: 'stocked' })

test('goods are sent to a branch that follows its own journals alone, and both say what has arrived', async ({
  office,
  openDevice,
}) => {
  const { page } = office
  const [northId, northShop] = [uuidv7(), uuidv7()]
  const { rows: warehouses } = await ask(page, 'masters', {
    ...{ entity: 'warehouse', offset: 0, limit: 1 },
  })
  const { rows: products } = await ask(page, 'products', { offset: 0, limit: 1 })
  const [warehouseId, skuId] = [warehouses[0]?.id ?? '', products[0]?.skuId ?? '']
  const changes = [
    { entity: 'branch' as const, id: northId, fields: { code: '002', name: '北店' } },
    { entity: 'warehouse' as const, id: northShop, fields: { name: '北店仓', branchId: northId } },
  ]
  expect(await order(page, 'changeMasters', { changes })).toMatchObject({ ok: true })
  await office.isSynced()
  const roles = [{ branch: northId, role: 'manager' }]
  const keeper = { login: 'north', name: '小北', password, roles }
  expect(await order(page, 'addUser', keeper)).toMatchObject({ ok: true })

  const north = await openDevice()
  await north.signIn('north')
  await north.isSynced()
  await north.isInstalled()
  expect((await ask(north.page, 'session', {})).branches.map(({ id }) => id)).toEqual([northId])
  await north.context.setOffline(true)

  const post = async (type: string, header: Readonly<Record<string, string>>, more = {}) => {
    const docId = uuidv7()
    const lines = [{ lineId: uuidv7(), skuId, quantity: 100_000, ...more }]
    const posted = await order(page, 'postDraft', { docId, type, header, lines })
    expect(posted).toMatchObject({ ok: true })
    return docId
  }
  await post('stock-gain', { warehouseId, reason: 'found' })
  const header = { warehouseId, targetWarehouseId: northShop, expectedOn: '2026-01-01' }
  const sent = await post('transfer-dispatch', header, { transferValue: 5_000 })
  await office.isSynced()

  await north.context.setOffline(false)
  await north.go('/under-way')
  const row = north.page.getByRole('row').filter({ hasText: '北店仓' })
  await expect(row).toContainText('逾期', { timeout: 30_000 })
  await north.context.setOffline(true)
  await row.getByRole('button', { name: '收货' }).click()
  await expect(north.page.getByRole('heading', { name: /新调拨入库单/ })).toBeVisible()
  const docId = north.page.url().split('/').at(-1) ?? ''
  await expect.poll(async () => (await ask(north.page, 'draft', { docId }))?.lines.length).toBe(1)
  const [line] = (await ask(north.page, 'draft', { docId }))?.lines ?? []
  const typed = { lines: [{ lineId: line?.lineId ?? '', fields: { quantity: 70_000 } }] }
  await order(north.page, 'editDraft', { docId, type: 'transfer-arrival', ...typed })
  await north.page.getByRole('button', { name: '过账' }).click()
  await expect(north.page.getByRole('button', { name: '红冲' })).toBeVisible()
  await north.context.setOffline(false)
  await north.isSynced()

  await office.go(`/documents/transfer-dispatch/${sent}`)
  await expect(page.getByRole('link', { name: /^DBRK/ })).toBeVisible({ timeout: 30_000 })
  const goods = page.getByRole('row').filter({ hasText: products[0]?.name ?? '' })
  await expect(goods).toContainText(/7瓶.*3瓶|7.*3/)
  const stock = await ask(north.page, 'stockOf', { skuId })
  expect(stock?.byWarehouse.map(({ quantity }) => quantity).sort()).toEqual([30_000, 70_000])
})
