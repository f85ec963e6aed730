/** What one keystroke in a field for products costs in a catalogue of 50,000 SKUs. */
import { makeProductSearch } from '#domain/masters/product-search.ts'
import { asId, type SkuId } from '#domain/values/ids.ts'
import type { BenchRow } from './bench-row.ts'
import { median } from './median.ts'

const skus = 50_000
const rounds = 25
const limitHits = 50
const typed = ['100777', '6900000', 'kl1z', '可乐9', '大瓶', 'nothing-here']

/** Beside a bare scan that looks for the same text in one string per SKU, and ranks nothing. */
export function searchInALargeCatalogue(): BenchRow[] {
  const search = makeProductSearch()
  const texts: string[] = []
  for (let i = 0; i < skus; i++) {
    const code = String(100_000 + i)
    const barcode = String(6_900_000_000_000 + i * 37)
    const initials = `kl${i.toString(36)}`
    const name = `商品名称可乐${i % 977} 大瓶装`
    const specification = `${i % 50}ml 箱装`
    search.put(asId<SkuId>(`sku-${i}`), {
      code,
      barcodes: [barcode],
      initials,
      name,
      specification,
    })
    texts.push([code, barcode, initials, name, specification].join('\n'))
  }
  const floors: number[] = []
  const ours: number[] = []
  for (let round = 0; round < rounds; round++) {
    floors.push(timeOf((text) => texts.filter((each) => each.includes(text)).length))
    ours.push(timeOf((text) => search.search(text, limitHits).length))
  }
  const [floor, own] = [median(floors), median(ours)]
  const what = `a keystroke of product search, ${skus} SKUs, beside a bare scan`
  return [{ goal: 'search', what, floor, ours: own, unit: 'ms', ratio: own / floor, target: '–' }]
}

/** Milliseconds for one of the texts, on average. */
function timeOf(find: (text: string) => number): number {
  const started = performance.now()
  let hits = 0
  for (const text of typed) hits += find(text)
  if (hits === 0) throw new Error('nothing was found')
  return (performance.now() - started) / typed.length
}
