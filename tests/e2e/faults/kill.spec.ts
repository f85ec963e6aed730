/**
 * SIGKILL of the whole real Chromium while it posts: at every named step, and at random. What the screen called
 * saved is remembered outside, and found again after each kill.
 *
 * `CHROMIUM_KILLS=1000` kills so often at random (12 in the normal run); `CHROMIUM_SEED` repeats a run's moments.
 */
import type { Page } from '@playwright/test'
import { makeRandom } from '#domain/demonstration/random.ts'
import type { CommandArgs } from '#client/engine/face/face.ts'
import type { EngineRequest } from '#client/engine/face/relay.ts'
import { password } from '../device.ts'
import { ask, order } from './engine-talk.ts'
import {
  draftOf,
  type Goods,
  goodsOf,
  heldBy,
  heldByServer,
  openGoods,
  receiptOf,
} from './goods.ts'
import { armStop, killSteps } from './kill-steps.ts'
import { expect, Machine, test } from './machine.ts'

test.use({ beginning: 'stocked' })

const kills = Number(process.env['CHROMIUM_KILLS'] ?? 12)
const seed = Number(process.env['CHROMIUM_SEED'] ?? Date.now() % 1_000_000)
/** Receipts that one life of the browser may post at most. */
const burst = 200

test('[BRK1] killed at every step of a posting: what was called saved is there, whole and once', async ({
  newMachine,
}) => {
  test.setTimeout(300_000)
  const machine = newMachine()
  const goods = await openGoods(await machine.start())
  const shown = new Set<string>()
  await watch(machine.page, shown)
  await machine.device.go('/')
  const docIds: string[] = []
  for (const step of killSteps) {
    const docId = crypto.randomUUID()
    docIds.push(docId)
    const { page } = machine.device
    await draftOf(machine.device, goods, docId)
    await machine.device.go(`/documents/goods-receipt/${docId}`)
    await expect(page.getByRole('grid', { name: '明细' })).toContainText('薯片')
    const stop = await armStop(page, step)
    await page.getByRole('button', { name: '过账' }).click()
    await stop.stands()
    await machine.kill()

    await machine.start()
    await watch(machine.page, shown)
    await postIfDraft(machine, docId)
    await expectKept(machine, goods, shown)
  }
  await expectOneTruth(machine, goods, docIds)
})

test('[BRK2] killed at random while it posts: nothing lost, halved or numbered twice', async ({
  newMachine,
}) => {
  test.setTimeout(120_000 + kills * 40_000)
  const random = makeRandom(seed)
  const machine = newMachine()
  const goods = await openGoods(await machine.start())
  const shown = new Set<string>()
  const startedMs = performance.now()
  for (let kill = 0; kill < kills; kill += 1) {
    const { page } = machine.device
    await watch(page, shown)
    await machine.device.go('/documents/goods-receipt')
    const receipts = Array.from({ length: burst }, () => receiptOf(goods, crypto.randomUUID()))
    await ask(page, 'session', {})
    // Ends with the browser.
    postAll(page, receipts).catch(() => undefined)
    const before = shown.size
    await expect.poll(() => shown.size).toBeGreaterThan(before)
    await page.waitForTimeout(random.integer(0, 400)).catch(() => undefined)
    await machine.kill()
    await machine.start()
    await machine.device.go('/')
    await expectKept(machine, goods, shown)
  }
  const seconds = (performance.now() - startedMs) / 1000 / kills
  await expectOneTruth(machine, goods, [])
  console.log(
    `${kills} kills of seed ${seed}, ${seconds.toFixed(1)} s each; ${shown.size} shown as saved, all there`,
  )
})

test('[BRK3] killed within the first half minute, when the browser has not kept its sign-in: says so, and one sign-in sends everything', async ({
  keep,
  server,
}) => {
  const machine = keep(new Machine(server))
  const device = await machine.start()
  await device.signIn('owner')
  await device.isSynced()
  const goods = await goodsOf(device)
  await machine.kill()
  const { page } = await machine.start()
  await machine.device.go('/')
  await machine.device.isReady()
  const receipt = receiptOf(goods, crypto.randomUUID())
  expect(await order(page, 'postDraft', receipt)).toMatchObject({ ok: true })
  const strip = page.getByRole('status').filter({ hasText: '请重新登录，再继续同步' })
  await expect(strip).toContainText('1 单等着发出')
  await expect(page.getByRole('button', { name: '请重新登录 · 1 单待同步' })).toBeVisible()
  await strip.getByRole('button', { name: '重新登录' }).click()
  await page.getByRole('dialog').getByLabel('密码').fill(password)
  await page.getByRole('dialog').getByRole('button', { name: '登录' }).click()
  await machine.device.isSynced()
  await expect(strip).toBeHidden()
  await expectOneTruth(machine, goods, [receipt.docId])
})

/** Remembers, outside the browser, every number that the screen says is saved. */
async function watch(page: Page, shown: Set<string>): Promise<void> {
  await page.exposeBinding('shownAsSaved', (_, number: string) => void shown.add(number))
  await page.addInitScript(() => {
    const told = new Set<string>()
    const tell = (globalThis as unknown as { shownAsSaved(number: string): void }).shownAsSaved
    const look = () => {
      const texts = document.createTreeWalker(document, NodeFilter.SHOW_TEXT)
      while (texts.nextNode() !== null) {
        const number = /CGRK\d{6}-\d{3}-[0-9A-Z]{2}-\d{4,}/.exec(texts.currentNode.nodeValue ?? '')
        if (number === null || told.has(number[0])) continue
        told.add(number[0])
        tell(number[0])
      }
    }
    new MutationObserver(look).observe(document, { childList: true, subtree: true })
  })
}

/** As a person does who finds the draft still there. */
async function postIfDraft(machine: Machine, docId: string): Promise<void> {
  const { page } = machine
  await machine.device.go(`/documents/goods-receipt/${docId}`)
  const post = page.getByRole('button', { name: '过账' })
  const reverse = page.getByRole('button', { name: '红冲' })
  await expect(post.or(reverse)).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('薯片').first()).toBeVisible()
  if (await post.isVisible()) await post.click()
  await expect(reverse).toBeVisible()
}

/** Runs until all are posted or the browser is gone; three wait at any time, as impatient hands would. */
function postAll(page: Page, receipts: readonly CommandArgs<'postDraft'>[]): Promise<void> {
  const requests = receipts.map((args): EngineRequest => {
    const [id, commandId] = [crypto.randomUUID(), crypto.randomUUID()]
    return { kind: 'command', id, name: 'postDraft', args, commandId }
  })
  return page.evaluate(async (left) => {
    const channel = new BroadcastChannel('liancang')
    const answered = new Map<string, () => void>()
    channel.onmessage = ({ data }) => answered.get(data.id)?.()
    const hand = async () => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const request = next
        const answer = new Promise<void>((resolve) => answered.set(request.id, resolve))
        channel.postMessage({ kind: 'request', request })
        await answer
      }
    }
    await Promise.all([hand(), hand(), hand()])
  }, requests)
}

async function expectKept(machine: Machine, goods: Goods, shown: ReadonlySet<string>) {
  const held = await heldBy(machine.device, goods)
  const numbers = new Set(held.numbers)
  expect(
    [...shown].filter((number) => !numbers.has(number)),
    'shown and lost',
  ).toEqual([])
  expect(held.numbers, 'no number twice').toHaveLength(numbers.size)
  expect(held.halves, 'no half document').toEqual([])
  expect(held.onHand, 'one bag by document').toBe(held.docIds.length)
}

/** The device and the server, heard by somebody who was never there, tell one story. */
async function expectOneTruth(machine: Machine, goods: Goods, docIds: readonly string[]) {
  await machine.device.go('/')
  await machine.device.isSynced()
  const here = await heldBy(machine.device, goods)
  const there = await heldByServer(machine.server.url, goods)
  expect([...there.numbers].sort()).toEqual([...here.numbers].sort())
  expect(there.onHand).toBe(here.onHand)
  expect(there.halves).toEqual([])
  expect(there.agreementCode).toBe(here.agreementCode)
  if (docIds.length > 0) expect([...there.docIds].sort()).toEqual([...docIds].sort())
}
