/**
 * Runs checks and counts them. A step is one command; it counts as one, unless it is a test run,
 * which counts its tests.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { environmentOfNode24 } from './node24.mjs'
import { root } from './project.mjs'

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} command a tool of node_modules/.bin, or node
 * @property {readonly string[]} args
 * @property {'vitest' | 'playwright'} [report] which kind of JSON report the step writes
 *
 * @typedef {{ passed: number, failed: number }} Counts
 * @typedef {{ name: string, counts: Counts, seconds: number, output: string }} Outcome
 */

const reportFolder = join(root, '.cache', 'reports')

/**
 * @param {Step} step
 * @returns {Promise<Outcome>}
 */
export async function runStep(step) {
  const started = process.hrtime.bigint()
  const reportFile = join(reportFolder, `${step.name}.json`)
  mkdirSync(reportFolder, { recursive: true })
  rmSync(reportFile, { force: true })
  const { status, output } = await runCommand(step, reportFile)
  const counts = step.report ? countsOf(step.report, reportFile, status) : countsOfStatus(status)
  const seconds = Number((process.hrtime.bigint() - started) / 1_000_000n) / 1000
  printOutcome(step.name, counts, seconds)
  return { name: step.name, counts, seconds, output }
}

/**
 * In the order given, two at a time where nothing else is said: there may be two cores only.
 * @param {readonly Step[]} steps
 * @param {number} [atOnce]
 * @returns {Promise<Outcome[]>}
 */
export async function runSteps(steps, atOnce = 2) {
  const waiting = [...steps]
  /** @type {Outcome[]} */
  const outcomes = []
  const worker = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      outcomes.push(await runStep(step))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return outcomes
}

/**
 * Prints what failed, then the one line that counts.
 * @param {readonly Outcome[]} outcomes
 */
export function conclude(outcomes) {
  for (const outcome of outcomes) {
    if (outcome.counts.failed === 0) continue
    console.log(`\n──── ${outcome.name} ────\n${outcome.output.trimEnd()}`)
  }
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.counts.passed, 0)
  const failed = outcomes.reduce((sum, outcome) => sum + outcome.counts.failed, 0)
  console.log(`\n${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1
}

/**
 * @param {Step} step
 * @param {string} reportFile
 * @returns {Promise<{ status: number, output: string }>}
 */
function runCommand(step, reportFile) {
  return new Promise((resolve) => {
    const child = spawn(step.command, step.args, {
      cwd: root,
      env: { ...environmentOfNode24(), ...reportEnvironment(step, reportFile) },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    })
    let output = ''
    child.stdout.on('data', (bytes) => (output += bytes))
    child.stderr.on('data', (bytes) => (output += bytes))
    child.on('error', (error) => resolve({ status: 1, output: `${output}${error}` }))
    child.on('close', (code) => resolve({ status: code ?? 1, output }))
  })
}

/**
 * @param {Step} step
 * @param {string} reportFile
 */
function reportEnvironment(step, reportFile) {
  return step.report === 'playwright' ? { PLAYWRIGHT_JSON_OUTPUT_NAME: reportFile } : {}
}

/** @param {number} status */
function countsOfStatus(status) {
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/**
 * A run that ended badly without a failed test (a file that does not load, a crash) is one failure.
 * @param {'vitest' | 'playwright'} kind
 * @param {string} reportFile
 * @param {number} status
 * @returns {Counts}
 */
export function countsOf(kind, reportFile, status) {
  const counts = kind === 'vitest' ? countVitest(reportFile) : countPlaywright(reportFile)
  if (status !== 0 && counts.failed === 0) return { ...counts, failed: 1 }
  return counts
}

/** @param {string} file */
function countVitest(file) {
  const report = readReport(file)
  const suites = report?.testResults ?? []
  const unloaded = suites.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ suite) =>
      suite.status === 'failed' && suite.assertionResults.length === 0,
  )
  return {
    passed: report?.numPassedTests ?? 0,
    failed: (report?.numFailedTests ?? 0) + unloaded.length,
  }
}

/** @param {string} file */
function countPlaywright(file) {
  const report = readReport(file)
  return {
    passed: (report?.stats.expected ?? 0) + (report?.stats.flaky ?? 0),
    failed: (report?.stats.unexpected ?? 0) + (report?.errors.length ?? 0),
  }
}

/** @param {string} file */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * @param {string} name
 * @param {Counts} counts
 * @param {number} seconds
 */
function printOutcome(name, counts, seconds) {
  const mark = counts.failed === 0 ? '✓' : '✗'
  const figures = `${counts.passed} passed, ${counts.failed} failed`
  console.log(`${mark} ${name.padEnd(10)} ${figures.padEnd(24)} ${seconds.toFixed(1)} s`)
}

/**
 * A vitest step for some projects of vitest.config.ts.
 * @param {string} name
 * @param {readonly string[]} projects
 * @returns {Step}
 */
export function vitestStep(name, projects) {
  const file = join(reportFolder, `${name}.json`)
  const chosen = projects.flatMap((project) => ['--project', project])
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  return {
    name,
    command: 'vitest',
    args: ['run', '--passWithNoTests', ...chosen, ...reporters],
    report: 'vitest',
  }
}

/** @type {Record<'types' | 'lint' | 'format' | 'knip', Step>} */
export const checks = {
  types: {
    name: 'types',
    command: 'tsc',
    // What has not changed since the last run is not looked at again.
    args: ['-p', 'tsconfig.json', '--incremental', '--tsBuildInfoFile', '.cache/types.tsbuildinfo'],
  },
  lint: { name: 'lint', command: 'oxlint', args: ['--quiet'] },
  format: {
    name: 'format',
    command: 'biome',
    args: ['check', '--max-diagnostics=50', '--colors=off', '.'],
  },
  knip: { name: 'knip', command: 'knip', args: ['--no-progress'] },
}

/** What is quick enough for every commit. */
export const quickProjects = ['domain', 'client', 'server', 'scripts', 'house']
