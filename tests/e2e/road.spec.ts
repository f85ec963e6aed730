/** The whole road: an empty server, a real file, goods received here, sold there without a network, one truth after. */
import { Editor } from './editor.ts'
import { expect, test } from './shop.ts'
import { productFile } from './stocked-shop.ts'

test('two devices, one cut off, show the same stock and cost after they meet', async ({
  openDevice,
}) => {
  const office = await openDevice()
  await office.setUp()
  await office.addUser('收银员', 'till', '业务员')
  await office.importFile('商品.csv', Buffer.from(productFile, 'utf8'))

  await office.addSupplier('华东商贸')

  const till = await openDevice()
  await till.signIn('till')
  await till.isSynced()
  await till.isInstalled()

  // Received at the office: 3 cases and 4 bottles at 0.92.
  const receipt = await Editor.start(office.page, office.server.url, 'goods-receipt')
  await receipt.typeLine(1, { product: '饮用水', quantity: '3箱4瓶', price: '0.92' })
  await receipt.find('供应商', '华东商贸')
  await receipt.choose('发票类型', '普票')
  await receipt.post()
  await office.isSynced()
  await till.expectOnHand('饮用水', '3箱4瓶')

  // Sold at the till without a network.
  await till.context.setOffline(true)
  const sale = await Editor.start(till.page, till.server.url, 'retail-sale')
  await sale.typeLine(1, { product: '饮用水', quantity: '10', price: '2' })
  const number = await sale.post()
  expect(number).toMatch(/^LSCK\d{6}-001-[0-9A-Z]{2}-0001$/)
  await expect(till.page.getByText('已存本机', { exact: true })).toBeVisible()

  await till.context.setOffline(false)
  await till.isSynced()
  await office.expectOnHand('饮用水', '2箱18瓶')
  await till.expectOnHand('饮用水', '2箱18瓶')

  // The card explains the cost: 10 × 0.92.
  await office.page.getByRole('row').filter({ hasText: '饮用水' }).dblclick()
  const card = office.page.getByRole('grid', { name: '出入库流水' })
  await expect(card).toContainText(number)
  await expect(card).toContainText('−9.20')
  await expect(card).toContainText('按移动加权平均价')
})
