/** One row of the table of attacks: who does what, and what must come of it. */
import type { TestDevice } from '#server/testing/test-device.ts'
import type { Arena } from './arena.ts'
import { updateFrame, type Visitor } from './visitor.ts'

/** Who attacks: nobody the server knows, or the holder of a device that is enrolled, was, or was once. */
export type Attacker = 'nobody' | 'same branch' | 'other branch' | 'revoked' | 'expired'

export interface Attack {
  /** Letters of its table and a number: 'JRN07'. */
  readonly id: string
  readonly by: Attacker
  /** What is sent. */
  readonly what: string
  /** What the server must answer: a reason to close, a status, or 'ignored' where silence is right. */
  readonly answer: RegExp
  /** Does it once and tells what came of it. */
  readonly act: (arena: Arena) => Promise<string>
}

/** Sends frames on a fresh socket of the device to one document. */
export async function attackDocument(
  arena: Arena,
  device: TestDevice,
  document: string,
  frames: readonly Uint8Array[],
): Promise<string> {
  const visitor = await arena.enter(device, document)
  const verdict = await visitor.tell(document, frames)
  await close(visitor)
  return verdict
}

export function attackWithUpdate(
  arena: Arena,
  device: TestDevice,
  document: string,
  update: Uint8Array,
): Promise<string> {
  return attackDocument(arena, device, document, [updateFrame(document, update)])
}

/** Leaves, and waits until the server has noticed nothing is left to say. */
async function close(visitor: Visitor): Promise<void> {
  visitor.leave()
  await visitor.ended()
}
