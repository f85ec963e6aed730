/** 停用设备: what a till had not sent when it was shut out is handed in, seen by the owner, and adopted up to one document. */
import { uuidv7 } from 'uuidv7'
import { ask, order } from './faults/engine-talk.ts'
import { expect, test } from './shop.ts'

test.use({ beginning: 'stocked' })

test('a till that was shut out hands in its documents, the owner adopts one, and the till can be cleared', async ({
  office,
  openDevice,
}) => {
  const { page } = office
  const till = await openDevice()
  await till.signIn('owner')
  await till.isSynced()
  await till.isInstalled()
  const { device } = await ask(till.page, 'session', {})
  const { rows: products } = await ask(page, 'products', { offset: 0, limit: 1 })
  const { rows: warehouses } = await ask(page, 'masters', {
    ...{ entity: 'warehouse', offset: 0, limit: 1 },
  })
  await till.context.setOffline(true)
  for (const quantity of [50_000, 20_000]) {
    const lines = [{ lineId: uuidv7(), skuId: products[0]?.skuId ?? '', quantity }]
    const header = { warehouseId: warehouses[0]?.id ?? '', reason: 'found' }
    const gain = { docId: uuidv7(), type: 'stock-gain', header, lines }
    expect(await order(till.page, 'postDraft', gain)).toMatchObject({ ok: true })
  }
  const revoked = { device: device?.id ?? '', reason: 'lost' }
  expect(await order(page, 'revokeDevice', revoked)).toMatchObject({ ok: true })
  await till.context.setOffline(false)
  await expect(till.page.getByText('等店长决定收不收')).toBeVisible({ timeout: 20_000 })

  await office.go('/devices')
  const sheet = page.getByRole('region', { name: /停用后交来的单据/ })
  await expect(sheet.getByText('报溢单')).toHaveCount(2)
  await sheet.getByRole('button', { name: '收到这张为止' }).click()
  await page.getByRole('button', { name: '收下', exact: true }).click()
  await expect(sheet.getByText('报溢单')).toHaveCount(1)
  await office.expectOnHand(products[0]?.name ?? '', '5')
  await office.go('/devices')
  await sheet.getByRole('button', { name: '不收' }).click()
  await page.getByLabel('不收的原因').fill('停用以后做的')
  await page.getByRole('dialog').getByRole('button', { name: '不收' }).click()
  await expect(sheet.getByText(/决定不收：停用以后做的/)).toBeVisible()

  await till.page.getByRole('button', { name: '清空本机' }).click()
  await till.page.getByRole('dialog').getByRole('button', { name: '清空本机' }).click()
  await expect(till.page.getByLabel('登录名')).toBeVisible({ timeout: 20_000 })
})
