/**
 * [S6] What is left to a device that was shut out: it hands in what it had not sent, by its key alone, hears what
 * became of it, and may forget everything once the server has signed that it keeps exactly what is here. It
 * never forgets anything by itself, and nothing that the server says unsigned makes it.
 */
import * as v from 'valibot'
import { base64Text, bytesOfBase64, isBase64 } from '#domain/records/base64.ts'
import { parseJournalName } from '#domain/records/journal-name.ts'
import type { Verifier } from '#domain/records/signature.ts'
import { coversAll, wipeOrderDigest } from '#domain/replica/wipe-order.ts'
import type { Result } from '#domain/values/result.ts'
import type { HandedInRow, Problem } from '../face/face.ts'
import type { KeptIdentity } from '../people/identity.ts'
import type { Random, Timers } from '../ports.ts'
import type { JournalRow, Store } from '../store/store.ts'
import { setAsideOf } from '../sync/distrusted.ts'
import { piecesOf } from '../sync/hand-in.ts'
import { makeRetries, type Retries } from '../sync/retries.ts'

export interface LastHandInOptions {
  readonly store: Pick<Store, 'journals' | 'heads' | 'updatesOf' | 'value'>
  readonly timers: Timers
  readonly random: Random
  readonly verifier: Verifier
  identity(): KeptIdentity | undefined
  /** A request that carries the device's proof. */
  call(path: string, body: Record<string, unknown>): Promise<Result<unknown, readonly Problem[]>>
  onChanged(): void
}

export interface LastHandIn {
  /** Undefined until the server has been asked. */
  readonly now: HandedInRow | undefined
  /** The server said that this device is shut out; said again, it changes nothing. */
  begin(): void
  /** Asks once more for the signed order; whether it covers everything that is here. */
  mayWipe(): Promise<boolean>
  close(): void
}

const decisionShape = v.object({
  verdict: v.picklist(['adopted', 'declined']),
  reason: v.optional(v.string()),
})
const stateShape = v.object({
  journals: v.array(v.object({ isWaiting: v.boolean(), decision: v.optional(decisionShape) })),
  order: v.object({
    ends: v.array(v.object({ journal: v.string(), seq: v.number(), hash: v.string() })),
    signature: v.pipe(v.string(), v.check(isBase64)),
  }),
})
type State = v.InferOutput<typeof stateShape>

const askName = 'hand-in'

export function makeLastHandIn(options: LastHandInOptions): LastHandIn {
  return new HandInByKey(options)
}

class HandInByKey implements LastHandIn {
  readonly #options: LastHandInOptions
  readonly #retries: Retries
  #hasBegun = false
  now: HandedInRow | undefined

  constructor(options: LastHandInOptions) {
    this.#options = options
    this.#retries = makeRetries(options.timers, options.random)
  }

  begin(): void {
    if (this.#hasBegun) return
    this.#hasBegun = true
    void this.#run()
  }

  async mayWipe(): Promise<boolean> {
    const state = this.#hasBegun ? await this.#ask() : undefined
    return state !== undefined && (await this.#covers(state)) === true
  }

  close(): void {
    this.#retries.clear()
  }

  async #run(): Promise<void> {
    try {
      const problem = await this.#handAll()
      if (problem === undefined) await this.#hearOutcome()
      else this.#show({ state: 'refused', mayWipe: false, problem })
    } catch {
      // A store that fails says so itself; it is all tried again.
    }
    // Also to hear later what somebody decided.
    this.#retries.later(askName, () => void this.#run())
  }

  async #hearOutcome(): Promise<void> {
    const state = await this.#ask()
    const mayWipe = state && (await this.#covers(state))
    if (state !== undefined && mayWipe !== undefined) this.#show({ ...outcomeOf(state), mayWipe })
  }

  #show(next: HandedInRow): void {
    this.now = next
    this.#options.onChanged()
  }

  /** Why the server does not take it; undefined when all is there. Rejects where it could not be asked. */
  async #handAll(): Promise<Problem | undefined> {
    const heads = await this.#options.store.heads()
    const covered = new Map(heads.map((head) => [head.journal, head.seq]))
    for (const { journal, seq } of await this.#ownRows()) {
      const from = (covered.get(journal) ?? -1) + 1
      const problem = from > seq ? undefined : await this.#hand(journal, from)
      if (problem !== undefined) return problem
    }
    return undefined
  }

  async #hand(journal: string, from: number): Promise<Problem | undefined> {
    const { store, call } = this.#options
    for (const piece of await piecesOf(store, journal, from)) {
      const taken = await call('/api/quarantine', { journal, update: base64Text(piece) })
      if (taken.ok) continue
      const [problem = { code: 'server-unreachable' }] = taken.problem
      if (isPassing(problem)) throw new Error(problem.code)
      return problem
    }
    return undefined
  }

  async #ask(): Promise<State | undefined> {
    const answered = await this.#options.call('/api/quarantine/state', {})
    const parsed = v.safeParse(stateShape, answered.ok ? answered.value : undefined)
    return parsed.success ? parsed.output : undefined
  }

  /** Of the months of one chain the older first. */
  async #ownRows(): Promise<readonly JournalRow[]> {
    const device = this.#options.identity()?.device.id
    const rows = (await this.#options.store.journals()).filter(({ journal }) => {
      const name = parseJournalName(journal)
      return name.ok && name.value.device === device
    })
    return rows.sort((one, other) => (one.journal < other.journal ? -1 : 1))
  }

  /** Undefined where the server did not sign what it says. */
  async #covers({ order }: State): Promise<boolean | undefined> {
    const { store, verifier } = this.#options
    const identity = this.#options.identity()
    if (identity === undefined) return undefined
    const digest = wipeOrderDigest(identity.device.id, order.ends)
    const signature = bytesOfBase64(order.signature)
    const isSigned = await verifier.verify(identity.serverKey, digest, signature)
    if (!isSigned) return undefined
    // What was set aside is on no server.
    if ((await setAsideOf(store)).length > 0) return false
    return coversAll(order.ends, await this.#ownRows())
  }
}

function outcomeOf({ journals }: State): Omit<HandedInRow, 'mayWipe'> {
  if (journals.some(({ isWaiting }) => isWaiting)) return { state: 'waiting' }
  const declined = journals.find(({ decision }) => decision?.verdict === 'declined')?.decision
  if (declined !== undefined) return { state: 'declined', reason: declined.reason ?? '' }
  return { state: journals.length === 0 ? 'nothing' : 'adopted' }
}

/** What passes by itself, sooner or later. */
function isPassing({ code }: Problem): boolean {
  return ['server-unreachable', 'store-failing', 'too-many-requests', 'busy'].includes(code)
}
