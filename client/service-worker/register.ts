/**
 * Registers the service worker and says when a new version waits. Never reloads by itself: the person chooses
 * the moment; a version taken over by another tab is offered in the same way.
 */
import { Workbox } from 'workbox-window'

/** How often a page that stays open looks for a new version, ms. */
const checkEveryMs = 60 * 60 * 1000

/** `onReady` gets the act that brings the new version; it reloads the page. */
export function registerServiceWorker(onReady: (apply: () => void) => void): void {
  if (!('serviceWorker' in navigator)) return
  const workbox = new Workbox('/sw.js')
  let isAsked = false
  const reload = () => location.reload()

  workbox.addEventListener('waiting', () => {
    onReady(() => {
      isAsked = true
      workbox.messageSkipWaiting()
    })
  })
  workbox.addEventListener('controlling', (event) => {
    if (event.isUpdate !== true) return
    if (isAsked) reload()
    else onReady(reload)
  })
  const check = () => void workbox.update().catch(() => undefined)
  workbox.register().then(
    () => {
      setInterval(check, checkEveryMs)
      addEventListener('online', check)
    },
    (error: unknown) => console.error('the service worker could not be registered', error),
  )
}
