/** From where an empty server may be set up. */

/**
 * Whoever sets up an empty server becomes its owner: only somebody at the machine itself, or through the secure
 * address that its owner has made [IDN13]. A neighbour on the shop's Wi-Fi finds the plain address too.
 */
export function isTrustedPlace(request: {
  readonly protocol: string
  readonly ip: string
}): boolean {
  return request.protocol === 'https' || isLoopback(request.ip)
}

function isLoopback(ip: string): boolean {
  return ip === '::1' || /^(?:::ffff:)?127\./.test(ip)
}
