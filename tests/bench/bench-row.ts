/** What a benchmark reports: our figure beside its floor, measured in the same run. */
export interface BenchRow {
  /** Goal of the performance plan: `G1` … */
  readonly goal: string
  readonly what: string
  /** Median of the floor, in `unit`. */
  readonly floor: number
  /** Median of ours, in `unit`. */
  readonly ours: number
  /** `ms`, `µs`, `documents/s` … */
  readonly unit: string
  /** Ours against the floor; for throughput the higher the better, else the lower. */
  readonly ratio: number
  /** `≤ 1.5` or `≥ 0.8`, compared with `ratio`. */
  readonly target: string
}
