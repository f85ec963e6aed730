/** What honest devices felt during each attack, as a table and as a file. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import type { Attacker } from './attack.ts'

export interface AttackReport {
  readonly id: string
  readonly by: Attacker
  readonly what: string
  /** How often it was done, and the server's answers. */
  readonly times: number
  readonly answers: readonly string[]
  /** Write-to-read times of the honest devices meanwhile, in ms. */
  readonly latencies: readonly number[]
  /** The most memory that the server held meanwhile, in MB. */
  readonly peakMb: number
}

const folder = join(import.meta.dirname, '..', '..', '.cache', 'reports')

export function writeReport(reports: readonly AttackReport[]): void {
  const rows = reports.map(({ latencies, ...row }) => ({
    ...row,
    records: latencies.length,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
  }))
  const isQuiet = ({ id }: AttackReport) => id.startsWith('quiet-')
  const attacked = reports.filter((report) => !isQuiet(report))
  const all = attacked.flatMap(({ latencies }) => latencies)
  const total = {
    ...{ attacks: attacked.length, records: all.length, load: loadavg()[0] },
    ...quantilesOf(all),
    quiet: quantilesOf(reports.filter(isQuiet).flatMap(({ latencies }) => latencies)),
    peakMb: Math.max(0, ...rows.map(({ peakMb }) => peakMb)),
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'hostile-attacks.json'), JSON.stringify({ total, rows }, undefined, 1))
  const lines = rows.map(({ id, times, records, p50, p99, peakMb, answers }) =>
    [id, times, records, p50, p99, peakMb, answers.join(' | ').slice(0, 60)].join('\t'),
  )
  console.log(['id\ttimes\trecords\tp50 ms\tp99 ms\tpeak MB\tanswer', ...lines].join('\n'))
  console.log(JSON.stringify(total))
}

function quantilesOf(values: readonly number[]) {
  return { p50: quantile(values, 0.5), p99: quantile(values, 0.99), longest: quantile(values, 1) }
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  const at = Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)
  return Math.round(10 * (sorted[Math.max(0, at)] ?? 0)) / 10
}
