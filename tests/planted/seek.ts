/** Runs the finders of a fault against a scratch copy, each in a process of its own. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Answer } from './answer.ts'
import type { PlantedFault } from './fault.ts'
import type { Scratch } from './scratch.ts'

export interface Found {
  readonly by: 'simulator' | 'suite' | 'nobody'
  /** The rule or test that broke first. */
  readonly rule: string
  readonly detail: string
  readonly seeds: number
  /** CPU seconds of the finder. */
  readonly seconds: number
}

export interface Budget {
  /** CPU seconds of the simulator for one fault. */
  readonly seconds: number
  readonly seeds: number
}

/** CPU seconds after which a world, or a suite, is taken to have no end. */
const graceSeconds = 90

/** Plants one fault, looks for it, takes it out. */
export async function seek(scratch: Scratch, fault: PlantedFault, budget: Budget): Promise<Found> {
  const takeOut = scratch.plant(fault)
  try {
    const { finder } = fault
    return finder === undefined
      ? await askWorlds(scratch, budget)
      : await askSuites(scratch, finder.suites)
  } finally {
    takeOut()
  }
}

export async function askWorlds(scratch: Scratch, { seconds, seeds }: Budget): Promise<Found> {
  const args = [String(seconds), String(seeds)]
  return foundBy('simulator', await run(scratch, 'find-in-worlds.ts', args, seconds + graceSeconds))
}

async function askSuites(scratch: Scratch, suites: readonly string[]): Promise<Found> {
  return foundBy('suite', await run(scratch, 'find-in-suite.ts', suites, 2 * graceSeconds))
}

function foundBy(by: 'simulator' | 'suite', answer: Answer): Found {
  const { found, detail = '', seeds, seconds } = answer
  const plain = { detail: detail.split('\n')[0] ?? '', seeds, seconds }
  return found === undefined ? { by: 'nobody', rule: '', ...plain } : { by, rule: found, ...plain }
}

function run(
  { root }: Scratch,
  script: string,
  args: readonly string[],
  limitSeconds: number,
): Promise<Answer> {
  const path = join(root, 'tests', 'planted', script)
  // The shell's own limit ends a process that never comes back to its event loop.
  const shell = ['-c', `ulimit -t ${limitSeconds}; exec "$0" "$@"`, process.execPath, path]
  return new Promise((resolve) => {
    const child = spawn('sh', [...shell, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    let errors = ''
    child.stdout.on('data', (bytes) => (output += bytes))
    child.stderr.on('data', (bytes) => (errors += bytes))
    child.on('close', (_code, signal) => resolve(answerIn(output, errors, signal, limitSeconds)))
  })
}

/** A finder that ended without an answer has found something too. */
function answerIn(
  output: string,
  errors: string,
  signal: string | null,
  limitSeconds: number,
): Answer {
  const last = output.trimEnd().split('\n').at(-1) ?? ''
  if (last.startsWith('{"')) return JSON.parse(last) as Answer
  if (signal !== null) return { found: 'no end', detail: signal, seeds: 1, seconds: limitSeconds }
  const [error = 'no answer'] = errors.split('\n').filter((line) => /Error/.test(line))
  return { found: 'the process ended', detail: error, seeds: 1, seconds: 0 }
}
