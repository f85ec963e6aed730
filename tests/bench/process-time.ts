/** Processor time of another process, from Linux's /proc: all its threads, in ms. */
import { readFileSync } from 'node:fs'

const msPerTick = 10

/** To the next 10 ms; NaN where there is no /proc. */
export function processTimeMs(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * msPerTick
  } catch {
    return Number.NaN
  }
}
