/** 盘点: counted on the form while the shop sells, and what the count leaves to ask. */
import { Editor } from './editor.ts'
import { expect, test } from './shop.ts'

test.use({ beginning: 'stocked' })

test('a count typed before a sale and posted after it is compared with the book of its moment', async ({
  office,
}) => {
  const { page, server } = office
  const gain = await Editor.start(page, server.url, 'stock-gain')
  await gain.choose('报溢原因', '找回')
  await gain.typeLine(1, { product: '饮用水', quantity: '12' })
  await gain.typeLine(2, { product: '薯片', quantity: '3' })
  await gain.post()

  const count = await Editor.start(page, server.url, 'stock-count')
  await count.typeCell(1, 'product', '饮用水')
  await count.typeCell(1, 'quantity', '11')
  await count.typeCell(2, 'product', '薯片')
  await count.typeCell(2, 'quantity', '0')
  await count.typeCell(3, 'product', '电池')
  const counting = page.url()

  const sale = await Editor.start(page, server.url, 'retail-sale')
  await sale.typeLine(1, { product: '饮用水', quantity: '2', price: '2' })
  await sale.post()

  await page.goto(counting)
  await expect(page.getByRole('grid', { name: '明细' })).toContainText('电池')
  await page.getByRole('button', { name: '过账' }).click()
  await expect(page.getByRole('button', { name: '红冲' })).toBeVisible()
  const water = page.getByRole('row').filter({ hasText: '饮用水' })
  await expect(water).toContainText('−1')
  await expect(water).toContainText('12')
  await office.expectOnHand('饮用水', '9瓶')
  await office.expectOnHand('薯片', '0')
})
