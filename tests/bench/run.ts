/**
 * `npm run bench [-- --only G1,G4] [-- --date 2026-11-22]`: runs every exported function of
 * tests/bench/*.bench.ts, each file in a process of its own, prints a table, and after a whole run
 * writes docs/benchmarks.md. Ratios of one run are comparable between machines, figures are not.
 */
import { fork } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { BenchRow } from './bench-row.ts'

const folder = import.meta.dirname
const { values: options } = parseArgs({
  options: { only: { type: 'string' }, date: { type: 'string' }, file: { type: 'string' } },
})

/** For one file, on a busy machine. */
const limitFileMs = 10 * 60_000

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
if (options.file !== undefined) process.send?.(await rowsOf(options.file), () => process.exit(0))
else await runAll()

async function runAll(): Promise<void> {
  const loadBefore = loadText()
  const goals = options.only?.split(',')
  const files = readdirSync(folder).filter((name) => name.endsWith('.bench.ts'))
  const rows: BenchRow[] = []
  for (const file of files.filter((name) => goals === undefined || covers(name, goals))) {
    console.log(`… ${file}`)
    rows.push(...(await rowsInProcess(file)))
  }
  const shown = rows
    .filter((row) => goals === undefined || goals.includes(row.goal) || row.goal === '–')
    .sort((one, other) => placeOf(one.goal) - placeOf(other.goal))
  const page = pageOf(shown, loadBefore)
  console.log(`\n${page}`)
  if (goals === undefined && rows.length > 0) {
    mkdirSync(join(folder, '..', '..', 'docs'), { recursive: true })
    writeFileSync(join(folder, '..', '..', 'docs', 'benchmarks.md'), page)
  }
  if (shown.some((row) => !isMet(row))) process.exitCode = 1
}

/** A file names the goals that it measures. */
function covers(file: string, goals: readonly string[]): boolean {
  const text = readFileSync(join(folder, file), 'utf8')
  return goals.some((goal) => text.includes(`'${goal}'`))
}

/** Those without a number come last. */
function placeOf(goal: string): number {
  return /^G\d+$/.test(goal) ? Number(goal.slice(1)) : Number.MAX_SAFE_INTEGER
}

/**
 * A file that fails or takes too long says so in a row of its own; the others are measured all the
 * same. Whatever servers and browsers it had started end with it.
 */
function rowsInProcess(file: string): Promise<BenchRow[]> {
  return new Promise((resolve) => {
    const execArgv = ['--expose-gc', '--max-old-space-size=8192']
    const child = fork(import.meta.filename, ['--file', file], { execArgv, detached: true })
    const endAll = () => endGroup(child.pid)
    const timer = setTimeout(endAll, limitFileMs)
    process.once('exit', endAll)
    let rows: BenchRow[] | undefined
    child.on('message', (message) => {
      rows = message as BenchRow[]
    })
    child.on('exit', (code) => {
      clearTimeout(timer)
      endAll()
      process.off('exit', endAll)
      resolve(rows ?? [withoutFigures(file, code)])
    })
  })
}

/** The process and all that it started. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // They had all ended by themselves.
  }
}

function withoutFigures(file: string, code: number | null): BenchRow {
  const what = `${file} ended with ${code ?? 'a signal'} and without figures`
  return {
    goal: '–',
    what,
    floor: Number.NaN,
    ours: Number.NaN,
    unit: '',
    ratio: Number.NaN,
    target: '≥ 0',
  }
}

async function rowsOf(file: string): Promise<BenchRow[]> {
  const module: Record<string, unknown> = await import(join(folder, file))
  const rows: BenchRow[] = []
  for (const measure of Object.values(module)) {
    if (typeof measure === 'function') rows.push(...((await measure()) as BenchRow[]))
  }
  return rows
}

function pageOf(rows: readonly BenchRow[], loadBefore: string): string {
  const heads = ['goal', 'what', 'floor', 'ours', 'unit', 'ratio', 'target', 'met']
  const cells = rows.map((row) => [
    row.goal,
    row.what,
    figure(row.floor),
    figure(row.ours),
    row.unit,
    figure(row.ratio),
    row.target,
    isMet(row) ? 'yes' : '**no**',
  ])
  return [
    '# Benchmarks',
    '',
    'Ours beside a floor of the same work without us, interleaved in one run; medians. Compare ratios,',
    'not milliseconds. Made by `npm run bench`.',
    '',
    `- Date: ${options.date ?? new Date().toISOString().slice(0, 10)}`,
    `- Machine: ${machineText()}`,
    `- Load average: ${loadBefore} before, ${loadText()} after`,
    '',
    ...[heads, heads.map(() => '---'), ...cells].map((line) => `| ${line.join(' | ')} |`),
    '',
  ].join('\n')
}

function isMet(row: BenchRow): boolean {
  const [, sign, limit] = /^([≤≥])\s*([\d.]+)/.exec(row.target) ?? []
  if (sign === undefined) return true
  return sign === '≤' ? row.ratio <= Number(limit) : row.ratio >= Number(limit)
}

function machineText(): string {
  const processors = cpus()
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  return `${processors.length} × ${processors[0]?.model.trim()}, ${gigabytes} GiB, ${systemName()}, Node ${process.versions.node}`
}

function systemName(): string {
  try {
    const text = readFileSync('/etc/os-release', 'utf8')
    return /^PRETTY_NAME="(.*)"$/m.exec(text)?.[1] ?? 'Linux'
  } catch {
    return `${process.platform} ${release()}`
  }
}

function loadText(): string {
  return loadavg()
    .map((load) => load.toFixed(2))
    .join(' ')
}

function figure(value: number): string {
  return String(Number(value.toPrecision(3)))
}
