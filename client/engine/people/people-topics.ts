/** What changed masters mean for the session, and for the branches that a device follows. */
import type { Topic } from '../face/face.ts'

const reachTopics: ReadonlySet<Topic> = new Set(['masters:branch', 'masters:device'])
const directoryTopics: ReadonlySet<Topic> = new Set(['masters:device', 'masters:user'])
const sessionTopics: ReadonlySet<Topic> = new Set([
  ...reachTopics,
  ...directoryTopics,
  'masters:company',
])

export function isAboutReach(topics: readonly Topic[]): boolean {
  return topics.some((topic) => reachTopics.has(topic))
}

export function aboutPeople(topics: readonly Topic[]): readonly Topic[] {
  return [
    ...(topics.some((topic) => sessionTopics.has(topic)) ? ['session'] : []),
    ...(topics.some((topic) => directoryTopics.has(topic)) ? ['devices'] : []),
  ]
}
