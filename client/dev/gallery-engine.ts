/**
 * An engine that pretends: a small shop with fixed answers, so that the frame and every screen can be drawn and
 * looked at without a server. Acts succeed and change nothing.
 */
import type {
  DocumentRow,
  EngineFace,
  FindingRow,
  HomeFigures,
  Page,
  PageArgs,
  ProductRow,
  Queries,
  Session,
  Status,
  StockRow,
} from '#client/engine/face/face.ts'
import { goodsAt, goodsCount, spark } from './gallery-data.ts'

const dayMs = 86_400_000
/** 2026-11-22 14:05 in China. */
const nowMs = Date.UTC(2026, 10, 22, 6, 5)

const branches = [
  { id: 'b1', code: '001', name: '中山路店' },
  { id: 'b2', code: '002', name: '大学城店' },
  { id: 'b3', code: '003', name: '火车站店' },
]

const session: Session = {
  stage: 'ready',
  companyName: '示范公司',
  organizationId: 'o1',
  device: { id: 'd1', code: 'A7', name: '前台平板' },
  branches,
  branchId: 'b1',
  audiences: ['goods', 'sales', 'buying', 'books'],
  user: { id: 'u1', name: '店长', login: 'manager' },
  roles: ['manager', 'owner'],
  hasPin: true,
  zone: { offsetMinutes: 480, cutOffMinutes: 0 },
}

const status: Status = {
  connection: 'online',
  lastHeardAt: Date.now() - 4_000,
  documentsWaiting: 3,
  recordsWaiting: 6,
  journalsBehind: 0,
  isUpdateNeeded: false,
  clockOffsetMs: 1_200,
}

function productAt(index: number): ProductRow {
  const goods = goodsAt(index)
  return {
    skuId: goods.id,
    productId: `p-${index}`,
    code: goods.code,
    name: goods.name,
    specification: goods.specification,
    category: ['饮料', '酒水', '粮油', '日用'][index % 4] ?? '',
    baseUnit: '瓶',
    units: [
      { name: '瓶', numerator: 1, denominator: 1, barcodes: [goods.code] },
      { name: '箱', numerator: 12, denominator: 1, barcodes: [] },
    ],
    barcodes: [goods.code],
    retailPrice: goods.price,
    purchasePrice: Math.round(goods.price * 0.7),
    isDisabled: false,
    isService: false,
    onHand: goods.onHand,
    available: goods.onHand,
  }
}

function stockAt(index: number): StockRow {
  const product = productAt(Math.floor(index / 3))
  const branch = branches[index % 3] ?? branches[0]
  return {
    skuId: product.skuId,
    code: product.code,
    name: product.name,
    specification: product.specification,
    baseUnit: product.baseUnit,
    units: product.units,
    warehouseId: `w${index % 3}`,
    warehouseName: `${branch?.name ?? ''}·前仓`,
    branchId: branch?.id ?? 'b1',
    quantity: product.onHand - index * 10_000,
    ...{ reserved: 0, available: product.onHand - index * 10_000, onOrder: 0, inTransit: 0 },
  }
}

function documentAt(type: string, index: number): DocumentRow {
  const states = ['saved', 'synced', 'synced', 'reversed'] as const
  return {
    docId: `doc-${type}-${index}`,
    type,
    number: `${type === 'shipment' ? 'XSCK' : 'CGRK'}261122-001-A7-${String(200 - index).padStart(4, '0')}`,
    at: nowMs - index * 2_700_000,
    branchId: 'b1',
    deviceId: 'd1',
    by: 'u2',
    byName: ['仓管', '收银', '采购'][index % 3] ?? '',
    state: states[index % 4] ?? 'synced',
    pendingParts: index % 5 === 4 ? ['buying'] : [],
    fields: {},
    names: {},
    lineCount: 1 + (index % 7),
    amount: 12_345 * (index + 3),
  }
}

const findings: readonly FindingRow[] = [0, 1, 2].map((index) => ({
  key: `f${index}`,
  code: ['negative-stock', 'posted-twice', 'stock-short'][index] ?? 'negative-stock',
  severity: index === 1 ? 'stop' : 'decide',
  branchId: branches[index]?.id ?? 'b1',
  ownerRole: 'manager',
  evidence: { quantity: -30_000 },
  documents: [{ docId: 'doc-shipment-0', type: 'shipment', number: 'XSCK261122-001-A7-0200' }],
  skuId: goodsAt(index).id,
  skuName: goodsAt(index).name,
}))

const home: HomeFigures = {
  businessDate: '2026-11-22',
  sales: { amount: 3_241_000, documents: 214, sameDayLastWeek: 3_001_000 },
  grossProfit: 812_300,
  byBranch: branches.map((branch, at) => ({
    branchId: branch.id,
    name: branch.name,
    amount: 1_241_000 - at * 300_000,
    days: spark.slice(60).map((value, day) => ({
      date: new Date(nowMs - (29 - day) * dayMs).toISOString().slice(0, 10),
      amount: value * 4_000 - at * 120_000,
    })),
  })),
  stockValue: 48_213_055,
  skusInStock: 3_812,
  skusNegative: 3,
  findings,
  decisions: findings.length,
  latest: Array.from({ length: 8 }, (_, index) => documentAt('shipment', index)),
}

function page<Row>(total: number, at: (index: number) => Row, args: PageArgs): Page<Row> {
  const last = Math.min(total, args.offset + args.limit)
  const rows = Array.from({ length: Math.max(0, last - args.offset) }, (_, i) =>
    at(args.offset + i),
  )
  return { total, offset: args.offset, rows }
}

const suppliers = ['青岛啤酒华东经销部', '金龙鱼粮油批发', '农夫山泉水站']

type Answers = {
  [Name in keyof Queries]?: (args: Queries[Name]['args']) => Queries[Name]['result']
}

const answers: Answers = {
  status: () => status,
  agreement: () => 'K7M2',
  session: () => session,
  home: () => home,
  findings: (args) => page(findings.length, (index) => findings[index] as FindingRow, args),
  decisions: () => findings.length,
  products: (args) => page(goodsCount, productAt, args),
  product: ({ skuId }) => productAt(Number(skuId.slice(4))),
  stock: (args) => page(12_000, stockAt, args),
  stockOf: ({ skuId }) => ({
    product: productAt(Number(skuId.slice(4))),
    byWarehouse: [0, 1, 2].map((at) => stockAt(Number(skuId.slice(4)) * 3 + at)),
    goods: [],
    claims: [],
    byBranch: branches.map((branch, at) => ({
      branchId: branch.id,
      quantity: 1_200_000 - at * 400_000,
      value: 540_000 - at * 180_000,
      isProvisional: at === 2,
    })),
    days: spark.map((quantity, day) => ({
      date: new Date(nowMs - (89 - day) * dayMs).toISOString().slice(0, 10),
      quantity: quantity * 10_000,
    })),
  }),
  masters: (args) =>
    page(
      suppliers.length,
      (index) => ({
        id: `m${index}`,
        name: suppliers[index] ?? '',
        code: `S00${index + 1}`,
        isDisabled: false,
        fields: { name: suppliers[index] ?? '' },
      }),
      args,
    ),
  documents: (args) => page(57, (index) => documentAt(args.type ?? 'shipment', index), args),
  drafts: () => [],
  draft: () => undefined,
  document: () => undefined,
  card: () => [],
  devices: () => [],
  heldDevices: () => [],
  setAside: () => [],
  users: () => [],
  lookup: ({ text, limit }) =>
    Array.from({ length: 60 }, (_, index) => productAt(index))
      .filter(({ name, code }) => name.includes(text) || code.includes(text))
      .slice(0, limit)
      .map((product) => ({ kind: 'sku', product })),
}

export const galleryEngine: EngineFace = {
  async read(name, args) {
    const answer = answers[name] as ((given: typeof args) => unknown) | undefined
    return answer?.(args) as never
  },
  async command() {
    return { ok: true, value: {} } as never
  },
  subscribe: () => () => undefined,
}
