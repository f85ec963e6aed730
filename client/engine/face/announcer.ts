/** Gathers what has changed within one turn of the event loop and tells every listener once. */
import type { Topic } from './face.ts'

export interface Announcer {
  announce(topics: Iterable<Topic>): void
  subscribe(onChange: (topics: readonly Topic[]) => void): () => void
}

export function announcer(): Announcer {
  const listeners = new Set<(topics: readonly Topic[]) => void>()
  let gathered = new Set<Topic>()

  function tell(): void {
    const topics = [...gathered]
    gathered = new Set()
    for (const listener of listeners) {
      try {
        listener(topics)
      } catch (error) {
        console.error('a listener of the engine failed', error)
      }
    }
  }

  return {
    announce(topics) {
      const wasEmpty = gathered.size === 0
      for (const topic of topics) gathered.add(topic)
      if (wasEmpty && gathered.size > 0) queueMicrotask(tell)
    },
    subscribe(onChange) {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
  }
}
