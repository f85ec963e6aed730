/**
 * Registers the service worker and says when a new version waits, each time one does. Never reloads by itself: the
 * person chooses the moment; a version taken over by another tab is offered in the same way. Watches the
 * registration itself: Workbox stops looking after the first version that it did not ask for, and takes the change
 * to a later version for the first one where the page was opened before the app was installed.
 */
import { Workbox } from 'workbox-window'

/** How often a page that stays open looks for a new version, ms. */
const checkEveryMs = 60 * 60 * 1000

/** `onReady` gets the act that brings the new version; it reloads the page. */
export function registerServiceWorker(onReady: (apply: () => void) => void): void {
  if (!('serviceWorker' in navigator)) return
  const { serviceWorker } = navigator
  const workbox = new Workbox('/sw.js')
  let isAsked = false
  let isControlled = serviceWorker.controller !== null
  const reload = () => location.reload()

  serviceWorker.addEventListener('controllerchange', () => {
    const isFirst = !isControlled
    isControlled = true
    if (isAsked) reload()
    else if (!isFirst) onReady(reload)
  })
  const offer = (registration: ServiceWorkerRegistration) =>
    onReady(() => {
      isAsked = true
      // Where nothing waits any more, another tab has brought it in, or it was withdrawn.
      if (registration.waiting === null) reload()
      else registration.waiting.postMessage({ type: 'SKIP_WAITING' })
    })
  const check = () => void workbox.update().catch(() => undefined)
  workbox.register().then(
    (registration) => {
      if (registration !== undefined) watchVersions(registration, offer)
      setInterval(check, checkEveryMs)
      addEventListener('online', check)
    },
    (error: unknown) => console.error('the service worker could not be registered', error),
  )
}

/** Calls `offer` for every version that waits beside one that is in use. */
function watchVersions(
  registration: ServiceWorkerRegistration,
  offer: (registration: ServiceWorkerRegistration) => void,
): void {
  const watch = (coming: ServiceWorker | null) =>
    coming?.addEventListener('statechange', () => {
      if (coming.state === 'installed' && registration.active !== null) offer(registration)
    })
  if (registration.waiting !== null && registration.active !== null) offer(registration)
  watch(registration.installing)
  registration.addEventListener('updatefound', () => watch(registration.installing))
}
