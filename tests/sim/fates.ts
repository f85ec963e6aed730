/**
 * What becomes of machines: put back to an older image, copied, stolen, emptied by their browser, revoked;
 * and how the person at one goes on afterwards, by enrolling it anew. What is lost with a disk is written
 * down before it is lost, so that nothing else may be missing.
 */
import { revokeDevice } from '#server/identity/devices.ts'
import type { Company } from './company.ts'
import { idsOnServer } from './checkers.ts'
import type { Image, Tablet } from './tablet.ts'

export const fateNames = ['restored', 'cloned', 'stolen', 'evicted', 'revoked'] as const

export type Fate = (typeof fateNames)[number]

export class Fates {
  readonly #company: Company
  readonly #images = new Map<Tablet, Image>()
  #clones = 0

  constructor(company: Company) {
    this.#company = company
  }

  /** An image of the machine is made and put aside. */
  keepImage(tablet: Tablet): void {
    if (tablet.device !== '') this.#images.set(tablet, tablet.image)
  }

  /** Answers with the machine that came to the company by it. */
  strike(fate: Fate, tablet: Tablet): Tablet | undefined {
    if (tablet.device === '') return undefined
    this.#company.tell(`${tablet.name} ${fate}`)
    switch (fate) {
      case 'restored':
        return this.#restore(tablet)
      case 'cloned':
        return this.#clone(tablet)
      case 'stolen':
      case 'evicted':
        return this.#lose(tablet, fate)
      case 'revoked':
        return this.#revoke(tablet)
    }
  }

  #restore(tablet: Tablet): undefined {
    const image = this.#images.get(tablet)
    if (image === undefined || image.device !== tablet.device) return undefined
    this.#company.faults.met('device-restored')
    this.#company.auditor.noteTwin(tablet.device)
    this.#company.excuseUnsent(tablet, idsIn(image))
    tablet.become(image)
    return undefined
  }

  /** From now on two machines believe that they are this device. */
  #clone(tablet: Tablet): Tablet {
    const { company } = { company: this.#company }
    company.faults.met('device-cloned')
    company.auditor.noteTwin(tablet.device)
    this.#clones += 1
    const name = `${tablet.spec.name}-copy-${this.#clones}`
    const copy = company.makeTablet({ ...tablet.spec, name })
    company.tablets.push(copy)
    copy.become(tablet.image)
    return copy
  }

  #lose(tablet: Tablet, fate: 'stolen' | 'evicted'): undefined {
    this.#company.faults.met(fate === 'stolen' ? 'device-stolen' : 'device-evicted')
    const { device } = tablet
    this.#company.excuseUnsent(tablet)
    tablet.become(undefined)
    this.#images.delete(tablet)
    if (fate === 'stolen') this.#revokeOnServer(device)
    return undefined
  }

  #revoke(tablet: Tablet): undefined {
    this.#company.faults.met('device-revoked')
    this.#revokeOnServer(tablet.device)
    return undefined
  }

  /** By the owner, from wherever he is; where the server is down it is not done. */
  #revokeOnServer(device: string): void {
    const { server, auditor } = this.#company
    const { kernel } = server
    const owner = kernel?.directory.userByLogin('owner')
    if (kernel === undefined || owner === undefined) return
    auditor.noteRevoked(device)
    // A crash may come before it is durable, and then it has not happened.
    revokeDevice(kernel.identity, owner, device, '遗失').catch(() => undefined)
  }

  /** A forked machine goes on as a new device where its person wants it; another one is emptied. */
  async beginAnew(tablet: Tablet): Promise<void> {
    const status = await tablet.engine?.read('status', {})
    const isForked = status?.stopped?.code === 'device-forked'
    if (!isForked || this.#company.random.chance(1, 2)) return this.startAnew(tablet)
    const { login } = tablet.spec
    const begun = await tablet.command('beginAnew', { login, password: 'simulated' })
    this.#company.tell(`${tablet.name} goes on anew ${begun.ok ? '' : begun.problem[0]?.code}`)
    if (!begun.ok) return
    this.#company.faults.met('device-forked')
    this.#company.faults.met('device-forked-on')
    this.#images.delete(tablet)
  }

  /**
   * The person sees that the machine may not go on: hands out what the server does not have, empties it
   * and makes it a new device.
   */
  async startAnew(tablet: Tablet): Promise<void> {
    await this.#handOut(tablet)
    this.#company.tell(`${tablet.name} starts anew`)
    this.#company.excuseUnsent(tablet)
    tablet.become(undefined)
    this.#images.delete(tablet)
  }

  /** [S5] Whatever the server does not have is in the file that a stopped machine hands out. */
  async #handOut(tablet: Tablet): Promise<void> {
    const status = await tablet.engine?.read('status', {})
    if (status?.stopped?.code === 'device-forked') this.#company.faults.met('device-forked')
    const handed = await tablet.command('exportUnsent', {})
    if (!handed.ok) return
    const { journals } = JSON.parse(new TextDecoder().decode(handed.value.bytes)) as {
      readonly journals: readonly { readonly records: readonly string[] }[]
    }
    const inFile = new Set(journals.flatMap(({ records }) => records))
    const onServer = idsOnServer(this.#company.serverDisk.tables)
    for (const { record, bytes } of tablet.ownRecords()) {
      if (onServer.has(record.id) || inFile.has(Buffer.from(bytes).toString('base64'))) continue
      const facts = `${tablet.name} ${record.id} is neither on the server nor in the file`
      this.#company.violated({ rule: 'unsent-not-handed-out', facts })
    }
  }

  /** A copy is switched off for good. */
  async retire(copy: Tablet): Promise<void> {
    await this.#handOut(copy)
    this.#company.excuseUnsent(copy)
    copy.stop()
    this.#company.tablets.splice(this.#company.tablets.indexOf(copy), 1)
    this.#company.gone.push(copy)
  }
}

export function isCopy(tablet: Tablet): boolean {
  return tablet.name.includes('-copy-')
}

function idsIn(image: Image): ReadonlySet<Uint8Array> {
  return new Set(image.disk.journals.flatMap(({ records }) => records.map(({ bytes }) => bytes)))
}
