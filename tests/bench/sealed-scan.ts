/**
 * What is closed, as its file keeps it: G3, opened and summed beside a scan of the same movements in rows of a fixed
 * width; and the bytes that an open balance and a past movement take, in memory as in the file.
 */
import { type CheckpointContent, readCheckpoint } from '#domain/fold/checkpoint-bytes.ts'
import { openCheckpoint } from '#domain/fold/checkpoint.ts'
import { type FoldState, openState } from '#domain/fold/fold-state.ts'
import { PairIndex } from '#domain/ledgers/columns/pair-index.ts'
import { sumBalances } from '#domain/ledgers/stock/balance.ts'
import type { BenchRow } from './bench-row.ts'
import { median } from './median.ts'
import { threadMs } from './thread-time.ts'

/** Moment, quantity and value as doubles; document, SKU and place as integers. */
const rowBytes = 36
const rounds = 9
/** Tables of a row for each line, cell or pool; all others grow with what has moved. */
const ofBalances = /^(line|lines\*|cell|cells\*|pool|pools\*|chain|shortages|layers)(slots)?$/

export function sealedRows(bytes: Uint8Array): BenchRow[] {
  const state = stateOf(bytes.slice())
  const movements = state.ledger.movements.rows
  const scanned = fixedWidth(state)
  const floors: number[] = []
  const opened: number[] = []
  for (let round = 0; round < rounds; round++) {
    const copy = bytes.slice()
    floors.push(threadMs(() => scan(scanned)))
    opened.push(threadMs(() => sumBalances(stateOf(copy).ledger)))
  }
  const [floor, ours] = [median(floors), median(opened)]
  const what = `open what is closed and sum it, ${movements} movements, beside a scan of rows of ${rowBytes} bytes`
  return [
    { ...{ goal: 'G3', what, floor, ours, unit: 'ms' }, ratio: ours / floor, target: '≤ 0.5' },
    ...memoryRows(bytes, state),
  ]
}

function memoryRows(bytes: Uint8Array, { ledger }: FoldState): BenchRow[] {
  const mark = new TextDecoder().decode(bytes.subarray(0, 8))
  const read = readCheckpoint(mark, bytes)
  const sections = read.ok ? read.value.sections : []
  const isOfBalance = ({ name }: (typeof sections)[number]) =>
    ofBalances.test(name.split('.')[0] ?? '')
  const balances = sizeOf(sections.filter(isOfBalance)) / ledger.lines.size
  const past = sizeOf(sections.filter((each) => !isOfBalance(each))) / ledger.movements.rows
  const common = { goal: 'memory', unit: 'B', floor: rowBytes, target: '–' }
  return [
    { ...common, what: 'of an open balance', ours: balances, ratio: balances / rowBytes },
    {
      ...common,
      what: 'of a past movement, documents and texts included',
      ours: past,
      ratio: past / rowBytes,
    },
  ]
}

function sizeOf(sections: CheckpointContent['sections']): number {
  return sections.reduce((sum, { values }) => sum + values.byteLength, 0)
}

function stateOf(bytes: Uint8Array): FoldState {
  const stored = openCheckpoint(bytes)
  if (stored === undefined) throw new Error('the checkpoint is of another format')
  return openState(stored)
}

function fixedWidth({ ledger }: FoldState): DataView {
  const { event, line, quantity, value } = ledger.movements.columns
  const { at, document } = ledger.events.columns
  const rows = new DataView(new ArrayBuffer(ledger.movements.rows * rowBytes))
  for (let row = 0; row < ledger.movements.rows; row++) {
    const start = row * rowBytes
    rows.setFloat64(start, at[event[row] as number] as number, true)
    rows.setFloat64(start + 8, quantity[row] as number, true)
    rows.setFloat64(start + 16, value[row] as number, true)
    rows.setInt32(start + 24, document[event[row] as number] as number, true)
    rows.setInt32(start + 28, ledger.lines.first(line[row] as number), true)
    rows.setInt32(start + 32, ledger.lines.second(line[row] as number), true)
  }
  return rows
}

/** Rows to columns, the line of each found by its SKU and place, and summed: the least that a reader of rows does. */
function scan(rows: DataView): Float64Array {
  const count = rows.byteLength / rowBytes
  const at = new Float64Array(count)
  const quantity = new Float64Array(count)
  const value = new Float64Array(count)
  const document = new Int32Array(count)
  const line = new Int32Array(count)
  const lines = new PairIndex()
  const balances = new Float64Array(count)
  for (let row = 0; row < count; row++) {
    const start = row * rowBytes
    const moved = rows.getFloat64(start + 8, true)
    const own = lines.intern(rows.getInt32(start + 28, true), rows.getInt32(start + 32, true))
    at[row] = rows.getFloat64(start, true)
    quantity[row] = moved
    value[row] = rows.getFloat64(start + 16, true)
    document[row] = rows.getInt32(start + 24, true)
    line[row] = own
    balances[own] = (balances[own] as number) + moved
  }
  return balances
}
