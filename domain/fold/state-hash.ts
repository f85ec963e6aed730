/**
 * [F12] Agreement: the state of one layer of one branch as canonical lines, and their SHA-256. Equal
 * records give equal lines on every device, whatever else a device holds; `all` is the company.
 */

import { trueUpOf } from '#domain/ledgers/stock/costing/true-up.ts'
import { type Audience, audiences } from '#domain/records/audience.ts'
import { canonicalText, type Json } from '#domain/values/canonical-text.ts'
import { sha256Bytes } from '#domain/values/digest.ts'
import type { FoldState } from './fold-state.ts'
import { directoryView } from './directory.ts'
import { isProvisionalPool } from './fold-state.ts'
import { cellsOf } from './master-tables.ts'
import { docIdOf } from './names.ts'
import { partInForce } from './parts.ts'

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
    ...(layer === 'goods' ? balanceLines(state, number) : []),
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
    lines.push(`document\t${docIdOf(names, document)}\t${record}\t${by}`)
  }
  return lines
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

/** Value of each pool and what its goods cost when they left: two devices agree on profit too. */
function poolLines({ names, ledger }: FoldState, branch: number): string[] {
  const { pool, cost, quantity: moved } = ledger.movements.columns
  const { quantity, value } = ledger.poolTable.columns
  const issued = new Float64Array(ledger.pools.size)
  for (let movement = 0; movement < ledger.movements.rows; movement++) {
    if ((moved[movement] as number) >= 0) continue
    const at = pool[movement] as number
    issued[at] = (issued[at] as number) - (cost[movement] as number) + trueUpOf(ledger, movement)
  }
  const lines: string[] = []
  for (let at = 0; at < ledger.pools.size; at++) {
    if (ledger.pools.second(at) !== branch || ledger.chains.length(at) === 0) continue
    const sku = names.skus.text(ledger.pools.first(at))
    const provisional = isProvisionalPool(ledger, at) ? 'provisional' : ''
    lines.push(`pool\t${sku}\t${quantity[at]}\t${value[at]}\t${issued[at]}\t${provisional}`)
  }
  return lines
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
