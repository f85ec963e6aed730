/**
 * The service worker: keeps every file an offline start needs, answers page addresses with the app, and waits to
 * be told before it replaces an older version. Knows nothing of data: /api and /sync never pass through it.
 */
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching'
import { NavigationRoute, registerRoute, setCatchHandler } from 'workbox-routing'
import { helpPage } from './help-page.ts'

declare global {
  interface Window {
    /** Put in by the build: file and revision of everything to keep. */
    readonly __WB_MANIFEST: {
      readonly url: string
      readonly revision: string | null
      /** Nothing else is kept or answered under this address: not a proxy's page, not half a release. */
      readonly integrity: string
    }[]
  }
}

const worker = self as unknown as ServiceWorkerGlobalScope

precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()

/** Addresses of the server; a hashed file that is gone must be 404 too, never the app's page. */
const server = [/^\/api\//, /^\/sync/, /^\/healthz/, /^\/metrics/, /^\/trust/, /^\/assets\//]
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: server }))

/** Kept files are gone: the server's own page, of whichever version; without a server, words. */
setCatchHandler(async ({ request }) => {
  if (request.mode !== 'navigate') return Response.error()
  const answer = await fetch(request).catch(() => undefined)
  return answer?.ok === true ? answer : helpPage(await hasData())
})

worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))
worker.addEventListener('message', (event) => {
  if (isSkipOrder(event.data)) void worker.skipWaiting()
})

function isSkipOrder(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === 'SKIP_WAITING'
}

async function hasData(): Promise<boolean> {
  const databases = await indexedDB.databases().catch(() => [])
  return databases.some(({ name }) => name === 'liancang')
}
