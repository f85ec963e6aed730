/** A machine's disk copied, put back from an image, or evicted: one history, no number twice, and plain words. */
import { readFileSync } from 'node:fs'
import { password } from '../device.ts'
import { ask, order } from './engine-talk.ts'
import { type Goods, heldBy, heldByServer, openGoods, receiptOf } from './goods.ts'
import { expect, type Machine, test } from './machine.ts'
import { shoot } from './shoot.ts'

test.use({ beginning: 'stocked' })

test('[CLN1] a copied profile: the second to meet the server is stopped with its work in its hands, nobody else is', async ({
  newMachine,
  keep,
  server,
}) => {
  test.setTimeout(180_000)
  const original = newMachine()
  const goods = await openGoods(await original.start())
  await post(original, goods, 1)
  await original.device.isSynced()
  await original.stop()
  const clone = keep(original.copy())

  await server.stop()
  await original.start()
  await original.device.go('/')
  const kept = await post(original, goods, 2)
  await clone.start()
  await clone.device.go('/')
  const lost = await post(clone, goods, 2)
  expect(lost).toEqual(kept)
  await clone.stop()
  await server.start()
  await original.device.isSynced()

  await clone.start()
  await clone.device.go('/')
  const strip = clone.page.getByRole('alert').filter({ hasText: '已停止过账' })
  await expect(strip).toContainText('复制')
  await shoot(clone.page, 'cloned')
  const saved = clone.page.waitForEvent('download')
  await strip.getByRole('button', { name: '导出未同步的单据' }).click()
  const file = JSON.parse(readFileSync(await (await saved).path(), 'utf8'))
  const records = file.journals.flatMap((journal: { records: string[] }) => journal.records)
  expect(records.length).toBeGreaterThanOrEqual(2 * lost.length)
  expect(await order(clone.page, 'postDraft', receiptOf(goods, crypto.randomUUID()))).toMatchObject(
    {
      problem: [{ code: 'device-forked' }],
    },
  )

  await post(original, goods, 1)
  await original.device.isSynced()
  await expectServer(original, goods, 4)

  await beginAnew(clone)
  await expect(strip).toBeHidden()
  await clone.device.isSynced()
  await post(clone, goods, 1)
  await clone.device.isSynced()
  await original.device.isSynced()
  // Its two under the numbers that people were shown, which the original has given out as well.
  await expect.poll(async () => (await heldByServer(server.url, goods)).onHand).toBe(7)
  await expect.poll(async () => (await heldBy(original.device, goods)).onHand).toBe(7)
  expect((await heldBy(clone.device, goods)).docIds).toHaveLength(7)
})

test('[CLN2] a profile put back from an older image does not go on from there', async ({
  newMachine,
  keep,
}) => {
  test.setTimeout(180_000)
  const machine = newMachine()
  const goods = await openGoods(await machine.start())
  await post(machine, goods, 1)
  await machine.device.isSynced()
  await machine.stop()
  const image = keep(machine.copy())
  await machine.start()
  await machine.device.go('/')
  await post(machine, goods, 2)
  await machine.device.isSynced()
  await machine.stop()

  machine.becomes(image)
  await machine.start()
  await machine.device.go('/')
  await expect(machine.page.getByRole('alert').filter({ hasText: '已停止过账' })).toBeVisible()
  expect(
    await order(machine.page, 'postDraft', receiptOf(goods, crypto.randomUUID())),
  ).toMatchObject({ ok: false })
  const there = await heldByServer(machine.server.url, goods)
  expect(there).toMatchObject({ onHand: 3, halves: [] })
  expect(new Set(there.numbers).size).toBe(3)
})

test('[EVC1] storage that the browser evicted: said so, synced anew as a new device, no number again', async ({
  newMachine,
}) => {
  test.setTimeout(180_000)
  const machine = newMachine()
  const goods = await openGoods(await machine.start())
  const before = await post(machine, goods, 2)
  await machine.device.isSynced()
  await machine.restart()
  await evict(machine)
  await machine.device.go('/')
  const { page } = machine
  await expect(page.getByRole('status').filter({ hasText: '账目被清掉了' })).toBeVisible()
  await shoot(machine.page, 'evicted')
  await page.getByLabel('登录名').fill('owner')
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
  await machine.device.isReady()
  await machine.device.isSynced()
  await expect.poll(async () => (await heldBy(machine.device, goods)).onHand).toBe(2)
  const after = await post(machine, goods, 1)
  expect(before).not.toContain(after[0])
  await machine.device.isSynced()
  await expectServer(machine, goods, 3)
})

/** By the form in the settings, as a person who was told to. */
async function beginAnew({ page, device }: Machine): Promise<void> {
  const code = (await ask(page, 'session', {})).device?.code
  await device.go('/settings')
  await page.getByLabel('登录名').fill('owner')
  await page.getByLabel('密码').fill(password)
  await shoot(page, 'begin-anew')
  await page.getByRole('button', { name: '重新登记这台设备' }).click()
  await expect.poll(async () => (await ask(page, 'session', {})).device?.code).not.toBe(code)
}

/** Posts receipts of one bag each; answers their numbers. */
async function post(machine: Machine, goods: Goods, count: number): Promise<string[]> {
  const numbers: string[] = []
  for (let posted = 0; posted < count; posted += 1) {
    const receipt = receiptOf(goods, crypto.randomUUID())
    const done = await order(machine.page, 'postDraft', receipt)
    if (!done.ok) throw new Error(JSON.stringify(done.problem))
    numbers.push(done.value.number)
  }
  return numbers
}

/** What a browser clears when space runs short: databases, caches, files. */
async function evict({ page, server }: Machine): Promise<void> {
  await page.goto(`${server.url}/icons/icon.svg`)
  await page.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) {
      await new Promise((resolve, reject) => {
        const gone = indexedDB.deleteDatabase(name ?? '')
        gone.onsuccess = resolve
        gone.onerror = reject
        gone.onblocked = reject
      })
    }
    for (const name of await caches.keys()) await caches.delete(name)
    const files = await navigator.storage.getDirectory()
    for await (const name of files.keys()) await files.removeEntry(name, { recursive: true })
  })
}

async function expectServer(machine: Machine, goods: Goods, count: number): Promise<void> {
  const here = await heldBy(machine.device, goods)
  const there = await heldByServer(machine.server.url, goods)
  expect(there).toMatchObject({ onHand: count, halves: [] })
  expect(new Set(there.numbers).size).toBe(count)
  expect(there.agreementCode).toBe(await ask(machine.page, 'agreement', {}))
  expect([...here.numbers].sort()).toEqual([...there.numbers].sort())
}
