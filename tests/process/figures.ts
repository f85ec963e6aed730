/** Median, 99th percentile and maximum of measured times, in whole ms. */
export function figuresOf(times: readonly number[]): { median: number; p99: number; max: number } {
  const sorted = [...times].sort((one, other) => one - other)
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return { median: at(0.5), p99: at(0.99), max: at(1) }
}
