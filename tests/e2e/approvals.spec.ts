/** 审批: an order goes from its author to the manager and, being large, to the chief buyer, who has no network; it is posted by itself. */
import AxeBuilder from '@axe-core/playwright'
import { type Page } from '@playwright/test'
import { uuidv7 } from 'uuidv7'
import { password } from './device.ts'
import { ask, order } from './faults/engine-talk.ts'
import { expect, test } from './shop.ts'
import { supplierId } from './stocked-shop.ts'

test.use({ beginning: 'stocked' })

test('an order above 5,000 is approved by two people, the second offline, and posted by itself', async ({
  office,
  openDevice,
}) => {
  const { page } = office
  const { branchId = '' } = await ask(page, 'session', {})
  const people = [
    { login: 'li', name: '李店长', role: 'manager' },
    { login: 'wang', name: '王采购', role: 'buyer' },
  ]
  for (const { role, ...person } of people) {
    const roles = [{ branch: branchId, role }]
    expect(await order(page, 'addUser', { ...person, password, roles })).toMatchObject({ ok: true })
  }

  await office.go('/approvals/flows')
  await page.getByRole('button', { name: '新建审批流' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('名称').fill('采购审批')
  await form.getByRole('button', { name: '加一步' }).click()
  await form.getByLabel('审批人').nth(1).selectOption({ label: '王采购' })
  await form.getByLabel('金额达到才走这一步').nth(1).fill('5000')
  await form.getByLabel('金额达到才走这一步').nth(1).blur()
  await form.getByRole('button', { name: '保存审批流' }).click()
  await expect(form).toBeHidden()
  await expect(page.getByRole('list', { name: '试一试' })).toContainText('李店长')
  await expect(page.getByRole('list', { name: '试一试' })).toContainText('王采购')
  expect(await violations(page)).toEqual([])

  const [product] = (await ask(page, 'products', { offset: 0, limit: 1 })).rows
  const docId = uuidv7()
  const [warehouse] = (await ask(page, 'masters', { entity: 'warehouse', offset: 0, limit: 1 }))
    .rows
  const header = { supplierId, warehouseId: warehouse?.id ?? '' }
  const fields = { skuId: product?.skuId ?? '', quantity: 20_000_000, price: 3_000_000 }
  const lines = [{ lineId: uuidv7(), fields }]
  const draft = { docId, type: 'purchase-order', header, lines }
  expect(await order(page, 'editDraft', draft)).toMatchObject({ ok: true })
  await office.go(`/documents/purchase-order/${docId}`)
  await expect(page.getByText('这张单要先审批：采购审批')).toBeVisible()
  await page.getByRole('button', { name: '提交审批' }).click()
  await expect(page.getByText('正在审批，内容不能改')).toBeVisible()
  await office.isSynced()

  const phone = await openDevice()
  await phone.page.setViewportSize({ width: 390, height: 844 })
  await phone.signIn('li')
  await phone.page.getByRole('link', { name: /采购订单/ }).click()
  await expect(phone.page.getByText(product?.name ?? '').first()).toBeVisible()
  expect(await violations(phone.page)).toEqual([])
  await phone.page.getByRole('button', { name: '同意' }).click()
  await expect(phone.page.getByText(/已同意/)).toBeVisible()
  await expect(phone.page.getByRole('button', { name: '同意' })).toBeHidden()

  const chief = await openDevice()
  await chief.signIn('wang')
  await chief.isInstalled()
  await chief.go(`/approvals/${docId}`)
  await expect(chief.page.getByRole('button', { name: '同意' })).toBeVisible()
  await chief.context.setOffline(true)
  await chief.page.getByRole('button', { name: '同意' }).click()
  await expect(chief.page.getByText(/已批准并过账/)).toBeVisible()
  expect(await ask(page, 'document', { docId })).toBeUndefined()
  await chief.context.setOffline(false)

  await expect(page.getByRole('heading', { name: '审批进度' })).toBeVisible({ timeout: 30_000 })
  expect(await ask(page, 'document', { docId })).toMatchObject({ amount: 600_000 })
  expect(
    (await ask(page, 'findings', { offset: 0, limit: 9 })).rows.map(({ code }) => code),
  ).toEqual([])
})

async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ') ?? ''}`)
}
