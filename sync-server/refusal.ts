/**
 * What a sync hook throws on purpose. Not `Error`s: they carry no stack because nothing is broken
 * here, and Hocuspocus reads exactly `code` and `reason` from what a hook throws.
 */

/** Close codes of the sync socket. */
export const closeCodes = {
  stopping: 1001,
  unauthorized: 4401,
  revoked: 4403,
  refused: 4422,
  tooFast: 4429,
  retry: 4503,
} as const

/** The sender is broken or hostile: its channel closes, everyone else is untouched [S5]. */
export class SyncRefusal {
  readonly code = closeCodes.refused
  readonly reason: string
  /** Kebab-case code naming the fact, e.g. `fork`. */
  readonly fact: string

  constructor(fact: string) {
    this.fact = fact
    this.reason = `refused:${fact}`
  }
}

/**
 * The server cannot take it now: the socket closes, the device keeps its records and comes again.
 * Never a refusal.
 */
export class SyncRetry {
  readonly code = closeCodes.retry
  readonly reason: string
  readonly fact: string

  constructor(fact: string) {
    this.fact = fact
    this.reason = `retry:${fact}`
  }
}

/**
 * The server cannot take it yet, and only this document: its channel alone closes, and the device rests it,
 * longer each time. Never a refusal.
 */
export class SyncRest extends SyncRetry {}
