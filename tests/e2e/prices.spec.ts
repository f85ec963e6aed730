/** A price list is pasted, changed and saved; a customer who is on it is sold at its price, and the line says why. */
import { uuidv7 } from 'uuidv7'
import { byHand } from './by-hand.ts'
import { Editor } from './editor.ts'
import { ask, order } from './faults/engine-talk.ts'
import { expect, test } from './shop.ts'

test.use({ beginning: 'stocked' })

test('a price list is pasted, and its customer sold at it', async ({ office }) => {
  const { page, server } = office
  const [listId, customerId] = [uuidv7(), uuidv7()]
  await order(page, 'changeMasters', {
    changes: [
      { entity: 'price-list', id: listId, fields: { name: '会员' } },
      { entity: 'customer', id: customerId, fields: { name: '老街茶馆', priceListId: listId } },
    ],
  })
  await page.goto(`${server.url}/masters/price-list/${listId}`)
  await page.getByRole('link', { name: '价格明细' }).click()
  await expect(page.getByRole('heading', { name: '价目表：会员' })).toBeVisible()
  const table = page.getByRole('grid', { name: '价格' })
  await expect(() =>
    table.getByRole('gridcell').first().click({ force: true, timeout: 1_000 }),
  ).toPass()
  await page.evaluate(() => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', '饮用水\t\t1.50\n薯片\t\t6.00')
    const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    document.activeElement?.dispatchEvent(paste)
  })
  await expect(table).toContainText('6.00')
  await page.getByRole('button', { name: '批量调价…' }).click()
  await page.getByLabel('百分比（降价用负数）').pressSequentially('-10', byHand)
  await page.getByRole('button', { name: '改到表里' }).click()
  await expect(table).toContainText('1.35')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('已保存 2 行价格')).toBeVisible()
  const sheet = await ask(page, 'priceSheet', { entity: 'price-list', id: listId, skuIds: [] })
  expect(sheet?.rows.map(({ price }) => price).sort()).toEqual([1_350_000, 5_400_000])

  const shipment = await Editor.start(page, server.url, 'shipment')
  await shipment.find('客户', '老街茶馆')
  await shipment.typeLine(1, { product: '饮用水', quantity: '2' })
  await expect(page.getByRole('grid', { name: '明细' })).toContainText('会员')
  await expect(page.getByRole('grid', { name: '明细' })).toContainText('2.70')
  await shipment.post()
})
