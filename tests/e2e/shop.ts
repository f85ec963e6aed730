/**
 * A shop to test in: the built app on a real server with a data folder of its own, and devices that are real
 * browsers. It begins empty; a test file whose subject is not the beginning says `test.use({ beginning: 'stocked' })`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from '@playwright/test'
import { freePort } from '#tests/builders/spawned-server.ts'
import { Device } from './device.ts'
import { openProfile } from './profile.ts'
import { Server } from './server.ts'
import { StockedShop } from './stocked-shop.ts'

interface Shop {
  /** `stocked`: people, goods and a supplier are there, and the owner's browser is a device (`office`). */
  readonly beginning: 'empty' | 'stocked'
  readonly server: Server
  /** Opens one more device, new to the shop; all are closed with the test. */
  readonly openDevice: () => Promise<Device>
  /** The owner's browser in a stocked shop, on the home screen. */
  readonly office: Device
}

interface ShopWorld {
  readonly stockedShop: StockedShop
}

export const test = base.extend<Shop, ShopWorld>({
  beginning: ['empty', { option: true }],
  stockedShop: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the fixture's needs from this pattern
    async ({}, use) => {
      const shop = new StockedShop()
      await use(shop)
      shop.remove()
    },
    { scope: 'worker' },
  ],
  server: async ({ beginning, stockedShop }, use) => {
    const isStocked = beginning === 'stocked'
    const server = isStocked ? await stockedShop.openServer() : new Server(await freePort())
    server.copyApp()
    await server.start()
    await use(server)
    await server.stop()
    server.remove()
  },
  openDevice: async ({ browser, server }, use) => {
    const devices: Device[] = []
    await use(async () => {
      const device = await Device.open(browser, server)
      devices.push(device)
      return device
    })
    for (const device of devices) await device.close()
  },
  office: async ({ server, stockedShop }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'liancang-office-'))
    stockedShop.copyProfile(folder)
    const { context, page } = await openProfile(folder)
    const office = Device.of(context, page, server)
    await office.go('/')
    await office.isReady()
    await use(office)
    await office.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  },
})

export { expect } from '@playwright/test'
