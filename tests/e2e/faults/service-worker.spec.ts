/**
 * New versions, half versions, broken versions and none: what a person at work sees of them, and that documents
 * and drafts stay. Old and new build, with and without a network, files missing, answered wrongly, or evicted.
 */
import type { Page } from '@playwright/test'
import { Editor } from '../editor.ts'
import type { Device } from '../device.ts'
import { expect, test } from '../shop.ts'
import { ask } from './engine-talk.ts'
import { oneBag } from './goods.ts'
import { Release } from './release.ts'
import { shoot } from './shoot.ts'

test.use({ beginning: 'stocked' })

test('[SWK1] a version that comes while a draft is open and a post is in flight disturbs neither', async ({
  office,
}) => {
  const release = new Release(office.server)
  const { page, server } = office
  const draft = await Editor.start(page, server.url, 'stock-gain')
  await draft.choose('报溢原因', '找回')
  await draft.typeLine(1, { product: '薯片', quantity: '7' })
  release.publish(release.asset('settings-'), later)
  await lookForUpdate(page)
  const offer = page.getByRole('button', { name: '现在更新' })
  await expect(offer).toBeVisible()
  await Promise.all([page.getByRole('button', { name: '过账' }).click(), offer.click()])
  await expect(page.getByText('新版本已准备好')).toBeHidden()
  // Posted before the page went, or still a draft and posted by hand: once in any case.
  const post = page.getByRole('button', { name: '过账' })
  const reverse = page.getByRole('button', { name: '红冲' })
  await expect(post.or(reverse)).toBeVisible()
  await expect(page.getByText('薯片').first()).toBeVisible()
  if (await post.isVisible()) await post.click()
  await expect(reverse).toBeVisible()
  await office.expectOnHand('薯片', '7')
  await office.go('/settings')
  await expect.poll(() => page.evaluate(() => 'isLater' in globalThis)).toBe(true)
})

test('[SWK2] a tab left behind by an update says so on the screen whose program is gone, and opens it anew', async ({
  office,
}) => {
  const release = new Release(office.server)
  const { page, context, server } = office
  const behind = await context.newPage()
  await behind.goto(`${server.url}/stock`)
  await expect(behind.getByRole('heading', { name: '库存' })).toBeVisible()
  release.publish(release.asset('findings-'), later)
  await lookForUpdate(page)
  await page.getByRole('button', { name: '现在更新' }).click()
  await expect(behind.getByText('新版本已准备好')).toBeVisible()
  const control = await context.newCDPSession(behind)
  await control.send('Network.clearBrowserCache')
  await behind.getByRole('link', { name: '异常', exact: true }).first().click()
  await expect(behind.getByRole('alert')).toContainText('这一页的程序没有取到')
  await shoot(behind, 'missing-file')
  await behind.getByRole('button', { name: '重新打开' }).click()
  await expect(behind.getByRole('heading', { name: '异常' })).toBeVisible()
})

test('[SWK3] a release of which a file is missing, or answered by somebody else, is never installed', async ({
  office,
}) => {
  const release = new Release(office.server)
  const { page, server } = office
  const started = await ask(page, 'session', {})
  release.publish(release.asset('settings-'), later)
  const portal = '<!doctype html><title>Welcome to the Wi-Fi</title><p>Please sign in.</p>'
  release.write(release.asset('settings-'), portal)
  await lookForUpdate(page)
  await expect.poll(() => hasComing(page)).toBe(false)
  await server.stop()
  await office.go('/settings')
  await expect(page.getByRole('heading', { name: '设置' })).toBeVisible()
  await expect(page.getByText('新版本已准备好')).toBeHidden()
  expect(await ask(page, 'session', {})).toEqual(started)
})

test('[SWK4] a version that dies at its start says so calmly, and the repaired one opens by itself', async ({
  office,
}) => {
  const release = new Release(office.server)
  const { page } = office
  await gainFive(office)
  const repair = release.publish(release.asset('index-'), dies)
  await lookForUpdate(page)
  await page.getByRole('button', { name: '现在更新' }).click()
  const panel = page.getByRole('alert').filter({ hasText: '连仓没能启动' })
  await expect(panel).toContainText('单据和草稿都在这台设备上')
  await shoot(page, 'broken-version')
  repair()
  await expect(panel).toBeHidden({ timeout: 60_000 })
  await office.expectOnHand('薯片', '5')
})

test('[SWK5] a version whose engine dies says that the books cannot be opened; the repaired one is offered', async ({
  office,
}) => {
  const release = new Release(office.server)
  const { page } = office
  const repair = release.publish(release.asset('browser-engine-'), dies)
  await lookForUpdate(page)
  await page.getByRole('button', { name: '现在更新' }).click()
  await expect(page.getByText('程序文件不完整，账目打不开')).toBeVisible()
  await shoot(page, 'broken-engine')
  repair()
  await lookForUpdate(page)
  await page.getByRole('button', { name: '现在更新' }).click()
  // The page reloads by itself; going elsewhere before it has would be torn off.
  await expect(page.getByText('程序文件不完整，账目打不开')).toBeHidden()
  await office.go('/stock')
  await expect(page.getByRole('heading', { name: '库存' })).toBeVisible()
  expect((await ask(page, 'products', { offset: 0, limit: 10 })).total).toBe(3)
})

test('[SWK6] evicted program files: fetched again with a network, words of its own without one', async ({
  office,
}) => {
  const release = new Release(office.server)
  const { page, server } = office
  await gainFive(office)
  const evict = () =>
    page.evaluate(async () => {
      for (const name of await caches.keys()) await caches.delete(name)
    })
  await evict()
  await office.go('/stock')
  await office.expectOnHand('薯片', '5')

  await evict()
  await server.stop()
  await office.go('/stock')
  await expect(page.getByRole('heading', { name: '要连一次网，连仓才能打开' })).toBeVisible()
  await expect(page.getByText('都还在这台设备上')).toBeVisible()
  await shoot(page, 'evicted-offline')
  await server.start()
  await office.expectOnHand('薯片', '5')

  // Evicted, and the server has another version by now.
  await evict()
  release.publish(release.asset('settings-'), later)
  await office.go('/stock')
  await office.expectOnHand('薯片', '5')
  const stock = await ask(page, 'stock', { offset: 0, limit: 10 })
  expect(stock.rows.map(({ quantity }) => quantity / oneBag)).toEqual([5])
})

test.describe('in an empty shop', () => {
  test.use({ beginning: 'empty' })

  test('[SWK7] the page on which the app was installed takes versions like any other, and one put off is not the last', async ({
    openDevice,
  }) => {
    const office = await openDevice()
    await office.setUp()
    const { page } = office
    await expect.poll(() => isControlled(page), { timeout: 60_000 }).toBe(true)
    const release = new Release(office.server)
    const offer = page.getByText('新版本已准备好')
    release.publish(release.asset('settings-'), later)
    await lookForUpdate(page)
    await page.getByRole('button', { name: '稍后' }).click()
    await expect(offer).toBeHidden()
    release.publish(release.asset('findings-'), later)
    await lookForUpdate(page)
    await expect(offer).toBeVisible()
    await page.getByRole('button', { name: '现在更新' }).click()
    await expect(offer).toBeHidden()
    await page.getByRole('link', { name: '异常', exact: true }).first().click()
    await expect.poll(() => page.evaluate(() => 'isLater' in globalThis)).toBe(true)
  })
})

async function gainFive({ page, server }: Device): Promise<void> {
  const gain = await Editor.start(page, server.url, 'stock-gain')
  await gain.choose('报溢原因', '找回')
  await gain.typeLine(1, { product: '薯片', quantity: '5' })
  await gain.post()
}

/** What a later version of a program file leaves behind, so that it can be told from the earlier one. */
function later(text: string): string {
  return `${text}\n;globalThis.isLater = true`
}

function dies(text: string): string {
  return `throw new Error('broken');${text}`
}

async function lookForUpdate(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    await registration.update().catch(() => undefined)
  })
}

function isControlled(page: Page): Promise<boolean> {
  return page.evaluate(() => navigator.serviceWorker.controller !== null)
}

/** Whether a version is being installed or waits. */
function hasComing(page: Page): Promise<boolean> {
  return page.evaluate(async () => {
    const { installing, waiting } = await navigator.serviceWorker.ready
    return installing !== null || waiting !== null
  })
}
