import { benchLedger } from './bench-ledger.ts'
import { costEverything } from '#domain/ledgers/stock/costing/cost-everything.ts'
const l = benchLedger({ movements: 1_000_000, branches: 20, skus: 5000 })
let sh = 0
for (let p = 0; p < l.pools.size; p++) if (l.poolTable.columns.flags[p]! & 8) sh++
console.log('shuffled', sh, 'short', l.shortages.size, 'trueups', l.trueUps.table.rows)
const rare = l.movements.columns.basis.subarray(0, 1e6).reduce((h, b) => {
  h[b] = (h[b] ?? 0) + 1
  return h
}, {} as any)
console.log(rare)
let m = 1e9
for (let i = 0; i < 25; i++) {
  const u0 = process.threadCpuUsage()
  costEverything(l)
  const u = process.threadCpuUsage(u0)
  const d = (u.user + u.system) / 1000
  if (i < 8) console.log(d.toFixed(0))
  m = Math.min(m, d)
}
console.log('min', m)
{
  let m = 1e9
  const { line, quantity } = l.movements.columns
  for (let i = 0; i < 25; i++) {
    const bal = new Float64Array(l.lines.size)
    const u0 = process.threadCpuUsage()
    for (let j = 0; j < 1e6; j++) bal[line[j]!]! += quantity[j]!
    const u = process.threadCpuUsage(u0)
    m = Math.min(m, (u.user + u.system) / 1000)
  }
  console.log('bare cpu', m)
}
