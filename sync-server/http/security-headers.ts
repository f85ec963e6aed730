/**
 * What every answer tells the browser to refuse. Scripts come from here alone; WebAssembly (the
 * barcode reader) may compile; nothing inline, no frames, no foreign hosts.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyHelmetOptions } from '@fastify/helmet'

const self = "'self'"
const none = "'none'"

export const securityHeaders: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: [self],
      scriptSrc: [self, "'wasm-unsafe-eval'"],
      styleSrc: [self],
      imgSrc: [self, 'data:', 'blob:'],
      fontSrc: [self],
      // Older Safari does not count a WebSocket of the same host as 'self'.
      connectSrc: [self, webSocketOfHost],
      workerSrc: [self],
      manifestSrc: [self],
      objectSrc: [none],
      baseUri: [none],
      formAction: [self],
      frameAncestors: [none],
    },
  },
  crossOriginEmbedderPolicy: false,
  referrerPolicy: { policy: 'no-referrer' },
  // A shop's certificate may change with its address; being locked out by an old promise would stop
  // the shop.
  strictTransportSecurity: false,
}

function webSocketOfHost(request: IncomingMessage, _response: ServerResponse): string {
  const host = request.headers.host ?? ''
  // The header is the client's word: only what a host can look like goes into the policy.
  if (!/^[a-z0-9.:[\]-]{1,255}$/i.test(host)) return self
  return `ws://${host} wss://${host}`
}
