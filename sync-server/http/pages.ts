/**
 * The built app. Hashed assets never change and are a real 404 when gone, never the page: a page in
 * place of a script is a white screen. Every other path that a person opens is the app itself,
 * which knows its own routes.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const yearSeconds = 31_536_000

/** Serves `folder`, if there is a build in it; a server without one is an API alone. */
export async function pages(app: FastifyInstance, folder: string): Promise<void> {
  const hasApp = existsSync(join(folder, 'index.html'))
  if (hasApp) {
    await app.register(fastifyStatic, {
      root: folder,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const isHashed = path.startsWith(join(folder, 'assets'))
        const value = isHashed ? `public, max-age=${yearSeconds}, immutable` : 'no-cache'
        reply.header('cache-control', value)
      },
    })
  }
  app.setNotFoundHandler((request, reply) => {
    if (hasApp && isNavigation(request)) return sendApp(reply)
    return reply.code(404).send({ code: 'not-found' })
  })
}

function isNavigation({ method, url, headers }: FastifyRequest): boolean {
  const isServers = /^\/(?:api|sync|assets|healthz|metrics)(?:[/?]|$)/.test(url)
  const wantsPage = (headers.accept ?? '').includes('text/html')
  return (method === 'GET' || method === 'HEAD') && wantsPage && !isServers
}

function sendApp(reply: FastifyReply): FastifyReply {
  return reply.sendFile('index.html')
}
