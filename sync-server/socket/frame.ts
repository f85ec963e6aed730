/** The front of a sync frame: address and message kind, read without decoding what follows. */
import { limitAddressBytes, limitPresenceFrameBytes } from '../limits.ts'

/** Message kinds of the Hocuspocus protocol that are looked at before Hocuspocus sees them. */
export const messageKinds = { awareness: 1, auth: 2 } as const

const slash = 0x2f

/**
 * Where the message kind stands in a frame; undefined when the address in front of it is not an
 * honest one.
 */
function kindOffset(frame: Uint8Array): number | undefined {
  const [first = 0, second = 0] = frame
  const isLong = first >= 0x80
  if (isLong && second >= 0x80) return undefined
  const length = isLong ? (first & 0x7f) + second * 0x80 : first
  const start = isLong ? 2 : 1
  if (length === 0 || length > limitAddressBytes) return undefined
  const address = frame.subarray(start, start + length)
  const isPlain = address.every((byte) => byte === 0 || (byte > 0x20 && byte < 0x7f))
  // Every name of ours has a slash; no property that an object inherits has one.
  const isName = isPlain && address.includes(slash)
  return isName && frame.length > start + length ? start + length : undefined
}

/** The kind of a frame, a number below 128 for every kind there is; undefined when it has none. */
export function messageKindOf(frame: Uint8Array): number | undefined {
  const offset = kindOffset(frame)
  return offset === undefined ? undefined : frame[offset]
}

/** Whether a frame has an honest address and, if it carries presence, is short enough for it. */
export function isFrameTaken(frame: Uint8Array): boolean {
  const kind = messageKindOf(frame)
  if (kind === undefined) return false
  return kind !== messageKinds.awareness || frame.length <= limitPresenceFrameBytes
}
