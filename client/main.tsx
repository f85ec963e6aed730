/**
 * The entry: connects the engine and puts the app on the page, or says what this browser or address lacks. In
 * development /dev/gallery shows the components without an engine.
 */
import './ui/base.css'
import { render } from 'solid-js/web'
import type { EngineFace } from '#client/engine/face/face.ts'
import { assert } from '#domain/values/assert.ts'
import { App } from './app.tsx'
import { connectEngine } from './engine/face/tab-face.ts'
import { useEngine } from './queries/engine.ts'
import { speak } from './text/language.ts'

const root = document.getElementById('app')
assert(root !== null, 'index.html holds #app')

async function start(place: HTMLElement): Promise<void> {
  await speak()
  if (import.meta.env.DEV && location.pathname.startsWith('/dev/gallery')) {
    const { Gallery } = await import('./dev/gallery-page.tsx')
    render(() => <Gallery />, place)
    return
  }
  if (!isSecureContext) {
    const { Insecure } = await import('./screens/frame/insecure.tsx')
    render(() => <Insecure />, place)
    return
  }
  if (!hasEngineNeeds()) {
    const { OldBrowser } = await import('./screens/frame/old-browser.tsx')
    render(() => <OldBrowser />, place)
    return
  }
  useEngine(await connectedEngine())
  await nextTask()
  render(() => <App />, place)
}

/** Reading the program and drawing the frame are two tasks, so that neither keeps a touch waiting for both. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve)
  })
}

/** The device's engine; in development `?pretend` draws the screens over a made-up shop instead. */
async function connectedEngine(): Promise<EngineFace> {
  if (import.meta.env.DEV && isPretending()) {
    return (await import('./dev/gallery-engine.ts')).galleryEngine
  }
  return connectEngine()
}

/** Once asked for, for as long as the tab lives. */
function isPretending(): boolean {
  if (location.search.includes('pretend')) sessionStorage.setItem('liancang.pretend', '1')
  return sessionStorage.getItem('liancang.pretend') === '1'
}

/** What the engine cannot do without. */
function hasEngineNeeds(): boolean {
  return 'locks' in navigator && 'indexedDB' in window && crypto.subtle !== undefined
}

/** The start guard (public/start-guard.js) has nothing to do from here on. */
async function startUnderGuard(place: HTMLElement): Promise<void> {
  await start(place)
  document.documentElement.dataset['started'] = ''
}

void startUnderGuard(root)
