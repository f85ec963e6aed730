/**
 * What the benchmarks showed last, per file, and the page made of it: a run of some files replaces
 * their figures only, each with the commit, date and load that they were taken at.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem } from 'node:os'
import { join } from 'node:path'
import type { BenchRow } from './bench-row.ts'

/** One file's run. */
export interface Figures {
  readonly rows: readonly BenchRow[]
  /** `2026-11-22`. */
  readonly date: string
  /** Short id of the commit; `+` where the tree had changes. */
  readonly commit: string
  /** Processes that wanted a core, over the minute before and the last minute. */
  readonly load: string
}

export type FiguresOfFiles = Readonly<Record<string, Figures>>

const docs = join(import.meta.dirname, '..', '..', 'docs')
const dataFile = join(import.meta.dirname, 'figures.json')

/** The commit that a run measures. */
export function commitText(): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()
  const ours = ['status', '--porcelain', '--', '.', ':!docs', ':!tests/bench/figures.json']
  return `${git('rev-parse', '--short', 'HEAD')}${git(...ours) === '' ? '' : '+'}`
}

/** Load of the last minute. */
export function loadText(): string {
  return (loadavg()[0] ?? Number.NaN).toFixed(1)
}

/** Puts the figures of some files beside those of the others, and makes docs/benchmarks.md anew. */
export function keepFigures(fresh: FiguresOfFiles, files: readonly string[]): void {
  const old: FiguresOfFiles = existsSync(dataFile) ? JSON.parse(readFileSync(dataFile, 'utf8')) : {}
  const all = Object.entries({ ...old, ...fresh }).filter(([file]) => files.includes(file))
  all.sort(([one], [other]) => (one < other ? -1 : 1))
  const figures = Object.fromEntries(all)
  // A row that ended without figures has NaN, which JSON writes as null.
  writeFileSync(dataFile, `${JSON.stringify(figures, undefined, 2)}\n`)
  writeFileSync(join(docs, 'benchmarks.md'), pageOf(figures))
}

/** The page: a table of all rows by goal, then where and when each file was run. */
export function pageOf(figures: FiguresOfFiles): string {
  const runs = Object.entries(figures).map(([file, { date, commit, load }]) => {
    return `| ${file} | ${date} | ${commit} | ${load} |`
  })
  return [
    '# Benchmarks',
    '',
    'Ours beside a floor of the same work without us, interleaved in one run; medians. Compare ratios, not milliseconds.',
    'Made by `npm run bench`, of some goals by `npm run bench -- --only G9 --write`. What is missed is told with its',
    'profile in `ROADMAP.md` under Speed.',
    '',
    `- Machine: ${machineText()}`,
    '',
    ...tableOf(Object.values(figures).flatMap(({ rows }) => rows)),
    '',
    '## When',
    '',
    'Load: processes that wanted a core in the minute before the file ran, and in its last.',
    '',
    '| file | date | commit | load |',
    '| --- | --- | --- | --- |',
    ...runs,
    '',
  ].join('\n')
}

/** Rows as lines of a Markdown table, by goal. */
export function tableOf(rows: readonly BenchRow[]): string[] {
  const heads = ['goal', 'what', 'floor', 'ours', 'unit', 'ratio', 'target', 'met']
  const sorted = [...rows].sort((one, other) => placeOf(one.goal) - placeOf(other.goal))
  const cells = sorted.map((row) => [
    row.goal,
    row.what,
    figure(row.floor),
    figure(row.ours),
    row.unit,
    figure(row.ratio),
    row.target,
    verdict(row),
  ])
  return [heads, heads.map(() => '---'), ...cells].map((line) => `| ${line.join(' | ')} |`)
}

/** Whether a row with a goal meets it; a row without one only tells. */
export function isMet(row: BenchRow): boolean | undefined {
  const [, sign, limit] = /^([≤≥])\s*([\d.]+)/.exec(row.target) ?? []
  if (sign === undefined) return undefined
  if (!Number.isFinite(row.ratio)) return false
  return sign === '≤' ? row.ratio <= Number(limit) : row.ratio >= Number(limit)
}

function verdict(row: BenchRow): string {
  const met = isMet(row)
  if (met === undefined) return '–'
  return met ? 'yes' : '**no**'
}

/** Those without a number come last. */
function placeOf(goal: string): number {
  return /^G\d+$/.test(goal) ? Number(goal.slice(1)) : Number.MAX_SAFE_INTEGER
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

/** Three digits; what could not be measured is a dash. */
function figure(value: number | null): string {
  return value === null || Number.isNaN(value) ? '–' : String(Number(value.toPrecision(3)))
}
