/** Nothing the product ships or installs reaches for a foreign host. */
import type { SourceFile } from './sources.ts'
import { withoutComments } from './without-comments.ts'

/** Names that stand for something else than a call: this machine, and names of XML and JSON schemas. */
const harmless =
  /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|(?:www\.)?w3\.org|json-schema\.org|schemas\.openxmlformats\.org|[\w.-]+\.(?:test|invalid|example)|example\.(?:com|org))$/

export function foreignHosts(sources: readonly SourceFile[]): string[] {
  return sources.flatMap(({ path, text }) =>
    [...withoutComments(text).matchAll(/\b(?:https?|wss?):\/\/(\[[^\]]+\]|[\w.-]+)/g)]
      .map((match) => match[1] ?? '')
      .filter((host) => !harmless.test(host))
      .map((host) => `${path} names ${host}`),
  )
}

/** Addresses in a lockfile tie an install to one registry. */
export function resolvedAddresses(lockfile: string): string[] {
  return [...lockfile.matchAll(/"resolved":\s*"((?:https?|git)[^"]*)"/g)].map(
    (match) => match[1] ?? '',
  )
}
