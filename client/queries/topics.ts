/** Which announcements concern whom. */
import type { Topic } from '#client/engine/face/face.ts'

/** `*` announces everything, `draft:*` all drafts; `stock:{sku}` also concerns who asked for `stock`. */
export function hears(topics: readonly Topic[], announced: readonly Topic[]): boolean {
  return announced.some((each) => topics.some((topic) => concerns(each, topic)))
}

function concerns(announced: Topic, topic: Topic): boolean {
  if (announced === '*' || announced === topic || announced.startsWith(`${topic}:`)) return true
  return announced.endsWith(':*') && topic.startsWith(announced.slice(0, -1))
}
