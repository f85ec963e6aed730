/**
 * Given to Node with `--import`, before anything else runs: stands in front of SQLite and of sockets,
 * counts calls, and at the one that is wanted fails it, or kills the process. It reaches the store's
 * worker thread too, because threads inherit Node's flags. Nothing of the product knows of it.
 *
 * In a process of its own it is told by the environment: `LIANCANG_KILL_AT=<step>`, a name of `steps`.
 * In the tests' own process it is told through the words that `brokenCalls` shares.
 */
import { Socket } from 'node:net'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads'

const name = 'liancang-break'
/** Words of the shared memory. */
const at = { turn: 0, calls: 1, code: 2, span: 3, isLogged: 4 } as const

/** SQLite's result codes. */
export const sqliteCodes = { busy: 5, ioError: 10, full: 13 } as const

/** Calls of the store's thread, to be broken from here. */
export const brokenCalls = {
  /** From the `turn`-th call on, `span` calls fail with `code`. */
  arm(turn: number, code: number, span: number): void {
    words[at.calls] = 0
    words[at.code] = code
    words[at.span] = span
    words[at.turn] = turn
  },
  disarm(): void {
    words[at.turn] = 0
  },
  get calls(): number {
    return words[at.calls] ?? 0
  },
}

const words = sharedWords()

function sharedWords(): Int32Array {
  const known = getEnvironmentData(name)
  if (known instanceof Int32Array) return known
  const fresh = new Int32Array(new SharedArrayBuffer(32))
  if (isMainThread) setEnvironmentData(name, fresh)
  return fresh
}

/** Where a server may be killed: the SQL that has run, or is about to. */
interface Step {
  readonly sql: RegExp
  readonly when: 'before' | 'after'
  /** Only once records have been written in the transaction. */
  readonly isLogged?: true
}

export const steps: Readonly<Record<string, Step>> = {
  'before the log': { sql: /^INSERT INTO updates/, when: 'before' },
  'in the middle of the log': { sql: /^INSERT INTO updates/, when: 'after' },
  'before the commit': { sql: /^COMMIT/, when: 'before', isLogged: true },
  'after the commit, before it is applied': { sql: /^COMMIT/, when: 'after', isLogged: true },
  'while a relay is struck out': { sql: /^UPDATE relays/, when: 'after' },
  'between snapshot and log': { sql: /^UPDATE documents/, when: 'after' },
  'before a compaction is committed': { sql: /^DELETE FROM updates/, when: 'after' },
  'after a compaction': { sql: /^COMMIT/, when: 'after' },
}
/** After it was applied, at the first word to a device. */
export const beforeAck = 'after it was applied, before the acknowledgement'

const wanted = process.env['LIANCANG_KILL_AT']

function around(sql: string, call: () => unknown): unknown {
  fail()
  killAt(sql, 'before')
  const value = call()
  if (sql.startsWith('INSERT INTO updates')) words[at.isLogged] = 1
  killAt(sql, 'after')
  if (sql.startsWith('COMMIT') && words[at.isLogged] === 1) words[at.isLogged] = 2
  return value
}

function fail(): void {
  const turn = words[at.turn] ?? 0
  if (turn === 0) return
  const calls = Atomics.add(words, at.calls, 1) + 1
  if (calls < turn || calls >= turn + (words[at.span] ?? 0)) return
  const errcode = words[at.code] ?? 0
  throw Object.assign(new Error(`broken on purpose: ${errcode}`), {
    ...{ code: 'ERR_SQLITE_ERROR', errcode },
  })
}

function killAt(sql: string, when: Step['when']): void {
  const step = wanted === undefined ? undefined : steps[wanted]
  if (step === undefined || step.when !== when || !step.sql.test(sql)) return
  if (step.isLogged === true && words[at.isLogged] !== 1) return
  die()
}

function die(): void {
  process.kill(process.pid, 'SIGKILL')
  // Nothing more happens here until it is over.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

const { exec } = DatabaseSync.prototype
DatabaseSync.prototype.exec = function (sql) {
  return around(sql, () => exec.call(this, sql)) as void
}
for (const method of ['run', 'get', 'all'] as const) {
  const own = StatementSync.prototype[method] as (...values: unknown[]) => unknown
  Object.assign(StatementSync.prototype, {
    [method](this: StatementSync, ...values: unknown[]) {
      return around(this.sourceSQL, () => own.apply(this, values))
    },
  })
}
if (wanted === beforeAck) {
  const { write } = Socket.prototype
  Socket.prototype.write = function (this: Socket, ...args: Parameters<typeof write>) {
    if (words[at.isLogged] === 2) die()
    return write.apply(this, args)
  } as typeof write
}
