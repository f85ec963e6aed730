/** Which pages may open the sync socket: those that this server itself served. */
import type { IncomingMessage } from 'node:http'

/**
 * A browser always names the page's origin; a program need not. A foreign page is refused, even
 * though it would have no token, before it costs anything.
 */
export function isOriginAllowed(request: IncomingMessage, allowed: readonly string[]): boolean {
  const { origin, host } = request.headers
  if (origin === undefined || allowed.includes(origin)) return true
  return URL.canParse(origin) && new URL(origin).host === host
}
