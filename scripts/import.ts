/**
 * `npm run import -- products.xlsx opening.csv --login L --password P`: files into the company of a running
 * server, through a device of its own. File by file: judged, printed, then written whole or not at all.
 * Ends with 1 when something was refused.
 */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import type { Device } from '#client/headless/device.ts'
import { importPlan, planFile } from '#client/headless/import-file.ts'
import { countText, moneyText, quantityDigits } from '#client/text/figures.ts'
import { says } from '#client/text/command-line.ts'
import {
  connect,
  connectionOptions,
  printRows,
  refuse,
  secondsText,
  stop,
} from './command-line/connection.ts'

const { values, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    ...connectionOptions,
    warehouse: { type: 'string' },
    'accept-good-rows': { type: 'boolean', default: false },
    'dry-run': { type: 'boolean', default: false },
  },
})
if (files.length === 0) {
  stop(
    'npm run import -- FILE… --login L --password P [--url http://localhost:8080]' +
      ' [--warehouse NAME] [--accept-good-rows] [--dry-run] [--language en]',
  )
}

const device = await connect(values)
let isRefused = false
for (const file of files) {
  if (!(await importOne(device, file))) isRefused = true
  if (isRefused && !values['dry-run']) break
}
await device.close()
process.exit(isRefused ? 1 : 0)

/** Whether all that was wished for was done. */
async function importOne(on: Device, file: string): Promise<boolean> {
  const say = says()
  console.log(say.file(file))
  const bytes = new Uint8Array(await readFile(file))
  const planned = await planFile(on, { name: basename(file), bytes }, values.warehouse)
  if (!planned.ok) return refuse(planned.problem)
  const plan = planned.value
  const { counts, totals } = plan
  console.log(
    say.rows(
      countText(counts.rows),
      countText(counts.accepted),
      countText(counts.rejected),
      countText(counts.problems),
    ),
  )
  const created = Object.entries(counts.created).map(([entity, count]) => `${entity} ${count}`)
  if (created.length > 0) console.log(say.creates(created.join(', ')))
  if (counts.openingLines > 0) {
    const { openingQuantity, openingValue } = totals
    const [quantity, value] = [quantityDigits(openingQuantity), moneyText(openingValue)]
    console.log(say.opening(countText(counts.openingLines), quantity, value))
  }
  if (plan.balances.length > 0) {
    console.log(say.balances(countText(plan.balances.length), moneyText(totals.openingBalances)))
  }
  if (plan.ignored.length > 0) console.log(say.ignored(plan.ignored.join(', ')))
  printRows(plan.problems, counts.problems)
  return write(on, plan)
}

async function write(on: Device, plan: Parameters<typeof importPlan>[1]): Promise<boolean> {
  const say = says()
  const { accepted, rejected } = plan.counts
  if (values['dry-run']) console.log(say.dryRun)
  if (values['dry-run']) return rejected === 0
  if (rejected > 0 && !values['accept-good-rows']) {
    console.log(say.nothingWritten)
    return false
  }
  if (accepted === 0) {
    console.log(say.nothingToWrite)
    return rejected === 0
  }
  const startMs = performance.now()
  const written = await importPlan(on, plan)
  if (!written.ok) return refuse(written.problem)
  const { masters, documents } = written.value
  console.log(
    say.written(
      countText(masters),
      countText(documents.length),
      secondsText(performance.now() - startMs),
    ),
  )
  return true
}
