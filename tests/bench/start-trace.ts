/**
 * Where the time of a start goes, by Chromium's own trace: processor time beside wall time, so that a thread that
 * waited for a processor is told from one that was busy. Knows no app, only the mark at which the start is over.
 */
import type { Page } from 'playwright'

/** What a page marks when its first rows are painted. */
export const paintedMark = 'bench-painted'

export interface StartTrace {
  /** From the navigation to the mark, by the clock, ms. */
  readonly wallMs: number
  /** In that time, of the page's own thread. */
  readonly page: Share
  readonly workers: Share
  /** What the workers did longest in it. */
  readonly work: readonly Block[]
  /** Tasks of the page's thread that lasted more than 50 ms, the longest first. */
  readonly blocks: readonly Block[]
}

interface Share {
  readonly busyMs: number
  /** The part of it in which the thread had a processor. */
  readonly processorMs: number
}

export interface Block extends Share {
  readonly what: string
}

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** µs. */
  readonly ts: number
  readonly dur?: number
  readonly tdur?: number
  readonly args?: {
    readonly name?: string
    readonly data?: { readonly url?: string; readonly functionName?: string }
    readonly beginData?: { readonly url?: string }
  }
}

const longTaskUs = 50_000
const taskNames: ReadonlySet<string> = new Set(['RunTask', 'ThreadControllerImpl::RunTask'])
const categories = [
  ...['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'],
  ...['v8', 'v8.execute', 'blink.user_timing', 'loading', 'disabled-by-default-v8.gc'],
]

/** `act` navigates, waits until the page has started, and answers its mark by its own clock, ms. */
export async function traced(page: Page, act: () => Promise<number>): Promise<StartTrace> {
  const session = await page.context().newCDPSession(page)
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]))
  })
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: categories },
  })
  const paintedMs = await act()
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.end')
  await complete
  return readTrace(events, paintedMs)
}

function readTrace(events: readonly TraceEvent[], paintedMs: number): StartTrace {
  const painted = events.find(({ name }) => name === paintedMark)
  if (painted === undefined) throw new Error('the trace holds no mark')
  const { pid, tid } = painted
  const mine = events.filter((event) => event.pid === pid)
  const begun = painted.ts - paintedMs * 1_000
  const threads = new Map(
    mine.flatMap((event) =>
      event.name === 'thread_name' ? [[event.tid, event.args?.name ?? '']] : [],
    ),
  )
  const tasks = outermost(mine.filter(({ name, ts }) => taskNames.has(name) && ts >= begun))
  const before = tasks.filter(({ ts }) => ts < painted.ts)
  const work = before.filter(
    (task) => threads.get(task.tid)?.startsWith('DedicatedWorker') === true,
  )
  return {
    wallMs: paintedMs,
    page: shareOf(before.filter((task) => task.tid === tid)),
    workers: shareOf(work),
    work: work
      .filter(({ tdur = 0 }) => tdur > longTaskUs / 5)
      .sort((one, other) => (other.tdur ?? 0) - (one.tdur ?? 0))
      .slice(0, 8)
      .map((task) => ({ ...shareOf([task]), what: contentOf(task, mine) })),
    blocks: tasks
      .filter((task) => task.tid === tid && (task.dur ?? 0) > longTaskUs)
      .sort((one, other) => (other.dur ?? 0) - (one.dur ?? 0))
      .map((task) => ({ ...shareOf([task]), what: contentOf(task, mine) })),
  }
}

/** A task is told twice where both categories tell of it. */
function outermost(tasks: readonly TraceEvent[]): TraceEvent[] {
  const ends = new Map<number, number>()
  const sorted = [...tasks].sort(
    (one, other) => one.ts - other.ts || (other.dur ?? 0) - (one.dur ?? 0),
  )
  return sorted.filter(({ tid, ts, dur = 0 }) => {
    const isInside = ts < (ends.get(tid) ?? 0)
    if (!isInside) ends.set(tid, ts + dur)
    return !isInside
  })
}

function shareOf(tasks: readonly TraceEvent[]): Share {
  const sum = (of: (task: TraceEvent) => number) =>
    tasks.reduce((total, task) => total + of(task), 0) / 1_000
  return { busyMs: sum(({ dur = 0 }) => dur), processorMs: sum(({ tdur = 0 }) => tdur) }
}

/** The longest named parts of a task. */
function contentOf(task: TraceEvent, events: readonly TraceEvent[]): string {
  const end = task.ts + (task.dur ?? 0)
  const inside = events.filter(
    ({ tid, name, ts, dur = 0 }) =>
      tid === task.tid &&
      ts >= task.ts &&
      ts + dur <= end &&
      dur > longTaskUs / 10 &&
      !taskNames.has(name),
  )
  const named = inside
    .sort((one, other) => (other.dur ?? 0) - (one.dur ?? 0))
    .slice(0, 6)
    .map((event) => `${nameOf(event)} ${Math.round((event.dur ?? 0) / 1_000)}`)
  return named.length === 0 ? 'nothing named' : named.join(', ')
}

function nameOf({ name, args }: TraceEvent): string {
  const file = args?.data?.url ?? args?.beginData?.url
  const place = file === undefined ? '' : ` ${file.split('/').at(-1)}`
  return `${name}${place}${args?.data?.functionName ? ` ${args.data.functionName}` : ''}`
}
