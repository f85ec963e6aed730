/** Files as other systems write them: old Excel, GB18030, and broken ones that change nothing. */
import { readFileSync } from 'node:fs'
import { sharedData } from '#tests/builders/shared-data.ts'
import { expect, test } from './shop.ts'

test('a broken file says which row and column, and nothing is imported', async ({ openDevice }) => {
  const office = await openDevice()
  await office.setUp()
  await office.go('/import')
  const file = [
    '名称*,基本单位*,基本条码*,零售价',
    '水,瓶,2001,2.00',
    ',瓶,2002,abc',
    '茶,瓶,2001,3.00',
  ].join('\n')
  await office.page
    .getByLabel('选择文件')
    .setInputFiles({ name: '坏.csv', mimeType: 'text/csv', buffer: Buffer.from(file) })
  const problems = office.page.getByRole('grid', { name: '哪里有问题' })
  await expect(problems).toContainText('零售价')
  await expect(problems).toContainText('abc')
  await office.go('/products')
  await expect(office.page.getByText('还没有商品')).toBeVisible()
})

const template = sharedData('jsherp/goods_template.xls')
test('an old Excel template with opening stock arrives whole', async ({ openDevice }) => {
  test.skip(template === undefined, 'the shared data folder is not beside the project')
  const office = await openDevice()
  await office.setUp()
  await office.importFile('goods_template.xls', readFileSync(template ?? ''))
  await office.go('/stock')
  const rows = office.page.getByRole('row').filter({ hasText: '可乐test' })
  await expect(rows).toHaveCount(5)
  for (const row of await rows.all()) await expect(row).toContainText('10瓶')
  await office.go('/documents/opening-stock')
  await expect(office.page.getByRole('row').filter({ hasText: 'QCKC' }).first()).toBeVisible()
})
