/** What the command lines share: how to reach the server, and how problems are printed. */
import { type Device, openDevice } from '#client/headless/device.ts'
import { says } from '#client/text/command-line.ts'
import { countText } from '#client/text/figures.ts'
import { chooseLanguage } from '#client/text/language.ts'
import { problemSentence } from '#client/text/problem-text.ts'

export const connectionOptions = {
  url: { type: 'string', default: 'http://localhost:8080' },
  login: { type: 'string' },
  password: { type: 'string' },
  language: { type: 'string', default: 'zh-CN' },
} as const

/** A device of the company, at 已同步; ends the process where there is none to be had. */
export async function connect(values: {
  readonly url: string
  readonly login?: string | undefined
  readonly password?: string | undefined
  readonly language: string
}): Promise<Device> {
  await chooseLanguage(values.language === 'en' ? 'en' : 'zh-CN')
  const { url, login, password = process.env['LIANCANG_PASSWORD'] } = values
  if (login === undefined || password === undefined) return stop('--login L --password P')
  console.log(says().enrolling(url))
  const opened = await openDevice({ url, login, password, deviceName: 'Command line' })
  if (!opened.ok) {
    refuse(opened.problem)
    process.exit(1)
  }
  const { companyName = '', device, branchId, branches } = await opened.value.session()
  const branch = branches.find((each) => each.id === branchId)
  console.log(says().enrolled(companyName, device?.code ?? '', branch?.name ?? ''))
  return opened.value
}

interface PrintedProblem {
  readonly code: string
  readonly facts?: Readonly<Record<string, unknown>>
}

/** Says why not; false, so that callers can return it. */
export function refuse(problems: readonly PrintedProblem[]): false {
  for (const { code, facts = {} } of problems.slice(0, limitPrinted)) {
    const details = Object.entries(facts).map(([name, value]) => `${name}=${String(value)}`)
    const what = problemSentence({ code, facts: facts as never })
    console.error(says().failed([what, `[${code}]`, ...details].join(' ')))
  }
  return false
}

const limitPrinted = 1_000

interface RowProblem {
  readonly row: number
  readonly column: string
  readonly value: string
  readonly code: string
}

/** Every problem of a file with its row; `all` may be more than are listed. */
export function printRows(problems: readonly RowProblem[], all = problems.length): void {
  const listed = problems.slice(0, limitPrinted)
  for (const problem of listed) {
    const { row, column, value, code } = problem
    console.log(says().problem(row, column, value, `${problemSentence(problem)} [${code}]`))
  }
  if (all > listed.length) console.log(says().problemsMore(countText(all - listed.length)))
}

/** 1234 ms as '1.2'. */
export function secondsText(ms: number): string {
  return (ms / 1_000).toFixed(1)
}

export function stop(why: string): never {
  console.error(why)
  process.exit(2)
}
