/** The front of a sync frame: address, message kind, where an update lies; nothing of what it says. */
import { limitAddressBytes, limitPresenceFrameBytes } from '../limits.ts'

/** Message kinds of the Hocuspocus protocol that are looked at before Hocuspocus sees them. */
export const messageKinds = { sync: 0, awareness: 1, auth: 2, syncReply: 4, stateless: 5 } as const

/** y-protocols/sync: asks with a state vector, answers with all that is missing, announces news. */
export const syncSteps = { ask: 0, answer: 1, announce: 2 } as const

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
  // Every name of ours has a slash before its session; no property that an object inherits has one.
  const session = address.indexOf(0)
  const isName = isPlain && (session < 0 ? address : address.subarray(0, session)).includes(slash)
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

/** An update on its way into a document. */
export interface UpdateFrame {
  /** Name of the document, and the provider's session behind a zero byte. */
  readonly address: string
  /** All that was missing, rather than news. */
  readonly isAnswer: boolean
  /** A view of the frame. */
  readonly update: Uint8Array
}

/** What a frame that passed `isFrameTaken` announces or answers; undefined for any other frame. */
export function updateFrameOf(frame: Uint8Array): UpdateFrame | undefined {
  const offset = kindOffset(frame)
  if (offset === undefined || frame[offset] !== messageKinds.sync) return undefined
  const step = frame[offset + 1]
  if (step !== syncSteps.answer && step !== syncSteps.announce) return undefined
  const update = lastBytes(frame, offset + 2)
  if (update === undefined) return undefined
  return { address: addressOf(frame, offset), isAnswer: step === syncSteps.answer, update }
}

/** Name of the document, and the provider's session behind a zero byte. */
function addressOf(frame: Uint8Array, offset: number): string {
  return String.fromCharCode(...frame.subarray((frame[0] ?? 0) >= 0x80 ? 2 : 1, offset))
}

/** The state vector of whoever asks what he lacks; undefined when the frame asks nothing. */
export function questionOf(frame: Uint8Array): Uint8Array | undefined {
  const offset = kindOffset(frame)
  if (offset === undefined || !isSync(frame[offset])) return undefined
  return frame[offset + 1] === syncSteps.ask ? lastBytes(frame, offset + 2) : undefined
}

/**
 * Makes a question, which is answered by now, one that Hocuspocus has no answer to: an empty word to all,
 * which nobody here listens to. It would else encode the whole document once more. (The frame that a hook
 * gets is the one that is read afterwards.)
 */
export function silenceQuestion(frame: Uint8Array): void {
  const offset = kindOffset(frame)
  if (offset === undefined || questionOf(frame) === undefined) return
  frame[offset] = messageKinds.stateless
  // The step of a question is the length of the empty word.
  frame[offset + 1] = 0
}

function isSync(kind: number | undefined): boolean {
  return kind === messageKinds.sync || kind === messageKinds.syncReply
}

/** Bytes with their number before them, to the end of the frame and not beyond. */
function lastBytes(frame: Uint8Array, offset: number): Uint8Array | undefined {
  let length = 0
  let at = offset
  for (let scale = 1; at < offset + 5; scale *= 128) {
    const byte = frame[at++]
    if (byte === undefined) return undefined
    length += (byte & 127) * scale
    if (byte < 128) return frame.length === at + length ? frame.subarray(at) : undefined
  }
  return undefined
}
