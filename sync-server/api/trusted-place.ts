/** From where an empty server may be set up. */

/**
 * Whoever sets up an empty server becomes its owner: only somebody at the machine itself, or through the secure
 * address that its owner has made [IDN13]. A neighbour on the shop's Wi-Fi finds the plain address too, and a
 * foreign page in a browser of the machine can give a name of its own to the machine's address.
 */
export function isTrustedPlace(request: {
  readonly protocol: string
  readonly ip: string
  /** Of the Host header, without a port. */
  readonly hostname: string
}): boolean {
  return request.protocol === 'https' || (isLoopback(request.ip) && isOwnName(request.hostname))
}

function isLoopback(ip: string): boolean {
  return ip === '::1' || /^(?:::ffff:)?127\./.test(ip)
}

function isOwnName(hostname: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(hostname)
}
