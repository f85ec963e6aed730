/** Several tabs of one device, and harm to the one that runs the engine. */
import type { Page } from '@playwright/test'
import { draftOf, type Goods, goodsOf, heldBy, heldByServer, receiptOf } from './goods.ts'
import { armStop, type KillStep } from './kill-steps.ts'
import { Device } from '../device.ts'
import { expect, test } from '../shop.ts'
import { order } from './engine-talk.ts'

test.use({ beginning: 'stocked' })

test('[TBK1] the tab that runs the engine crashes in the middle of another tab’s post: posted once, by the next engine', async ({
  office,
}) => {
  const goods = await goodsOf(office)
  // Not yet durable: the next engine posts. Durable, not answered: the next engine knows the answer.
  const steps: readonly KillStep[] = ['transaction opened', 'complete, not answered']
  let leading = office.page
  for (const step of steps) {
    const docId = crypto.randomUUID()
    const asking = await secondTab(office, goods, docId)
    const stop = await armStop(leading, step)
    await asking.getByRole('button', { name: '过账' }).click()
    await stop.stands()
    await crash(leading)
    await expect(asking.getByRole('button', { name: '红冲' })).toBeVisible({ timeout: 30_000 })
    leading = asking
    office.page = asking
  }
  await expectPosted(office, goods, steps.length)
})

test('[TBK2] a hidden, frozen tab gives the engine up, and works on as a follower when it thaws', async ({
  office,
}) => {
  const goods = await goodsOf(office)
  const first = office.page
  const control = await office.context.newCDPSession(first)
  await control.send('Page.setWebLifecycleState', { state: 'frozen' })
  office.page = await office.context.newPage()
  await office.go('/stock')
  const posted = await order(office.page, 'postDraft', receiptOf(goods, crypto.randomUUID()))
  expect(posted).toMatchObject({ ok: true })
  await control.send('Page.setWebLifecycleState', { state: 'active' })
  await first.goto(`${office.server.url}/stock`)
  await expect(first.getByRole('row').filter({ hasText: '薯片' })).toContainText('1')
  await expectPosted(office, goods, 1)
})

test('[TBK3] an engine that stands still with the lock in its hand is replaced, and cannot write when it wakes', async ({
  office,
}) => {
  test.setTimeout(180_000)
  const goods = await goodsOf(office)
  const first = office.page
  const asking = await secondTab(office, goods, crypto.randomUUID())
  const stop = await armStop(first, 'planned, before the signature')
  await asking.getByRole('button', { name: '过账' }).click()
  await stop.stands()
  await expect(asking.getByRole('button', { name: '红冲' })).toBeVisible({ timeout: 60_000 })
  // The first one wakes after half a minute, signs, and finds that its term is over.
  await first.goto(`${office.server.url}/stock`, { timeout: 60_000 })
  await expect(first.getByRole('row').filter({ hasText: '薯片' })).toContainText('1')
  office.page = asking
  await expectPosted(office, goods, 1)
})

async function secondTab(office: Device, goods: Goods, docId: string): Promise<Page> {
  const page = await office.context.newPage()
  const device = Device.of(office.context, page, office.server)
  await device.go('/stock')
  await draftOf(device, goods, docId)
  await device.go(`/documents/goods-receipt/${docId}`)
  await expect(page.getByRole('grid', { name: '明细' })).toContainText('薯片')
  return page
}

async function crash(page: Page): Promise<void> {
  const control = await page.context().newCDPSession(page)
  const crashed = new Promise((resolve) => page.once('crash', resolve))
  control.send('Page.crash').catch(() => undefined)
  await crashed
}

async function expectPosted(office: Device, goods: Goods, count: number): Promise<void> {
  await office.go('/')
  await office.isSynced()
  const here = await heldBy(office, goods)
  expect(here).toMatchObject({ onHand: count, halves: [] })
  expect(new Set(here.numbers).size).toBe(count)
  const there = await heldByServer(office.server.url, goods)
  expect([...there.numbers].sort()).toEqual([...here.numbers].sort())
  expect(there.agreementCode).toBe(here.agreementCode)
}
