/** 配方: entered on a product, filled into an assembly, and the goods that follow from it. */
import type { Page } from '@playwright/test'
import { byHand } from './by-hand.ts'
import { Editor } from './editor.ts'
import { expect, test } from './shop.ts'

test.use({ beginning: 'stocked' })

test('a recipe is entered, an assembly is filled by it and posted', async ({ office }) => {
  const { page, server } = office
  const gain = await Editor.start(page, server.url, 'stock-gain')
  await gain.choose('报溢原因', '找回')
  await gain.typeLine(1, { product: '饮用水', quantity: '24' })
  await gain.typeLine(2, { product: '薯片', quantity: '3' })
  await gain.post()

  await page.goto(`${server.url}/products`)
  await page.getByText('电池').first().click()
  await page.getByRole('link', { name: '配方' }).click()
  await typePart(page, 1, '饮用水', '2')
  await typePart(page, 2, '薯片', '0.5')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('够做 6')).toBeVisible()

  const made = await Editor.start(page, server.url, 'assembly')
  await made.find('组装成品', '电池')
  const quantity = page.getByRole('textbox', { name: '成品数量' })
  await quantity.pressSequentially('4', byHand)
  await quantity.press('Tab')
  await page.getByRole('button', { name: '按配方填入' }).click()
  await expect(page.getByRole('grid', { name: '明细' })).toContainText('薯片')
  await made.post()
  await office.expectOnHand('饮用水', '16瓶')
})

async function typePart(page: Page, row: number, name: string, quantity: string) {
  const grid = page.getByRole('grid', { name: '部件' })
  const cell = (column: number) => grid.getByRole('row').nth(row).getByRole('gridcell').nth(column)
  await expect(() => cell(0).click({ force: true, timeout: 1_000 })).toPass()
  await page.keyboard.type(name, byHand)
  await expect(page.getByRole('listbox').getByRole('option').first()).toContainText(name)
  await page.keyboard.press('Enter')
  await expect(() => cell(1).click({ force: true, timeout: 1_000 })).toPass()
  await page.keyboard.type(quantity, byHand)
  await page.keyboard.press('Enter')
}
