/**
 * Every hostile file through the reader of imports, in a process with a heap of 512 MB. `IMPORT_FILES=heavy`
 * adds the ones that take seconds or hundreds of megabytes, with a heap of 1 GB.
 */
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { isProblemCode } from '#client/text/problem-codes.ts'
import type { JudgedLine } from './judge-files.ts'
import { hostileFiles } from './hostile-files.ts'

interface Judged {
  readonly lines: readonly JudgedLine[]
  /** The file at which the process ended; undefined when it came to the end. */
  readonly endedAt: string | undefined
}

async function judge(heapMb: number, flags: readonly string[]): Promise<Judged> {
  const command = [`--max-old-space-size=${heapMb}`, 'tests/attacks/judge-files.ts', ...flags]
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines: JudgedLine[] = []
  let endedAt: string | undefined
  for (const line of (await text(child.stdout)).split('\n').filter((each) => each !== '')) {
    const told = JSON.parse(line) as JudgedLine | { readonly begins: string }
    endedAt = 'begins' in told ? told.begins : undefined
    if (!('begins' in told)) lines.push(told)
  }
  return { lines, endedAt }
}

function expectHarmless({ lines, endedAt }: Judged): void {
  expect(endedAt, 'the file at which the reader died').toBeUndefined()
  expect(lines.filter(({ violations }) => violations.length > 0)).toEqual([])
  const unknown = lines.filter(({ outcome }) => outcome !== 'plan' && !isProblemCode(outcome))
  expect(unknown, 'answers without a sentence for people').toEqual([])
}

const timeout = 600_000

it('[EXD2] five hundred hostile files: each is judged or refused, none harms', {
  timeout,
}, async () => {
  const judged = await judge(512, [])
  expectHarmless(judged)
  expect(judged.lines.length).toBeGreaterThan(500)
  expect(judged.lines.length).toBe(hostileFiles().filter(({ isHeavy }) => !isHeavy).length)
})

it.runIf(process.env['IMPORT_FILES'] === 'heavy')(
  '[EXD2] the heavy ones too',
  { timeout },
  async () => {
    const judged = await judge(1_024, ['--heavy'])
    for (const { name, outcome, ms, residentMb } of judged.lines) {
      process.stdout.write(`${ms} ms, ${residentMb} MB resident: ${name} → ${outcome}\n`)
    }
    expectHarmless(judged)
  },
)
