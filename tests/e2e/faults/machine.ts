/**
 * A machine of the shop that can come to harm: the real Chromium over a profile folder of its own, to be killed
 * whole, started again, copied and put back. Finds its processes by that folder and ends no others.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { Device } from '../device.ts'
import { openProfile } from '../profile.ts'
import type { Server } from '../server.ts'
import { test as base } from '../shop.ts'

export class Machine {
  readonly server: Server
  /** The profile: all that a machine remembers. */
  readonly folder: string
  #device: Device | undefined

  constructor(server: Server, folder = mkdtempSync(join(tmpdir(), 'liancang-machine-'))) {
    this.server = server
    this.folder = folder
  }

  get device(): Device {
    if (this.#device === undefined) throw new Error('the machine is off')
    return this.#device
  }

  /** Whether its browser is alive with the tab in it; a full disk may end it. */
  get isRunning(): boolean {
    return this.#device !== undefined && !this.page.isClosed() && this.#processes().length > 0
  }

  get page(): Page {
    return this.device.page
  }

  /** Its browser with one empty tab. */
  async start(): Promise<Device> {
    const { context, page } = await openProfile(this.folder)
    this.#device = Device.of(context, page, this.server)
    return this.#device
  }

  /** SIGKILL to every process of the browser at once: nothing is flushed, nobody says goodbye. */
  async kill(): Promise<void> {
    const { context } = this.device
    const isAlive = this.#processes().length > 0
    const gone = new Promise((resolve) => context.once('close', resolve))
    for (const id of this.#processes()) process.kill(id, 'SIGKILL')
    if (isAlive) await gone
    this.#device = undefined
    await expect.poll(() => this.#processes().length).toBe(0)
  }

  /** Closes as a person does. */
  async stop(): Promise<void> {
    await this.#device?.context.close()
    this.#device = undefined
  }

  /** Off and on again, as at the end of a day: what browsers write late, such as cookies, is on the disk. */
  async restart(): Promise<Device> {
    await this.stop()
    return this.start()
  }

  /** Another machine with the same disk: a copied profile, or an image to come back to. */
  copy(): Machine {
    const twin = new Machine(this.server)
    cpSync(this.folder, twin.folder, { recursive: true, filter: (path) => !/Singleton/.test(path) })
    return twin
  }

  /** The disk of another machine in the place of this one's. */
  becomes(image: Machine): void {
    rmSync(this.folder, { recursive: true, force: true })
    cpSync(image.folder, this.folder, { recursive: true })
  }

  async remove(): Promise<void> {
    for (const id of this.#processes()) process.kill(id, 'SIGKILL')
    await this.stop().catch(() => undefined)
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }

  /** The processes of one tab: those that draw, told apart by what the browser calls them. */
  processes(type: string): number[] {
    return this.#processes().filter((id) => commandLine(id).includes(`--type=${type}`))
  }

  #processes(): number[] {
    const own = `--user-data-dir=${this.folder}`
    const all = readdirSync('/proc').map(Number).filter(Number.isInteger)
    const leader = all.find(
      (id) => commandLine(id).includes(own) && !/--type=/.test(commandLine(id)),
    )
    if (leader === undefined) return all.filter((id) => commandLine(id).includes(own))
    return all.filter((id) => groupOf(id) === leader)
  }
}

function commandLine(id: number): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0').join(' ')
  } catch {
    return ''
  }
}

/** The process group; the browser leads its own. */
function groupOf(id: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8')
    const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return afterName[0] === 'Z' ? undefined : Number(afterName[2])
  } catch {
    return undefined
  }
}

interface Machines {
  /**
   * One more machine, switched off; all are removed with the test. New to an empty shop, the owner's in a stocked one.
   */
  readonly newMachine: (folder?: string) => Machine
  /** Takes on a machine that was made from another one. */
  readonly keep: (machine: Machine) => Machine
}

export const test = base.extend<Machines>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads the fixture's needs from this pattern
  keep: async ({}, use) => {
    const machines: Machine[] = []
    await use((machine) => {
      machines.push(machine)
      return machine
    })
    for (const machine of machines) await machine.remove()
  },
  newMachine: async ({ beginning, stockedShop, server, keep }, use) => {
    await use((folder) => {
      const machine = keep(new Machine(server, folder))
      if (beginning === 'stocked') stockedShop.copyProfile(machine.folder)
      return machine
    })
  },
})

export { expect } from '@playwright/test'
