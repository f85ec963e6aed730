/** The goods that come to harm: a shop with one product and one supplier, and receipts of it, two parts each. */
import { expect } from '@playwright/test'
import type { CommandArgs } from '#client/engine/face/face.ts'
import { openDevice } from '#client/headless/device.ts'
import { type Device, password } from '../device.ts'
import { stockUp, supplierId } from '../stocked-shop.ts'
import { ask, order } from './engine-talk.ts'

export interface Goods {
  readonly skuId: string
  readonly warehouseId: string
  readonly supplierId: string
}

/** 薯片, counted in bags. */
const product = '薯片'
/** One bag in steps of 10⁻⁴. */
export const oneBag = 10_000

/** An empty server becomes a shop; its first device is `device`. */
export async function firstGoods(device: Device): Promise<Goods> {
  await stockUp(device)
  return goodsOf(device)
}

/** A device of a stocked shop comes to its home screen, with all that the server has. */
export async function openGoods(device: Device): Promise<Goods> {
  await device.go('/')
  await device.isReady()
  await device.isSynced()
  return goodsOf(device)
}

/** What a device that knows the shop calls its goods. */
export async function goodsOf({ page }: Device): Promise<Goods> {
  const first = { offset: 0, limit: 10 }
  const products = await ask(page, 'products', { search: product, ...first })
  const warehouses = await ask(page, 'masters', { entity: 'warehouse', ...first })
  const skuId = products.rows[0]?.skuId ?? ''
  const warehouseId = warehouses.rows[0]?.id ?? ''
  return { skuId, warehouseId, supplierId }
}

/** A receipt of one bag: a part for the goods and one for the buyers. */
export function receiptOf(goods: Goods, docId: string): CommandArgs<'postDraft'> {
  const { skuId, warehouseId, supplierId: from } = goods
  return {
    docId,
    type: 'goods-receipt',
    header: { supplierId: from, warehouseId, invoiceKind: 'none' },
    lines: [{ lineId: docId, skuId, quantity: oneBag, price: 3_300_000 }],
  }
}

/** The same as a draft on the desk. */
export async function draftOf(device: Device, goods: Goods, docId: string): Promise<void> {
  const { type, header, lines } = receiptOf(goods, docId)
  const written = await order(device.page, 'editDraft', {
    ...{ docId, type, header },
    lines: lines.map(({ lineId, ...fields }) => ({ lineId, fields })),
  })
  expect(written).toMatchObject({ ok: true })
}

/** What a device holds. */
export interface Held {
  readonly docIds: readonly string[]
  readonly numbers: readonly string[]
  /** Documents of which a part is missing. */
  readonly halves: readonly string[]
  /** In bags. */
  readonly onHand: number
  readonly agreementCode: string | undefined
}

export async function heldBy(device: Device, { skuId }: Goods): Promise<Held> {
  const { page } = device
  const ends: Ends = { documents: (args) => ask(page, 'documents', args) }
  const stock = await ask(page, 'stockOf', { skuId })
  const agreementCode = await ask(page, 'agreement', {})
  return heldOf(await everyDocument(ends), quantityOf(stock), agreementCode)
}

/** What a device that was never there holds once it has synced: the server's history, folded from nothing. */
export async function heldByServer(url: string, { skuId }: Goods): Promise<Held> {
  const wish = { url, login: 'owner', password, deviceName: 'auditor' }
  const opened = await openDevice(wish)
  if (!opened.ok) throw new Error(JSON.stringify(opened.problem))
  const { engine, close } = opened.value
  const ends: Ends = { documents: (args) => engine.read('documents', args) }
  const stock = await engine.read('stockOf', { skuId })
  const agreementCode = await engine.read('agreement', {})
  const held = heldOf(await everyDocument(ends), quantityOf(stock), agreementCode)
  await close()
  return held
}

interface Document {
  readonly docId: string
  readonly number: string
  readonly pendingParts: readonly string[]
}

interface Ends {
  documents(args: { readonly offset: number; readonly limit: number }): Promise<{
    readonly rows: readonly Document[]
    readonly total: number
  }>
}

async function everyDocument(ends: Ends): Promise<readonly Document[]> {
  const rows: Document[] = []
  for (;;) {
    const { rows: next, total } = await ends.documents({ offset: rows.length, limit: 500 })
    rows.push(...next)
    if (rows.length >= total || next.length === 0) return rows
  }
}

function heldOf(
  documents: readonly Document[],
  onHand: number,
  agreementCode: string | undefined,
): Held {
  const halves = documents.filter(({ pendingParts }) => pendingParts.length > 0)
  return {
    docIds: documents.map(({ docId }) => docId),
    numbers: documents.map(({ number }) => number),
    halves: halves.map(({ number }) => number),
    onHand,
    agreementCode,
  }
}

function quantityOf(
  stock: { readonly byWarehouse: readonly { readonly quantity: number }[] } | undefined,
): number {
  const steps = stock?.byWarehouse.reduce((sum, { quantity }) => sum + quantity, 0) ?? 0
  return steps / oneBag
}
