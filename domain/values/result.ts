/** The outcome of what a user can get wrong: a value, or a problem with a literal `code` and facts. */

export interface Done<V> {
  readonly ok: true
  readonly value: V
}

export interface Failed<P> {
  readonly ok: false
  readonly problem: P
}

export type Result<V, P> = Done<V> | Failed<P>

export function done<V>(value: V): Done<V> {
  return { ok: true, value }
}

/** `fail({ code: 'period-closed', month })`: the code stays a literal type. */
export function fail<const P>(problem: P): Failed<P> {
  return { ok: false, problem }
}
