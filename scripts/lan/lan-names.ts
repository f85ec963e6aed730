/** The names under which tablets in the shop's network can reach this machine. */
import { hostname, networkInterfaces } from 'node:os'
import { isPrivateAddress } from './name-constraints.ts'

export interface LanNames {
  /** Private IPv4 addresses, the most likely one first. */
  readonly addresses: readonly string[]
  /** Names for the certificate besides the addresses. */
  readonly hosts: readonly string[]
}

export function lanNames(): LanNames {
  const addresses = Object.entries(networkInterfaces())
    .flatMap(([name, entries]) => (entries ?? []).map((entry) => ({ name, ...entry })))
    .filter((entry) => entry.family === 'IPv4' && !entry.internal)
    .filter((entry) => isPrivateAddress(entry.address))
    .sort((one, other) => rankOf(one) - rankOf(other))
    .map((entry) => entry.address)
  return { addresses, hosts: ['localhost', localName(hostname())] }
}

/** Real network cards before the bridges of containers and virtual machines, self-assigned last. */
function rankOf(entry: { name: string; address: string }): number {
  if (entry.address.startsWith('169.254.')) return 2
  return /^(?:docker|br-|veth|virbr|vmnet|vboxnet|tun|tap|wg)/.test(entry.name) ? 1 : 0
}

/** `till-1.shop.example` is announced in the shop's network as `till-1.local`. */
function localName(host: string): string {
  const name =
    host
      .split('.')[0]
      ?.toLowerCase()
      .replace(/[^a-z0-9-]/g, '-') ?? ''
  return `${name === '' || name === 'localhost' ? 'liancang' : name}.local`
}
