/** 反审核: a receipt is opened again, corrected and posted under its number; another device shows the same stock. */
import { uuidv7 } from 'uuidv7'
import { Editor } from './editor.ts'
import { ask, order } from './faults/engine-talk.ts'
import { expect, test } from './shop.ts'

test.use({ beginning: 'stocked' })

test('a posted gain is unapproved, changed and posted as version 2', async ({
  office,
  openDevice,
}) => {
  const { page } = office
  const { rows: products } = await ask(page, 'products', { offset: 0, limit: 1 })
  const { rows: warehouses } = await ask(page, 'masters', {
    ...{ entity: 'warehouse', offset: 0, limit: 1 },
  })
  const [product] = products
  const docId = uuidv7()
  const header = { warehouseId: warehouses[0]?.id ?? '', reason: 'found' }
  const lines = [{ lineId: uuidv7(), skuId: product?.skuId ?? '', quantity: 100_000 }]
  const posted = await order(page, 'postDraft', { docId, type: 'stock-gain', header, lines })
  expect(posted).toMatchObject({ ok: true })
  const before = await ask(page, 'document', { docId })

  await office.go(`/documents/stock-gain/${docId}`)
  await page.getByRole('button', { name: '反审核' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('原因').fill('数量录错')
  await dialog.getByRole('button', { name: '反审核' }).click()
  await expect(page.getByText(`${before?.number} 的第 2 版`)).toBeVisible()
  const editor = new Editor(page)
  await expect(editor.cell(1, 'product')).toContainText(product?.name ?? '')
  await editor.typeCell(1, 'quantity', '12')
  await editor.post()
  await expect(page.getByText(`${before?.number} · 第 2 版`)).toBeVisible()
  await expect(page.getByText('与第 1 版的不同')).toBeVisible()

  await page.getByRole('link', { name: '看第 1 版' }).click()
  await expect(page.getByText(/反审核/).first()).toBeVisible()
  await expect(page.getByRole('button', { name: '看第 2 版' })).toBeVisible()

  const other = await openDevice()
  await other.signIn('owner')
  await other.expectOnHand(product?.name ?? '', '12')
})
