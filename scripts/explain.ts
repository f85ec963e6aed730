/**
 * `npm run explain -- GOODS --login L --password P [--warehouse NAME] [--until 2026-03-31]`: why the stock and
 * value of a product are what they are: every record behind them, with running quantity, value and average.
 * GOODS is a code, a barcode or a name. Ends with 1 where there is no such product, or several.
 */
import { parseArgs } from 'node:util'
import { explain } from '#client/headless/explain.ts'
import { addDays, businessDate, isBusinessDate, startOf } from '#domain/values/business-date.ts'
import { connect, connectionOptions, refuse, stop } from './command-line/connection.ts'
import { explainText } from './command-line/explain-text.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { ...connectionOptions, warehouse: { type: 'string' }, until: { type: 'string' } },
})
const [goods, ...others] = positionals
const { warehouse, until } = values
if (goods === undefined || others.length > 0 || (until !== undefined && !isBusinessDate(until))) {
  stop(
    'npm run explain -- GOODS --login L --password P [--url http://localhost:8080]' +
      ' [--warehouse NAME] [--until 2026-03-31] [--language en]',
  )
}

const device = await connect(values)
const { zone } = await device.session()
const explained = await explain(device, {
  goods,
  ...(warehouse !== undefined && { warehouse }),
  ...(until !== undefined && { until: startOf(addDays(businessDate(until), 1), zone) - 1 }),
})
await device.close()
if (explained.ok) for (const line of explainText(explained.value, zone)) console.log(line)
else refuse(explained.problem)
process.exit(explained.ok ? 0 : 1)
