/** One-off questions while somebody types or scans: offers for reference cells and the one box. */
import type { DocumentDetail, LookupHit, ProductRow } from '#client/engine/face/face.ts'
import { engine } from './engine.ts'

const offered = 12

export async function findProducts(text: string): Promise<readonly ProductRow[]> {
  const page = await engine().read('products', { search: text, offset: 0, limit: offered })
  return page.rows
}

export function findDocument(docId: string): Promise<DocumentDetail | undefined> {
  return engine().read('document', { docId })
}

export async function findMasters(
  entity: string,
  text: string,
): Promise<readonly { readonly value: string; readonly label: string; readonly note?: string }[]> {
  const page = await engine().read('masters', { entity, search: text, offset: 0, limit: offered })
  return page.rows
    .filter((row) => !row.isDisabled)
    .map((row) => ({
      value: row.id,
      label: row.name,
      ...(row.code === undefined ? {} : { note: row.code }),
    }))
}

/** Bins of one warehouse, all of them where nothing is typed. */
export async function findBins(
  warehouseId: string,
  text: string,
): Promise<readonly { readonly value: string; readonly label: string }[]> {
  const page = await engine().read('masters', {
    entity: 'bin',
    search: text,
    offset: 0,
    limit: 1_000,
  })
  return page.rows
    .filter((row) => !row.isDisabled && row.fields['warehouseId'] === warehouseId)
    .slice(0, offered)
    .map((row) => ({ value: row.id, label: row.name }))
}

export function lookUp(text: string, limit: number = offered): Promise<readonly LookupHit[]> {
  return engine().read('lookup', { text, limit })
}
