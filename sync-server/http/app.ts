/**
 * The HTTP side: one Fastify with its limits, headers and errors. Routes are added by `api` and
 * `pages`.
 */
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  LogController,
} from 'fastify'
import { limitBodyBytes, limitRequestsPerSocket } from '../limits.ts'
import type { Tls } from '../options.ts'
import { StoreFailure } from '../storage/store.ts'
import { securityHeaders } from './security-headers.ts'

export interface AppOptions {
  readonly tls: Tls | undefined
  /** 'silent' in tests. */
  readonly logLevel: string
  readonly onFault: (where: string, error: unknown) => void
}

export async function openApp({ tls, logLevel, onFault }: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: limitBodyBytes,
    logger: { level: logLevel, redact: ['req.headers.authorization', 'req.headers.cookie'] },
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    requestTimeout: 30_000,
    maxRequestsPerSocket: limitRequestsPerSocket,
    // An address that is none: answered like any other mistake, without repeating it.
    frameworkErrors: (_error, _request, reply) => {
      void (reply as FastifyReply).code(400).send({ code: 'request-malformed' })
    },
    ...(tls === undefined ? {} : { https: tls }),
  }) as FastifyInstance
  // JSON alone: a foreign page could send a plain text without asking first.
  app.removeContentTypeParser('text/plain')
  await app.register(helmet, securityHeaders)
  await app.register(cookie)
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, { ttl }) => ({
      statusCode: 429,
      code: 'too-many-requests',
      waitMs: ttl,
    }),
  })

  // A foreign page may send simple requests with cookies; none of ours is simple, and none is taken
  // from there.
  app.addHook('onRequest', async (request, reply) => {
    const isWrite = request.method !== 'GET' && request.method !== 'HEAD'
    if (isWrite && request.headers['sec-fetch-site'] === 'cross-site') {
      return reply.code(403).send({ code: 'not-allowed' })
    }
    return undefined
  })

  app.setErrorHandler((error: FastifyError & { waitMs?: number }, request, reply) => {
    const status = error.statusCode ?? 500
    if (status === 429) return reply.code(429).send({ code: error.code, waitMs: error.waitMs })
    // Fastify's own: body too long, not JSON, and the like.
    if (status < 500) return reply.code(status).send({ code: 'request-malformed' })
    if (error instanceof StoreFailure) return reply.code(503).send({ code: 'store-failing' })
    onFault(`${request.method} ${request.routeOptions.url}`, error)
    return reply.code(500).send({ code: 'internal' })
  })
  return app
}
