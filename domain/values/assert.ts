/** Stops on what only a bug can cause. What a user can cause is a `Result`; merged data a finding. */

/** Throws when `condition` is false; stays on in a release. `message` is for engineers. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${message}`)
}

/** For the end of a `switch`: a case that the compiler has proved impossible. */
export function unreachable(value: never): never {
  throw new Error(`invariant broken: unexpected case ${String(value)}`)
}
