/** The entry: puts the app on the page. In development /dev/gallery shows the components without an engine. */
import './ui/base.css'
import { render } from 'solid-js/web'
import { assert } from '#domain/values/assert.ts'

const root = document.getElementById('app')
assert(root !== null, 'index.html holds #app')

async function start(place: HTMLElement): Promise<void> {
  if (import.meta.env.DEV && location.pathname.startsWith('/dev/gallery')) {
    const { Gallery } = await import('./dev/gallery.tsx')
    render(() => <Gallery />, place)
    return
  }
}

void start(root)
