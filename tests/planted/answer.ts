/** What a finder says to the one who runs it: the last line that it writes. */

export interface Answer {
  /** The rule or test that was broken; undefined when nothing was found. */
  readonly found?: string
  readonly detail?: string
  readonly seeds: number
  /** CPU seconds of the finder. */
  readonly seconds: number
}

export function answer(said: Omit<Answer, 'seconds'>): void {
  const whole: Answer = { ...said, seconds: cpuSeconds() }
  process.stdout.write(`\n${JSON.stringify(whole)}\n`)
}

/** CPU seconds of this process so far. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000_000
}
