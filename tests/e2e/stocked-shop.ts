/**
 * A shop that trades already, made once for each worker by the forms as people fill them in, and copied for each test:
 * the server's data, and the profile of the owner's browser with the program installed. A browser keeps what it
 * holds by address, so every copy is served on the same port.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { expect } from '@playwright/test'
import { freePort } from '#tests/builders/spawned-server.ts'
import { Device } from './device.ts'
import { order } from './faults/engine-talk.ts'
import { openProfile } from './profile.ts'
import { Server } from './server.ts'

/** A product file as another system exports it: note block first, starred required columns. */
export const productFile = [
  '1、带*的列必填,,,,,,,,',
  '名称*,规格,类别,基本单位*,副单位,基本条码*,副条码,比例,采购价,零售价,状态*',
  '饮用水,550ml,饮料,瓶,箱,2000000000015,2000000000022,24,0.92,2.00,1',
  '薯片,70g,零食,袋,箱,2000000000039,2000000000046,22,3.30,6.50,1',
  '电池 5号,4粒,家居,卡,,2000000000053,,,6.00,12.00,1',
].join('\r\n')

/** Its one supplier, 华东商贸. */
export const supplierId = '019a0000-0000-7000-8000-000000000001'

export class StockedShop {
  readonly #folder = mkdtempSync(join(tmpdir(), 'liancang-stocked-'))
  readonly #data = join(this.#folder, 'data')
  readonly #kept = join(this.#folder, 'kept')
  readonly #profile = join(this.#folder, 'profile')
  #port: Promise<number> | undefined

  /** A server of the shop as it was when it was made, not started; one at a time. */
  async openServer(): Promise<Server> {
    this.#port ??= this.#make()
    const port = await this.#port
    writeInto(this.#data, this.#kept)
    return new Server(port, this.#data)
  }

  /** The owner's browser, into an empty folder. */
  copyProfile(folder: string): void {
    const filter = (path: string) => !/Singleton/.test(path)
    cpSync(this.#profile, folder, { recursive: true, filter })
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 })
  }

  async #make(): Promise<number> {
    const server = new Server(await freePort(), this.#data)
    server.copyApp()
    await server.start()
    const { context, page } = await openProfile(this.#profile)
    await stockUp(Device.of(context, page, server))
    await context.close()
    await server.stop()
    server.remove()
    cpSync(this.#data, this.#kept, { recursive: true })
    return server.port
  }
}

/** Into the old files: the server takes other files for a backup that was put back, and begins a new epoch [S7]. */
function writeInto(folder: string, image: string): void {
  const filesOf = (of: string) =>
    readdirSync(of, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(of, join(entry.parentPath, entry.name)))
  const wanted = new Set(filesOf(image))
  for (const name of filesOf(folder)) if (!wanted.has(name)) rmSync(join(folder, name))
  for (const name of wanted) writeFileSync(join(folder, name), readFileSync(join(image, name)))
}

/** An empty server becomes a shop with goods and a supplier, and the device starts without a network from here on. */
export async function stockUp(device: Device): Promise<void> {
  await device.setUp()
  await device.importFile('商品.csv', Buffer.from(productFile, 'utf8'))
  const changes = [{ entity: 'supplier', id: supplierId, fields: { name: '华东商贸' } }] as const
  expect(await order(device.page, 'changeMasters', { changes })).toMatchObject({ ok: true })
  await device.isSynced()
  await device.isInstalled()
}
