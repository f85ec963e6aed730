/**
 * The JSON interface under `/api`, `/healthz` and `/metrics`. Errors are codes; their texts are the
 * client's.
 */
import type { FastifyInstance, RouteShorthandOptions } from 'fastify'
import type { IdentityParts } from '../identity/parts.ts'
import type { Metrics } from '../metrics.ts'
import type { Quarantine } from '../quarantine/quarantine.ts'
import type { MethodChanges } from '../seals/method-changes.ts'
import type { Seals } from '../seals/seals.ts'
import { closingRoutes } from './closing.ts'
import { deviceRoutes } from './devices.ts'
import { type HandIn, handInRoutes } from './hand-in.ts'
import { methodRoutes } from './cost-method.ts'
import { quarantineRoutes } from './quarantine.ts'
import { sessionRoutes } from './sessions.ts'
import { type CreateDemonstration, setUpRoutes } from './set-up.ts'
import { userRoutes } from './users.ts'

export interface ApiParts {
  readonly identity: IdentityParts
  readonly metrics: Metrics
  readonly build: string
  /** Served over TLS: cookies are sent over nothing else. */
  readonly isSecure: boolean
  readonly isReady: () => boolean
  /** Options of routes that check or set passwords. */
  readonly limits: {
    readonly signIn: RouteShorthandOptions
    readonly handIn: RouteShorthandOptions
    readonly quarantine: RouteShorthandOptions
  }
  readonly handIn: HandIn
  readonly quarantine: Quarantine
  readonly seals: Seals
  readonly methodChanges: MethodChanges
  readonly createDemonstration: CreateDemonstration
}

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

export function api(app: FastifyInstance, parts: ApiParts): void {
  setUpRoutes(app, parts)
  sessionRoutes(app, parts)
  deviceRoutes(app, parts)
  handInRoutes(app, parts)
  quarantineRoutes(app, parts)
  userRoutes(app, parts)
  closingRoutes(app, parts)
  methodRoutes(app, parts)

  app.get('/healthz', async () => ({ ok: true, ready: parts.isReady() }))

  // Figures about the business's size are nobody's on the shop's network.
  app.get('/metrics', async (request, reply) => {
    if (!loopback.has(request.ip)) return reply.code(404).send({ code: 'not-found' })
    const { registry } = parts.metrics
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}
