/**
 * `npm run bench [-- --only G1,G4] [-- --write] [-- --date 2026-11-22]`: runs every exported function
 * of tests/bench/*.bench.ts, each file in a process of its own, and prints a table. A whole run, or
 * one with `--write`, keeps its figures and makes docs/benchmarks.md of them. Ratios of one run are
 * comparable between machines, figures are not.
 */
import { fork } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { BenchRow } from './bench-row.ts'
import { commitText, type Figures, isMet, keepFigures, loadText, tableOf } from './figures.ts'

const folder = import.meta.dirname
const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    write: { type: 'boolean', default: false },
    date: { type: 'string' },
    file: { type: 'string' },
  },
})
const date = options.date ?? new Date().toISOString().slice(0, 10)

/** For one file, on a busy machine. */
const limitFileMs = 10 * 60_000

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
if (options.file !== undefined) process.send?.(await rowsOf(options.file), () => process.exit(0))
else await runAll()

async function runAll(): Promise<void> {
  const goals = options.only?.split(',')
  const files = readdirSync(folder).filter((name) => name.endsWith('.bench.ts'))
  const figures: Record<string, Figures> = {}
  for (const file of files.filter((name) => goals === undefined || covers(name, goals))) {
    const loadBefore = loadText()
    console.log(`… ${file} at a load of ${loadBefore}`)
    const rows = await rowsInProcess(file)
    const load = `${loadBefore}, ${loadText()}`
    figures[file] = { rows, date, commit: commitText(), load }
  }
  const shown = Object.values(figures)
    .flatMap(({ rows }) => rows)
    .filter((row) => goals === undefined || goals.includes(row.goal) || row.goal === '–')
  console.log(`\n${tableOf(shown).join('\n')}`)
  if (goals === undefined || options.write) keepFigures(figures, files)
  if (shown.some((row) => isMet(row) === false)) process.exitCode = 1
}

/** A file names the goals that it measures. */
function covers(file: string, goals: readonly string[]): boolean {
  const text = readFileSync(join(folder, file), 'utf8')
  return goals.some((goal) => text.includes(`'${goal}'`))
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
