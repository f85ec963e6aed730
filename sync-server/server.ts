/**
 * One process, one port: HTTP (API and app) and, at `/sync`, Hocuspocus. This file puts the parts
 * together and takes them apart again in the right order; it decides nothing.
 */
import type { AddressInfo } from 'node:net'
import { type Extension, Hocuspocus } from '@hocuspocus/server'
import type { FastifyInstance } from 'fastify'
import { api, type ApiParts } from './api/api.ts'
import { answerInPieces } from './extensions/answer-in-pieces.ts'
import { authenticate, isHeld } from './extensions/authenticate.ts'
import { heads } from './extensions/heads.ts'
import { presence } from './extensions/presence.ts'
import { wrapHooks } from './extensions/wrap.ts'
import { writeAhead } from './extensions/write-ahead.ts'
import { fail } from '#domain/values/result.ts'
import { openApp } from './http/app.ts'
import { isOriginAllowed } from './http/origin.ts'
import { pages } from './http/pages.ts'
import { DemonstrationTools } from './jobs/demonstration-tools.ts'
import { openJobs } from './jobs/jobs.ts'
import { openKernel, type Kernel, type KernelPorts } from './kernel.ts'
import {
  limitEarlyBytes,
  limitEarlyMessages,
  limitHandInsPerMinute,
  limitPendingDocuments,
  limitQuarantinePerMinute,
} from './limits.ts'
import type { Log } from './metrics.ts'
import type { ServerOptions } from './options.ts'
import { closeCodes } from './refusal.ts'
import { FrontDoor } from './socket/front-door.ts'
import type { SyncContext } from './socket/sync-socket.ts'

export interface SyncServer {
  readonly port: number
  readonly log: Log
  /** Stops taking, finishes what was taken, lets go of the store. */
  close(): Promise<void>
}

export interface ServerPorts extends KernelPorts {
  /** Sign-ins, enrolments and the like of one address per minute. */
  readonly signInsPerMinute: number
}

/** Opens everything and listens. Whatever fails here fails before the first client is heard. */
export async function openServer(options: ServerOptions, ports: ServerPorts): Promise<SyncServer> {
  const app = await openApp({
    tls: options.tls,
    logLevel: options.logLevel,
    onFault: (where, error) => kernel.onFault(where, error),
  })
  const kernel = await openKernel(options, ports, app.log)
  const hocuspocus = openHocuspocus(kernel)
  const door = new FrontDoor({
    server: app.server,
    hocuspocus,
    nowMs: ports.nowMs,
    isOriginAllowed: (request) => isOriginAllowed(request, options.origins),
    onFault: kernel.onFault,
    onRefused: kernel.onRefused,
  })
  kernel.onSessionsEnded(() => dismissEnded(kernel, door))
  kernel.onBroken((document) => hocuspocus.closeConnections(document))

  api(app, apiParts(options, ports, kernel, hocuspocus))
  await pages(app, options.app)
  const jobs = openJobs(kernel, () => {
    kernel.metrics.sockets.set(door.socketCount)
    kernel.metrics.documents.set(hocuspocus.getDocumentsCount())
  })
  kernel.relays.wake()
  await app.listen({ port: options.port, host: options.host })
  const { port } = app.server.address() as AddressInfo
  app.log.info({ port, data: options.data }, 'listening')
  return { port, log: app.log, close: once(() => close(app, kernel, hocuspocus, door, jobs)) }
}

function openHocuspocus(kernel: Kernel): Hocuspocus<SyncContext> {
  // In the order in which each hook runs.
  const extensions: Extension<SyncContext>[] = [
    authenticate(kernel.identity, kernel.onRefused),
    writeAhead({
      ...kernel.admission,
      onRefused: kernel.onRefused,
      onFault: kernel.onFault,
      isHeld: (socket) => isHeld(kernel.identity, socket),
    }),
    answerInPieces(),
    heads(kernel.headBoard),
    presence(kernel.directory),
  ]
  return new Hocuspocus<SyncContext>({
    quiet: true,
    extensions: extensions.map((extension) => wrapHooks(extension, kernel.onFault)),
    maxPendingDocuments: limitPendingDocuments,
    maxUnauthenticatedQueueSize: limitEarlyBytes,
    maxUnauthenticatedQueueMessages: limitEarlyMessages,
  })
}

function apiParts(
  options: ServerOptions,
  ports: ServerPorts,
  kernel: Kernel,
  hocuspocus: Hocuspocus<SyncContext>,
): ApiParts {
  const { identity, metrics } = kernel
  const rateLimit = { max: ports.signInsPerMinute, timeWindow: 60_000 }
  return {
    identity,
    metrics,
    build: options.build,
    isSecure: options.tls !== undefined,
    isReady: () => kernel.store.isWorking(),
    limits: {
      signIn: { config: { rateLimit } },
      handIn: { config: { rateLimit: { max: limitHandInsPerMinute, timeWindow: 60_000 } } },
      quarantine: {
        config: { rateLimit: { max: limitQuarantinePerMinute, timeWindow: 60_000 } },
      },
    },
    handIn: kernel.handIn,
    quarantine: kernel.quarantine,
    seals: kernel.seals,
    methodChanges: kernel.methodChanges,
    async createDemonstration() {
      // Before all of it is loaded: anybody may ask.
      if (identity.directory.organization !== undefined) return fail({ code: 'already-set-up' })
      // Loaded on demand: a server that serves a real company needs none of it.
      const { createDemonstration } = await import('./jobs/demonstration.ts')
      return createDemonstration(new DemonstrationTools(kernel, hocuspocus))
    },
  }
}

function dismissEnded({ directory, nowMs }: Kernel, door: FrontDoor): void {
  const hasEnded = (session: string) => directory.validSession(session, nowMs()) === undefined
  door.closeWhere(
    ({ session }) => session !== undefined && hasEnded(session.session),
    closeCodes.revoked,
    'session-ended',
  )
}

/**
 * INVARIANT: sockets first, then what they had asked for, then the store: nothing acked is left in
 * memory.
 */
async function close(
  app: FastifyInstance,
  kernel: Kernel,
  hocuspocus: Hocuspocus<SyncContext>,
  door: FrontDoor,
  jobs: { close(): Promise<void> },
): Promise<void> {
  await door.close()
  await app.close()
  await jobs.close()
  await kernel.close()
  for (const document of hocuspocus.documents.values()) document.destroy()
}

function once(act: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= act()
    return done
  }
}
