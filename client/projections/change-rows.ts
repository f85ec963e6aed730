/**
 * 变动说明: which figures differ since somebody looked on this device, and why. Own postings alone are no news; beside
 * what others did they are a cause like any other, so that the sums stay exact [NEW1].
 */
import type {
  ChangeCause,
  ChangedDocumentRow,
  ChangedFigures,
  ChangeKind,
  ChangePage,
  ChangeRow,
  QueryArgs,
} from '#client/engine/face/face.ts'
import { textOf } from '#domain/masters/master-field.ts'
import { skuName } from '#domain/masters/sku.ts'
import type { ChangedDocument, ChangedGoods, ChangeOutline } from '#domain/fold/changed-goods.ts'
import type { DocumentNews } from '#domain/fold/document-news.ts'
import { definitionOf } from '#domain/registry.ts'
import { unitRows } from './product-rows.ts'
import { canRead, nameOf, type Reading, userName } from './reading.ts'

/** Goods that are listed; nobody reads more, and what is cut is said. */
const limitGoods = 2_000
/** Documents of one cause that are named. */
const limitDocuments = 20

interface Dated {
  readonly goods: ChangeOutline
  readonly arrivedAt: number
}

export function changePage(
  reading: Reading,
  { skuId, offset, limit }: QueryArgs<'changes'>,
): ChangePage {
  const since = reading.news.lookedAt
  const found = newsOf(reading).filter(({ goods }) => skuId === undefined || goods.sku === skuId)
  found.sort((one, other) => other.arrivedAt - one.arrivedAt || compareGoods(one, other))
  const listed = found.slice(0, limitGoods)
  return {
    ...{ total: listed.length, offset, changed: found.length },
    rows: listed.slice(offset, offset + limit).flatMap((dated) => changeRow(reading, dated) ?? []),
    ...(since !== undefined && { since }),
  }
}

function compareGoods({ goods: one }: Dated, { goods: other }: Dated): number {
  if (one.sku !== other.sku) return one.sku < other.sku ? -1 : 1
  return one.branch < other.branch ? -1 : 1
}

/** What this person may know of, and others had a hand in. */
function newsOf(reading: Reading): Dated[] {
  const changes = reading.news.changes()
  const branches = new Set([...reading.reader().branches, 'all'])
  const isCosted = canRead(reading, 'buying')
  const isForeign = (news: DocumentNews) => !isOwn(reading, news)
  const hasForeign = changes.some(({ news }) => news.some(isForeign))
  const hasOwn = changes.some(({ news }) => !news.every(isForeign))
  return changes.flatMap((goods) => {
    const { branch, news, isMoved } = goods
    if (!branches.has(branch) || (!isCosted && !isMoved)) return []
    // What no document of these goods explains follows from others: from what came, if anything did.
    const isNews = news.length === 0 ? hasForeign || !hasOwn : news.some(isForeign)
    return isNews ? [{ goods, arrivedAt: arrivedAt(reading, news.filter(isForeign)) }] : []
  })
}

function isOwn(reading: Reading, news: DocumentNews): boolean {
  return news.device === reading.device
}

function arrivedAt(reading: Reading, news: readonly DocumentNews[]): number {
  return news.reduce(
    (latest, one) => Math.max(latest, reading.news.arrivedAt(one)),
    reading.news.lookedAt ?? 0,
  )
}

function changeRow(reading: Reading, { goods: outline, arrivedAt }: Dated): ChangeRow | undefined {
  const goods = outline.detail()
  const { masters } = reading.fold
  const sku = masters.get('sku', goods.sku)
  if (sku === undefined) return undefined
  const product = masters.get('product', textOf(sku, 'productId')) ?? {}
  const profitChange = canRead(reading, 'buying') ? profitChangeOf(reading, goods) : 0
  return {
    ...{ skuId: goods.sku, code: textOf(sku, 'code'), name: skuName(product, sku) },
    ...{ specification: textOf(product, 'specification'), baseUnit: textOf(sku, 'baseUnit') },
    ...{ units: unitRows(reading, sku), branchId: goods.branch, arrivedAt },
    branchName: nameOf(reading, 'branch', goods.branch),
    before: figuresFor(reading, goods.before),
    after: figuresFor(reading, goods.after),
    places: goods.places.map(({ warehouse, ...place }) => ({
      warehouseName: nameOf(reading, 'warehouse', warehouse),
      ...place,
    })),
    ...(profitChange !== 0 && { profitChange }),
    causes: causesOf(reading, goods),
  }
}

function figuresFor(
  reading: Reading,
  { quantity, value }: Required<ChangedFigures>,
): ChangedFigures {
  return { quantity, ...(canRead(reading, 'buying') && { value }) }
}

/** Of sales and returns that were known, and that nothing came of since. */
function profitChangeOf(reading: Reading, { documents }: ChangedGoods): number {
  return documents
    .filter(({ docId, branch, news }) => news === undefined && isSale(reading, docId, branch))
    .reduce((sum, { value }) => sum + value, 0)
}

function isSale({ fold }: Reading, docId: string, branch: string): boolean {
  const type = fold.documents.get(docId, branch)?.type ?? ''
  return definitionOf(type)?.lines['amount']?.audience === 'sales'
}

/** In this order they are told. */
const kindsInOrder: readonly ChangeKind[] = [
  ...(['moved', 'counted', 'reversed', 'replaced', 'priced'] as const),
  ...(['recounted', 'recosted', 'own'] as const),
]

function causesOf(reading: Reading, goods: ChangedGoods): readonly ChangeCause[] {
  const isCosted = canRead(reading, 'buying')
  const byKind = new Map<string, { kind: ChangeKind; type: string; documents: ChangedDocument[] }>()
  for (const document of goods.documents) {
    const kind = kindOf(reading, goods, document)
    if (!isCosted && document.quantity === 0) continue
    const isByType = kind === 'moved' || kind === 'reversed'
    const type = isByType ? typeOf(reading, document) : ''
    const key = `${kindsInOrder.indexOf(kind)} ${type}`
    const known = byKind.get(key)
    if (known === undefined) byKind.set(key, { kind, type, documents: [document] })
    else known.documents.push(document)
  }
  return [...byKind]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { kind, type, documents }]) => ({
      ...{ kind, type, documentCount: documents.length },
      ...figuresFor(reading, sumOf(documents)),
      documents: documents
        .map((document) => documentRow(reading, document))
        .sort((one, other) => other.at - one.at)
        .slice(0, limitDocuments),
    }))
}

function typeOf(reading: Reading, { docId, branch }: ChangedDocument): string {
  return reading.fold.documents.get(docId, branch)?.type ?? ''
}

function sumOf(documents: readonly ChangedDocument[]): Required<ChangedFigures> {
  let [quantity, value] = [0, 0]
  for (const document of documents) {
    quantity += document.quantity
    value += document.value
  }
  return { quantity, value }
}

function kindOf(reading: Reading, goods: ChangedGoods, document: ChangedDocument): ChangeKind {
  const { news, isCount, isEarlier, isPricing, quantity } = document
  if (news === undefined) {
    if (quantity !== 0) return 'recounted'
    return isOnlyPriced(reading, goods) ? 'priced' : 'recosted'
  }
  if (isOwn(reading, news)) return 'own'
  if (news.what === 'reversed') return 'reversed'
  if (news.what === 'supplied' || (isPricing && quantity === 0)) return 'priced'
  if (isEarlier) return 'replaced'
  return isCount ? 'counted' : 'moved'
}

/** Nothing came but one record that says what goods cost: all that follows is its doing. */
function isOnlyPriced(reading: Reading, { documents }: ChangedGoods): boolean {
  const came = documents.flatMap(({ news, ...document }) =>
    news === undefined ? [] : [{ ...document, news }],
  )
  const [only] = came
  if (only === undefined || came.length > 1 || isOwn(reading, only.news)) return false
  return only.news.what === 'supplied' || (only.isPricing && only.news.what === 'posted')
}

function documentRow(reading: Reading, document: ChangedDocument): ChangedDocumentRow {
  const { docId, branch, news } = document
  const entry = reading.fold.documents.get(docId, branch)
  const act = news?.what === 'reversed' ? (entry?.reversedBy ?? entry) : entry
  const device = news?.device ?? act?.device ?? ''
  return {
    ...{ docId, type: entry?.type ?? '', number: act?.number ?? '', at: act?.at ?? 0 },
    ...(news !== undefined && !isOwn(reading, news) && { arrivedAt: reading.news.arrivedAt(news) }),
    branchName: nameOf(reading, 'branch', branch),
    deviceName: reading.fold.directory.device(device)?.name ?? '',
    byName: userName(reading, act?.by ?? ''),
    ...figuresFor(reading, document),
  }
}
