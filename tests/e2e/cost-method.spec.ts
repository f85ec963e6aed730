/** 成本方法转换: seen before it is said, said on one device, and held by the other. */
import { Editor } from './editor.ts'
import { expect, test } from './shop.ts'

test.use({ beginning: 'stocked' })

test('the cost method is changed from a month on, and the other device holds it', async ({
  office,
  openDevice,
}) => {
  const { page, server } = office
  const gain = await Editor.start(page, server.url, 'stock-gain')
  await gain.choose('报溢原因', '找回')
  await gain.typeLine(1, { product: '饮用水', quantity: '12' })
  await gain.post()
  await office.isSynced()

  await office.go('/settings')
  await page.getByRole('button', { name: '转换计价方法' }).click()
  // Goods have moved in this month, and the months before it are open.
  await expect(page.getByText('还没结账的门店：总店').first()).toBeVisible()
  await page.getByLabel('换成').selectOption({ label: '先进先出' })
  await expect(page.getByText('没有单据的成本会变。')).toBeVisible()
  await page.getByRole('button', { name: '转换计价方法' }).click()
  const asked = page.getByRole('dialog')
  await expect(asked).toContainText('改用先进先出？')
  await asked.getByRole('button', { name: '转换计价方法' }).click()
  await expect(page.getByText('先进先出 · 老板')).toBeVisible()

  const other = await openDevice()
  await other.signIn('owner')
  await other.isSynced()
  await other.go('/settings')
  await expect(other.page.getByText('先进先出 · 老板')).toBeVisible({ timeout: 20_000 })
})
