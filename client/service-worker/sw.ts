/**
 * The service worker: keeps every file an offline start needs, answers page addresses with the app, and waits to
 * be told before it replaces an older version. Knows nothing of data: /api and /sync never pass through it.
 */
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare global {
  interface Window {
    /** Put in by the build: file and revision of everything to keep. */
    readonly __WB_MANIFEST: { readonly url: string; readonly revision: string | null }[]
  }
}

const worker = self as unknown as ServiceWorkerGlobalScope

precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()

/** Addresses of the server; a hashed file that is gone must be 404 too, never the app's page. */
const server = [/^\/api\//, /^\/sync/, /^\/healthz/, /^\/metrics/, /^\/trust/, /^\/assets\//]
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: server }))

worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))
worker.addEventListener('message', (event) => {
  if (isSkipOrder(event.data)) void worker.skipWaiting()
})

function isSkipOrder(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === 'SKIP_WAITING'
}
