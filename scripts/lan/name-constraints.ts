/**
 * X.509 name constraints: the shop's certificate authority may vouch for private network addresses
 * and `.local` names only, so a stolen key cannot impersonate a bank on the tablets that trust it.
 */
import { BlockList } from 'node:net'

/** The address ranges no internet host can have: [network, bits of the mask]. */
const privateNetworks = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
] as const
const permittedHosts = ['local', 'localhost']

export const nameConstraintsOid = '2.5.29.30'

/** DER of NameConstraints { permittedSubtrees [0] { { base GeneralName } … } } (RFC 5280, 4.2.1.10). */
export function encodeNameConstraints(): Uint8Array<ArrayBuffer> {
  const hosts = permittedHosts.map((host) => subtree(0x82, [...new TextEncoder().encode(host)]))
  const networks = privateNetworks.map(([network, bits]) =>
    subtree(0x87, [...network.split('.').map(Number), ...maskOf(bits)]),
  )
  return new Uint8Array(element(0x30, element(0xa0, [...hosts, ...networks].flat())))
}

export function isPrivateAddress(address: string): boolean {
  const list = new BlockList()
  for (const [network, bits] of privateNetworks) list.addSubnet(network, bits)
  return list.check(address)
}

/** 12 → 255.240.0.0 */
function maskOf(bits: number): number[] {
  return [0, 8, 16, 24].map((start) => 256 - 2 ** (8 - Math.min(8, Math.max(0, bits - start))))
}

function subtree(tag: number, base: readonly number[]): number[] {
  return element(0x30, element(tag, base))
}

function element(tag: number, content: readonly number[]): number[] {
  if (content.length > 255) throw new RangeError('longer DER elements are not needed here')
  const length = content.length > 127 ? [0x81, content.length] : [content.length]
  return [tag, ...length, ...content]
}
