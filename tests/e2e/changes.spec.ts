/** 变动说明: a sale made offline on one device, and why the number changed on the other. */
import { readFileSync } from 'node:fs'
import { Editor } from './editor.ts'
import { expect, test } from './shop.ts'

test.use({ beginning: 'stocked' })

test('a sale made without a network on one device is explained on the other once it has synced', async ({
  office,
  openDevice,
}) => {
  const { page: desk, server } = office
  const gain = await Editor.start(desk, server.url, 'stock-gain')
  await gain.choose('报溢原因', '找回')
  await gain.typeLine(1, { product: '饮用水', quantity: '12' })
  await gain.post()
  await office.isSynced()
  const till = await openDevice()
  await till.signIn('owner')
  await till.isSynced()
  await till.isInstalled()

  await till.context.setOffline(true)
  const sale = await Editor.start(till.page, server.url, 'retail-sale')
  await sale.typeLine(1, { product: '饮用水', quantity: '5', price: '2' })
  await sale.post()
  await till.context.setOffline(false)

  await office.go('/')
  await expect(desk.getByText('同步改了 1 种商品的数')).toBeVisible({ timeout: 20_000 })
  await desk.getByRole('link', { name: '看原因' }).click()
  const change = desk.getByRole('article').filter({ hasText: '饮用水' })
  await expect(change).toContainText(/0瓶\s*→\s*7瓶/)
  await expect(change).toContainText('来了 1 张零售')
  await expect(change).toContainText('−5瓶')
  await expect(change).toContainText('本机开的 1 张单据')
  await desk.getByRole('button', { name: '全部看过' }).click()
  await expect(desk.getByText('没有新的变动')).toBeVisible()

  await office.go('/stock-at')
  await expect(desk.getByRole('row').filter({ hasText: '饮用水' })).toContainText('7瓶')
  const saving = desk.waitForEvent('download')
  await desk.getByRole('button', { name: '导出' }).click()
  const file = readFileSync(await (await saving).path(), 'utf8')
  expect(file).toMatch(/^\uFEFF.*\r\n(.*\r\n)*[^\r]*饮用水,550ml,总店,瓶,7\.0000,6\.44\r\n/u)
})
