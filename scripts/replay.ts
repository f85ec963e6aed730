/**
 * `npm run replay -- history.csv.gz --opening opening.csv --login L --password P --expect known.json`: posts a
 * sales history into the company of a running server, through a device of its own, and says what stock it
 * leaves. Ends with 1 when something was refused or differs from the known figures.
 */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import type { NamedFile } from '#client/headless/import-file.ts'
import { differencesFrom, readKnownTotals } from '#client/headless/known-totals.ts'
import { type Replayed, replay, type ReplayStep } from '#client/headless/replay.ts'
import {
  type StockRunRow,
  stockRun,
  stockRunDigest,
  stockRunText,
  unitsText,
} from '#client/headless/stock-run.ts'
import { says } from '#client/text/command-line.ts'
import { bytesText, countText } from '#client/text/figures.ts'
import { exactYuan, totalsByClass, totalsByMonth } from '#domain/exchange/transaction-totals.ts'
import {
  connect,
  connectionOptions,
  printRows,
  refuse,
  secondsText,
  stop,
} from './command-line/connection.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    ...connectionOptions,
    opening: { type: 'string' },
    warehouse: { type: 'string' },
    limit: { type: 'string' },
    expect: { type: 'string' },
    stock: { type: 'boolean', default: false },
  },
})
const [file, ...others] = positionals
const limit = values.limit === undefined ? undefined : Number(values.limit)
const isLimitWrong = limit !== undefined && !(Number.isSafeInteger(limit) && limit > 0)
if (file === undefined || others.length > 0 || isLimitWrong) {
  stop(
    'npm run replay -- FILE[.csv|.csv.gz] --login L --password P [--url http://localhost:8080]' +
      ' [--opening FILE] [--warehouse NAME] [--limit LINES] [--expect KNOWN.json] [--stock] [--language en]',
  )
}

const known = values.expect === undefined ? undefined : await readFile(values.expect, 'utf8')
const history = await fileOf(file)
const opening = values.opening === undefined ? undefined : await fileOf(values.opening)
const device = await connect(values)
const replayed = await replay(device, {
  history,
  ...(opening === undefined ? {} : { opening }),
  ...(values.warehouse === undefined ? {} : { warehouse: values.warehouse }),
  ...(limit === undefined ? {} : { limitLines: limit }),
  onStep: (step) => console.error(stepText(step)),
})
if (!replayed.ok) {
  refuse(replayed.problem)
  await device.close()
  process.exit(1)
}
const run = await stockRun(device)
printReplayed(replayed.value)
printStock(run)
const isKnown = compare(replayed.value, run)
await device.close()
process.exit(isKnown ? 0 : 1)

async function fileOf(path: string): Promise<NamedFile> {
  const bytes = await readFile(path)
  const isPacked = path.endsWith('.gz')
  return {
    name: basename(path, '.gz'),
    bytes: new Uint8Array(isPacked ? gunzipSync(bytes) : bytes),
  }
}

function stepText(step: ReplayStep): string {
  const say = says()
  switch (step.kind) {
    case 'read':
      return say.read(countText(step.lines))
    case 'masters':
      return say.masters(countText(step.products), countText(step.customers))
    case 'posted':
      return say.progress(countText(step.documents), countText(step.of))
    case 'sending':
      return say.sending
  }
}

function printReplayed(done: Replayed): void {
  const say = says()
  const { documents, openingDocuments, reported, lines, postedMs, syncedMs } = done
  if (done.unreadable.length > 0) console.log(say.unreadable(done.unreadable.length))
  printRows(done.unreadable)
  if (done.openingLeftOut.length > 0) console.log(say.leftOut(done.openingLeftOut.length))
  printRows(done.openingLeftOut)
  console.log(say.documents(countText(documents), countText(openingDocuments), countText(reported)))
  console.log(say.classes)
  for (const [name, total] of totalsByClass(lines)) {
    const { lines: count, quantity, amount } = total
    console.log(`  ${name} ${count} ${unitsText(quantity)} ${exactYuan(amount)}`)
  }
  console.log(say.months)
  for (const [month, total] of totalsByMonth(lines)) {
    const { lines: count, quantity, amount, invoices } = total
    console.log(`  ${month} ${count} ${unitsText(quantity)} ${exactYuan(amount)} ${invoices}`)
  }
  const perSecond = (documents + openingDocuments) / (postedMs / 1_000)
  const memory = bytesText(process.resourceUsage().maxRSS * 1_024)
  const [posted, synced] = [secondsText(postedMs), secondsText(syncedMs)]
  console.log(say.speed(posted, synced, countText(Math.round(perSecond)), memory))
}

function printStock(rows: readonly StockRunRow[]): void {
  const sum = (name: 'opening' | 'in' | 'out' | 'closing') =>
    unitsText(rows.reduce((all, row) => all + row[name], 0))
  if (values.stock) console.log(stockRunText(rows))
  console.log(
    says().stock(countText(rows.length), sum('opening'), sum('in'), sum('out'), sum('closing')),
  )
  console.log(says().digest(stockRunDigest(rows)))
}

function compare({ lines }: Replayed, rows: readonly StockRunRow[]): boolean {
  if (known === undefined) return true
  const differences = differencesFrom(readKnownTotals(known), lines, rows)
  for (const { where, expected, found } of differences) {
    console.log(says().difference(where, expected, found))
  }
  if (differences.length === 0) console.log(says().agrees)
  return differences.length === 0
}
