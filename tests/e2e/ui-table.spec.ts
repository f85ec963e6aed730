/** The table of 50,000 rows, the fields, and the layers above the page. */
import { byHand } from './by-hand.ts'
import { expect, offered, scan, test } from './gallery.ts'

test('[TBL1] only visible rows exist, and the keyboard reaches all of them', async ({
  gallery,
}) => {
  const table = gallery.getByRole('grid', { name: '商品', exact: true })
  await expect(table).toHaveAttribute('aria-rowcount', '50001')
  await table.focus()
  await gallery.keyboard.press('ArrowDown')
  await gallery.keyboard.press('ArrowDown')
  await expect(table.locator('[role=row][aria-selected=true]')).toContainText('农夫山泉')
  await gallery.keyboard.press('Enter')
  await expect(gallery.getByText('打开 农夫山泉')).toBeAttached()
  await gallery.keyboard.press('End')
  await expect(table.locator('[aria-rowindex="50001"]')).toBeVisible()
  expect(await table.locator('[role=row]').count()).toBeLessThan(60)
  await gallery.keyboard.press('Home')
  await expect(table.locator('[aria-rowindex="2"]')).toBeVisible()
  // What is selected is explained beside the table.
  await expect(gallery.getByRole('complementary', { name: '为什么是这个数' })).toContainText(
    '可口可乐',
  )
})

test('[SCN2] a scan does not stay in a money field but in a barcode field it does', async ({
  gallery,
}) => {
  const money = gallery.getByLabel('优惠金额')
  await money.focus()
  await scan(gallery, '6901234567892')
  await expect(money).toHaveValue('1234.50')
  const barcode = gallery.getByLabel('条码')
  await barcode.selectText()
  await scan(gallery, '6909999999999')
  await expect(barcode).toHaveValue('6909999999999')
})

test('[FIG1] figure fields read what people write and say what they cannot read', async ({
  gallery,
}) => {
  const quantity = gallery.getByLabel('数量', { exact: true })
  await quantity.fill('1箱13瓶')
  await quantity.press('Tab')
  await expect(quantity).toHaveValue('2箱1瓶')
  const price = gallery.getByLabel('单价')
  await price.fill('１２．５')
  await price.press('Tab')
  await expect(price).toHaveValue('12.50')
  await price.fill('12.3456789')
  await price.press('Tab')
  await expect(gallery.getByRole('alert').filter({ hasText: '最多 6 位小数' })).toBeVisible()
})

test('[CMB1] the combobox takes by keyboard, leaves composition alone, restores on leaving', async ({
  gallery,
}) => {
  const goods = gallery.getByRole('combobox', { name: '商品', exact: true })
  await goods.click()
  await gallery.keyboard.type('qdpj', byHand)
  await expect(offered(gallery)).toContainText('青岛啤酒')
  await goods.dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true })
  await expect(goods).toHaveValue('qdpj')
  await gallery.keyboard.press('Enter')
  await expect(goods).toHaveValue('青岛啤酒')
  await goods.fill('没有这种东西')
  await gallery.keyboard.press('Tab')
  await expect(goods).toHaveValue('青岛啤酒')
})

test('[LAY1] a dialog takes the focus at once, closes on Escape, gives the focus back', async ({
  gallery,
}) => {
  const opener = gallery.getByRole('button', { name: '打开对话框' })
  await opener.click()
  await expect(gallery.getByRole('dialog').getByLabel('名称')).toBeFocused()
  await gallery.getByRole('dialog').getByRole('combobox', { name: '替代商品' }).click()
  await offered(gallery).click()
  await expect(gallery.getByRole('dialog')).toBeVisible()
  await gallery.keyboard.press('Escape')
  await expect(gallery.getByRole('dialog')).toBeHidden()
  await expect(opener).toBeFocused()
})
