/**
 * [F12] Agreement: the state of one layer of one branch as canonical lines, and their SHA-256. Equal
 * records give equal lines on every device, whatever else a device holds; `all` is the company.
 */

import {
  branchOfPool,
  detailOfCell,
  tagOfPool,
  warehouseOfPool,
} from '#domain/ledgers/stock/place.ts'
import { trueUpOf } from '#domain/ledgers/stock/costing/true-up.ts'
import { type Audience, audiences } from '#domain/records/audience.ts'
import { canonicalText, type Json } from '#domain/values/canonical-text.ts'
import { sha256Bytes } from '#domain/values/digest.ts'
import { addWrapped } from '#domain/values/wrapped-sum.ts'
import { claimsOfSku } from './claims.ts'
import { entryOf } from './claims-view.ts'
import type { FoldState } from './fold-state.ts'
import { directoryView } from './directory.ts'
import { isProvisionalPool } from './fold-state.ts'
import { cellsOf } from './master-tables.ts'
import { docIdOf } from './names.ts'
import { partInForce } from './parts.ts'
import { sealBookOf } from './seals.ts'

/** 32 bytes. */
export function stateHash(state: FoldState, layer: Audience, branch: string): Uint8Array {
  return sha256Bytes(stateLines(state, layer, branch).join('\n'))
}

/** What is hashed: to be compared line by line where two devices differ. */
export function stateLines(state: FoldState, layer: Audience, branch: string): string[] {
  if (branch === 'all') return companyLines(state, layer)
  const number = state.names.branches.find(branch)
  if (number < 0) return []
  return [
    ...documentLines(state, layer, number),
    ...approvalLines(state, layer, branch),
    ...(layer === 'goods' ? sealLines(state, number) : []),
    ...(layer === 'goods' ? balanceLines(state, number) : []),
    ...(layer === 'goods' ? cellLines(state, number) : []),
    ...(layer === 'goods' ? claimLines(state, number) : []),
    ...(layer === 'buying' ? poolLines(state, number) : []),
  ].sort()
}

function documentLines(state: FoldState, layer: Audience, branch: number): string[] {
  const { names, documents, parts, reversals } = state
  const { branch: branches, reversal } = documents.columns
  const lines: string[] = []
  for (const document of state.inOrder.view()) {
    if (branches[document] !== branch) continue
    const part = partInForce(state, document, layer)
    if (part < 0) continue
    const reversed = reversal[document] as number
    const by = reversed < 0 ? '' : names.texts.read(reversals.columns.record[reversed] as number)
    const record = names.texts.read(parts.columns.record[part] as number)
    lines.push(
      `document\t${docIdOf(names, document)}\t${record}\t${by}${lateText(state, document)}`,
    )
  }
  return lines
}

/** When a late arrival takes effect. */
function lateText({ documents, reversals, late }: FoldState, document: number): string {
  if (!late.has(document)) return ''
  const reversed = documents.columns.reversal[document] as number
  const undone = reversed < 0 ? '' : reversals.columns.effective[reversed]
  return `\t${documents.columns.effective[document]}\t${undone}`
}

/** What was submitted and decided: what became of it follows from these and from the company's records. */
function approvalLines(state: FoldState, layer: Audience, branch: string): string[] {
  return [...state.approvals.values()]
    .filter((approvals) => approvals.branch === branch)
    .flatMap(({ docId, submitted, acts }) =>
      [...submitted, ...acts]
        .filter(({ audience }) => audience === layer)
        .map(({ record, hash }) => `approval\t${docId}\t${record}\t${hash}`),
    )
}

function sealLines(state: FoldState, branch: number): string[] {
  return sealBookOf(state, branch).seals.map(({ record, said }) => `seal\t${record}\t${said.until}`)
}

function balanceLines({ names, ledger }: FoldState, branch: number): string[] {
  const { quantity } = ledger.lineTable.columns
  const lines: string[] = []
  for (let line = 0; line < ledger.lines.size; line++) {
    const place = ledger.lines.second(line)
    if (quantity[line] === 0 || ledger.places.second(place) !== branch) continue
    const sku = names.skus.text(ledger.lines.first(line))
    const warehouse = names.warehouses.text(ledger.places.first(place))
    lines.push(`balance\t${sku}\t${warehouse}\t${quantity[line]}`)
  }
  return lines
}

/** Goods of a line by tag, bin and status. */
function cellLines({ names, ledger }: FoldState, branch: number): string[] {
  const { quantity } = ledger.cellTable.columns
  const lines: string[] = []
  for (let cell = 0; cell < ledger.cells.size; cell++) {
    const line = ledger.cells.first(cell)
    const place = ledger.lines.second(line)
    if (quantity[cell] === 0 || ledger.places.second(place) !== branch) continue
    const { batch, serial, bin, status } = detailOfCell(ledger, cell)
    const goods = `${names.skus.text(ledger.lines.first(line))}\t${names.warehouses.text(ledger.places.first(place))}`
    const tag = `${names.batches.text(batch)}\t${names.serials.text(serial)}`
    lines.push(`cell\t${goods}\t${tag}\t${names.bins.text(bin)}\t${status}\t${quantity[cell]}`)
  }
  return lines
}

/** What became of each claim: two devices agree on who keeps contested goods. */
function claimLines(state: FoldState, branch: number): string[] {
  const { claims, documents } = state
  return [...claims.bySku.keys()]
    .flatMap((sku) => claimsOfSku(state, sku))
    .filter(({ row }) => {
      const document = claims.table.columns.document[row] as number
      return documents.columns.branch[document] === branch
    })
    .map((settled) => {
      const { docId, lineId, kind, quantity, taken, trimmed, kept } = entryOf(state, settled)
      return `claim\t${docId}\t${lineId}\t${kind}\t${quantity}\t${taken}\t${trimmed}\t${kept}`
    })
}

/** Value of each pool and what its goods cost when they left: two devices agree on profit too. */
function poolLines(state: FoldState, branch: number): string[] {
  const { names, ledger } = state
  const { pool, cost: costs, quantity: moved } = ledger.movements.columns
  const { quantity, value } = ledger.poolTable.columns
  const issued = new Float64Array(ledger.pools.size)
  for (let movement = 0; movement < ledger.movements.rows; movement++) {
    if ((moved[movement] as number) >= 0) continue
    const at = pool[movement] as number
    const cost = trueUpOf(ledger, movement) - (costs[movement] as number)
    issued[at] = addWrapped(issued[at] as number, cost)
  }
  const lines: string[] = []
  for (let at = 0; at < ledger.pools.size; at++) {
    if (branchOfPool(ledger, at) !== branch || ledger.chains.length(at) === 0) continue
    const sku = `${names.skus.text(ledger.pools.first(at))}${shareText(state, at)}`
    const provisional = isProvisionalPool(ledger, at) ? 'provisional' : ''
    lines.push(`pool\t${sku}\t${quantity[at]}\t${value[at]}\t${issued[at]}\t${provisional}`)
  }
  return lines
}

/** Warehouse and tag of a pool, where it is not of the whole branch. */
function shareText({ names, ledger }: FoldState, pool: number): string {
  const warehouse = warehouseOfPool(ledger, pool)
  const { batch, serial } = tagOfPool(ledger, pool)
  if (warehouse < 0 && batch === 0 && serial === 0) return ''
  const place = warehouse < 0 ? '' : names.warehouses.text(warehouse)
  return `\t${place}\t${names.batches.text(batch)}\t${names.serials.text(serial)}`
}

/** Masters as company journals have them, and, among goods, who is who. */
function companyLines(state: FoldState, layer: Audience): string[] {
  const { names, masterTables } = state
  const { audience, field, value, hlc, device } = masterTables.versions.columns
  const wanted = audiences.indexOf(layer)
  const lines: string[] = []
  for (let master = 0; master < masterTables.masters.rows; master++) {
    for (const cell of cellsOf(masterTables, master)) {
      if (audience[cell] !== wanted) continue
      const version = companyVersionOf(masterTables, cell)
      if (version < 0) continue
      const key = `${names.masters.text(master)}\t${names.fields.text(field[version] as number)}`
      const stamp = `${hlc[version]}\t${names.devices.text(device[version] as number)}`
      lines.push(`master\t${key}\t${stamp}\t${names.texts.read(value[version] as number)}`)
    }
  }
  return [...lines, ...(layer === 'goods' ? directoryLines(state) : [])].sort()
}

/** The newest version of a cell that a company journal holds; -1 where none does. */
function companyVersionOf({ versions }: FoldState['masterTables'], cell: number): number {
  const { isCompany, older } = versions.columns
  let version = cell
  while (version >= 0 && isCompany[version] === 0) version = older[version] as number
  return version
}

function directoryLines({ directory }: FoldState): string[] {
  const { devices, users } = directoryView(directory)
  return [
    ...devices().map(({ id, code, branches, audiences: held, revoked }) =>
      canonicalText([
        'device',
        id,
        code,
        [...branches].sort(),
        [...held].sort(),
        Number(revoked !== undefined),
      ]),
    ),
    ...users().map(({ id, roles, isRevoked }) =>
      canonicalText(['user', id, roles as unknown as Json, Number(isRevoked)]),
    ),
  ]
}
