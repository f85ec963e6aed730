/** 采购发票 and 费用分摊 over several receipts: chosen from those that are still open, weighed by the products. */
import type { Page } from '@playwright/test'
import { uuidv7 } from 'uuidv7'
import { byHand } from './by-hand.ts'
import { Editor } from './editor.ts'
import { ask, order } from './faults/engine-talk.ts'
import { expect, test } from './shop.ts'
import { supplierId } from './stocked-shop.ts'

test.use({ beginning: 'stocked' })

test('one invoice bills two receipts, and freight is shared by weight', async ({ office }) => {
  const { page, server } = office
  for (const [name, quantity] of [
    ['饮用水', 240_000],
    ['薯片', 100_000],
  ] as const)
    await receive(page, name, quantity)

  const invoice = await Editor.start(page, server.url, 'purchase-invoice')
  await invoice.choose('发票类型', '专票')
  await page.getByRole('button', { name: '从采购入库单选' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('searchbox').fill('薯片')
  await expect(dialog.getByRole('listitem')).toHaveCount(1)
  await dialog.getByRole('searchbox').fill('')
  await dialog.getByRole('button', { name: '全部加入（2 张）' }).click()
  await expect(dialog.getByRole('button', { name: '已加入' })).toHaveCount(2)
  await dialog.getByRole('button', { name: '完成' }).click()
  await expect(page.getByRole('grid', { name: '明细' })).toContainText('饮用水')
  await invoice.post()

  const charge = await Editor.start(page, server.url, 'landed-cost')
  await charge.choose('费用类型', '运费')
  await page.getByRole('button', { name: '从采购入库单选' }).click()
  await dialog.getByRole('button', { name: '全部加入（2 张）' }).click()
  await dialog.getByRole('button', { name: '完成' }).click()
  await charge.choose('分摊方式', '按重量')
  await expect(page.getByLabel('计入')).toHaveValue('expense')
  await charge.choose('计入', '库存成本')
  const fee = page.getByRole('textbox', { name: '费用金额' })
  await fee.pressSequentially('34', byHand)
  await fee.press('Tab')
  const address = page.url()
  await page.getByRole('button', { name: '过账' }).click()
  await expect(page.getByText('没有填重量').first()).toBeVisible()
  await weigh(page, server.url, '饮用水', '550')
  await weigh(page, server.url, '薯片', '70')
  await page.goto(address)
  const lines = page.getByRole('grid', { name: '明细' })
  await expect(lines).toContainText('32.29')
  await expect(lines).toContainText('1.71')
  await expect(page.getByText('这会改变已有的数')).toBeVisible()
  await charge.post()
})

async function receive(page: Page, name: string, quantity: number): Promise<void> {
  const found = await ask(page, 'products', { search: name, offset: 0, limit: 1 })
  const [{ skuId } = { skuId: '' }] = found.rows
  const { rows: warehouses } = await ask(page, 'masters', {
    ...{ entity: 'warehouse', offset: 0, limit: 1 },
  })
  const posted = await order(page, 'postDraft', {
    ...{ docId: uuidv7(), type: 'goods-receipt' },
    header: { warehouseId: warehouses[0]?.id ?? '', supplierId, invoiceKind: 'none' },
    lines: [{ lineId: uuidv7(), skuId, quantity, price: 1_000_000 }],
  })
  expect(posted).toMatchObject({ ok: true })
}

async function weigh(page: Page, url: string, name: string, grams: string): Promise<void> {
  await page.goto(`${url}/products`)
  await page.getByText(name).first().click()
  await page.getByText('重量与体积').click()
  const field = page.getByRole('textbox', { name: '单重（克）' })
  await field.fill(grams)
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
}
