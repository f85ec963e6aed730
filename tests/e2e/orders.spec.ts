/** 订单: carried out in parts, and what is promised shows where stock is looked at; axe finds nothing there. */
import AxeBuilder from '@axe-core/playwright'
import { uuidv7 } from 'uuidv7'
import { ask, order } from './faults/engine-talk.ts'
import { expect, test } from './shop.ts'

test.use({ beginning: 'stocked' })

test('a shipment begun from an order proposes what is open, and stock shows what is promised', async ({
  office,
}) => {
  const { page } = office
  const { rows: products } = await ask(page, 'products', { offset: 0, limit: 2 })
  const { rows: warehouses } = await ask(page, 'masters', {
    ...{ entity: 'warehouse', offset: 0, limit: 1 },
  })
  const header = { warehouseId: warehouses[0]?.id ?? '', isBackorder: 1 }
  const lines = products.map(({ skuId }) => ({
    ...{ lineId: uuidv7(), skuId, quantity: 80_000, price: 3_000_000 },
  }))
  const orderId = uuidv7()
  const posted = { docId: orderId, type: 'sales-order', header, lines }
  expect(await order(page, 'postDraft', posted)).toMatchObject({ ok: true })
  const taken = lines.map((line, i) => ({
    ...{ ...line, lineId: uuidv7(), quantity: i === 0 ? 80_000 : 30_000 },
    ...{ orderId, orderLineId: line.lineId },
  }))
  const shipment = { docId: uuidv7(), type: 'shipment', lines: taken }
  expect(
    await order(page, 'postDraft', { ...shipment, header: { warehouseId: header.warehouseId } }),
  ).toMatchObject({ ok: true })

  await office.go(`/documents/sales-order/${orderId}`)
  await expect(page.getByRole('link', { name: /^XSCK/ })).toBeVisible()
  expect(await violations()).toEqual([])
  await page.getByRole('button', { name: '生成销售出库单' }).click()
  await expect(page.getByRole('heading', { name: /新销售出库单/ })).toBeVisible()
  const docId = page.url().split('/').at(-1) ?? ''
  await expect
    .poll(async () => (await ask(page, 'draft', { docId }))?.lines.map(({ quantity }) => quantity))
    .toEqual([50_000])
  await page.getByRole('button', { name: '补录以前的' }).click()
  await expect(page.getByLabel('业务时间')).toBeVisible()
  expect(await violations()).toEqual([])

  await office.go('/stock')
  await expect(page.getByRole('columnheader', { name: '占用' })).toBeVisible()
  await page.getByLabel('只看').selectOption({ label: '缺货待处理' })
  await expect(page.getByRole('row').filter({ hasText: products[1]?.name ?? '' })).toBeVisible()
  expect(await violations()).toEqual([])
  await office.go(`/stock/${products[1]?.skuId ?? ''}`)
  await expect(page.getByRole('link', { name: /^销售订单/ })).toBeVisible()
  expect(await violations()).toEqual([])

  await office.go('/ages')
  await expect(page.getByRole('heading', { name: '库龄' })).toBeVisible()
  expect(await violations()).toEqual([])

  async function violations(): Promise<string[]> {
    const found = await new AxeBuilder({ page }).setLegacyMode().analyze()
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ') ?? ''}`)
  }
})
