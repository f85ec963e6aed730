import { describe, expect, it } from 'vitest'
import { asId, type SkuId } from '#domain/values/ids.ts'
import { makeProductSearch, type SearchTexts, searchTextsOf } from './product-search.ts'

const nothing: SearchTexts = { code: '', barcodes: [], initials: '', name: '', specification: '' }
const skuId = (text: string) => asId<SkuId>(text)

function searchOver(texts: Record<string, Partial<SearchTexts>>) {
  const search = makeProductSearch()
  for (const [id, each] of Object.entries(texts)) search.put(skuId(id), { ...nothing, ...each })
  return search
}

describe('product search', () => {
  it('[SRH1] ranks as people expect', () => {
    const search = searchOver({
      spec: { specification: 'kk 330ml' },
      other: { code: 'xkk9' },
      name: { name: '大KK面包' },
      initials: { initials: 'kkkl' },
      barcode: { barcodes: ['kk'] },
      code: { code: 'KK' },
    })
    expect(search.search('kk', 10)).toEqual([
      { skuId: 'code', reason: 'code' },
      { skuId: 'barcode', reason: 'barcode' },
      { skuId: 'initials', reason: 'initials' },
      { skuId: 'name', reason: 'name' },
      { skuId: 'spec', reason: 'specification' },
      { skuId: 'other', reason: 'other' },
    ])
    expect(search.search('ＫＫ', 2).map(({ reason }) => reason)).toEqual(['code', 'barcode'])
  })

  it('[SRH1] finds 可口可乐 by kkkl, by part of its name and by a scan', () => {
    const search = makeProductSearch()
    const product = { name: '可口可乐', initials: 'kkkl', specification: '330ml', brand: '可口' }
    search.put(
      skuId('cola'),
      searchTextsOf(product, { code: '100109', baseUnit: '罐', 'barcode:036000291452': '罐' }),
    )
    for (const text of [
      'kkkl',
      'KKK',
      '口可',
      '0036000291452',
      '036000291452',
      '330',
      '可口 330',
    ]) {
      expect([text, search.search(text, 5).length]).toEqual([text, 1])
    }
    expect(search.search('可乐 雪碧', 5)).toEqual([])
    expect(search.search('乐k', 5)).toEqual([]) // no match across two texts
  })

  it('[SRH2] follows changes at once', () => {
    const search = searchOver({ a: { name: '苹果' }, b: { name: '苹果汁' } })
    search.put(skuId('a'), { ...nothing, name: '香蕉' })
    expect(search.search('苹果', 5).map((hit) => hit.skuId)).toEqual(['b'])
    search.remove(skuId('b'))
    search.remove(skuId('b'))
    expect(search.search('苹果', 5)).toEqual([])
    search.put(skuId('c'), { ...nothing, name: '苹果' })
    expect(search.search('苹果', 5).map((hit) => hit.skuId)).toEqual(['c'])
    expect(search.search(' ', 5)).toEqual([])
    expect(search.search('苹果', 0)).toEqual([])
  })

  it('[SRH3] finds among 50,000 SKUs the best hit, wherever it stands', () => {
    const search = makeProductSearch()
    for (let i = 0; i < 50_000; i++) {
      search.put(skuId(`sku-${i}`), { ...nothing, code: String(100_000 + i), name: `可乐${i}` })
    }
    expect(search.search('149999', 50)).toEqual([{ skuId: 'sku-49999', reason: 'code' }])
    expect(search.search('乐49999', 50)).toEqual([{ skuId: 'sku-49999', reason: 'name' }])
    const many = search.search('可乐', 50)
    expect(many.map((hit) => hit.skuId)).toEqual(Array.from({ length: 50 }, (_, i) => `sku-${i}`))
    search.put(skuId('last'), { ...nothing, code: '可乐' })
    expect(search.search('可乐', 1)).toEqual([{ skuId: 'last', reason: 'code' }])
  })
})
