/**
 * The engine this page talks to. Set once at start; queries and commands ask for it here and nowhere else.
 * Knows nothing of what is asked.
 */
import type { EngineFace } from '#client/engine/face/face.ts'
import { assert } from '#domain/values/assert.ts'

let connected: EngineFace | undefined

/** Called once, before the first screen is drawn. */
export function useEngine(engine: EngineFace): void {
  connected = engine
}

export function engine(): EngineFace {
  assert(connected !== undefined, 'a screen asked before the engine was connected')
  return connected
}
